"""Three agencies, each claiming in every way and asking about another's: what each of them sees.

Every answer is compared whole and byte for byte with what the table of `design.md`, "Who may see
what", says, so that nothing else is in it: neither of a silent claim, nor of what two others have.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

import pytest

from graph.casework.vocabulary import Visibility
from graph.queries.conflict_views import MatrixRow
from graph.services.check_answers import (
    NOT_AGREED,
    Answer,
    Answered,
    LineAnswer,
    OwnClaim,
    Pointer,
    ReadAs,
)
from graph.services.conflict_reading import ConflictView
from tests.answers import written
from tests.deliveries import MONDAY_US
from tests.e2e.three_agencies import (
    AGENCIES,
    BOSS,
    CHIEF,
    LEAD,
    NEWEST,
    PAIRS,
    USERS,
    Pair,
    Seen,
    everything_seen,
)
from tests.graph.services.people import DAY_US
from tests.stores import ENGINES, RunningStore

V = Visibility
SHOWN: Final = (V.OPEN, V.POINTER)
TOLD: Final = "Your work meets another agency's"
WHY: Final = "One side asked about, or holds a tip about, what the other claims."


@pytest.fixture(scope="module", params=ENGINES)
def seen(request: pytest.FixtureRequest, _open_engines: dict[str, RunningStore]) -> Seen:
    """All that is seen, once on each engine."""
    return everything_seen(_open_engines[request.param])


def _expected(
    pair: Pair, answer: Answer, *, line: LineAnswer, agency: str, reference: str
) -> Answer:
    """The whole answer with that line; its name is random, so it is taken as it is."""
    return Answer(
        ref=answer.ref,
        as_of_us=MONDAY_US + pair.at_us,
        investigation=f"{agency}|{reference}",
        purpose="cybertip",
        lines=(line,),
    ).padded(4096)


def _miss(address: str, *own: OwnClaim) -> LineAnswer:
    read_as = (ReadAs(kind="Email", key=address),)
    return LineAnswer(outcome=Answered.NOTHING, read_as=read_as, own=own)


def _hit(pair: Pair) -> LineAnswer:
    pointer = Pointer(
        agency=pair.owner,
        agency_name=pair.owner.upper(),
        contact=f"desk@{pair.owner}.example.com",
        reference=pair.claiming,
        kind="Email",
        entered_us=MONDAY_US,
        urgency="routine",
        is_historical=False,
        downgraded=None,
        # No two of them have an agreement, so the rest of an open claim stays with its owner.
        shared=None,
    )
    read_as = (ReadAs(kind="Email", key=pair.address),)
    reason = NOT_AGREED if pair.visibility is V.OPEN else None
    return LineAnswer(outcome=Answered.HIT, reason=reason, read_as=read_as, pointers=(pointer,))


def _line(pair: Pair) -> LineAnswer:
    return _hit(pair) if pair.visibility in SHOWN else _miss(pair.address)


def test_who_asks_sees_a_pointer_or_a_miss_and_nothing_else(seen: Seen) -> None:
    for pair in PAIRS:
        later = replace(pair, at_us=pair.at_us + DAY_US)
        for asked, agency, answer in (
            (pair, pair.asker, seen.asked[pair]),
            (later, pair.third, seen.thirds[pair]),
        ):
            wanted = _expected(
                asked, answer, line=_line(pair), agency=agency, reference=pair.asking
            )
            assert answer.model_dump_json() == wanted.model_dump_json(), (pair, agency)
        if pair.visibility not in SHOWN:
            hidden, missed = seen.asked[pair], seen.missed[pair]
            text = missed.model_dump_json().replace("nobodyx.nobod@example.com", pair.address)
            assert hidden.model_dump_json() == text.replace(missed.ref, hidden.ref)


def test_an_agency_sees_its_own_claim_as_its_own_but_for_a_colleagues_sealed_one(
    seen: Seen,
) -> None:
    for pair in PAIRS:
        own = OwnClaim(ref=seen.refs[pair], reference=pair.claiming, kind="Email", role="suspect")
        is_sealed = pair.visibility is V.SEALED
        for answer, line in (
            (seen.own[pair], _miss(pair.address, own)),
            (seen.colleague[pair], _miss(pair.address, *(() if is_sealed else (own,)))),
        ):
            wanted = _expected(pair, answer, line=line, agency=pair.owner, reference=pair.claiming)
            assert answer.model_dump_json() == wanted.model_dump_json(), pair


def _view(pair: Pair, *, is_owner: bool) -> ConflictView:
    """A conflict as one side is to see it; its name is not compared."""
    own, other = (pair.claiming, pair.asking) if is_owner else (pair.asking, pair.claiming)
    agency = pair.asker if is_owner else pair.owner
    at_us = MONDAY_US + pair.at_us
    return ConflictView(
        ref="",
        status="open",
        severity="normal",
        severity_why=(WHY,),
        own_reference=own,
        other_agency=agency,
        other_reference=other,
        other_contact=f"desk@{agency}.example.com",
        is_protected=False,
        is_other_told=pair.visibility in SHOWN,
        opened_us=at_us,
        since_us=at_us,
        due_us=at_us + 3 * DAY_US,
        seen_us=None,
        seen_by=None,
        late_us=None,
        other_seen_us=None,
        resolution=None,
        resolved_us=None,
        resolved_by=None,
        resolved_why=None,
        version=1,
    )


def _sees(user: str, pair: Pair) -> bool | None:
    """Whether a user sees the pair's conflict as the owner's side; None when not at all."""
    role, agency = user.split(".")
    if agency == pair.owner and (pair.visibility is not V.SEALED or role == CHIEF):
        return True
    return False if agency == pair.asker and pair.visibility in SHOWN else None


def test_each_sees_the_own_conflicts_and_nobody_those_of_two_others(seen: Seen) -> None:
    for user in USERS:
        newest = sorted(PAIRS, key=lambda pair: -pair.at_us)
        sides = [(pair, _sees(user, pair)) for pair in newest]
        wanted = [
            _view(pair, is_owner=is_owner) for pair, is_owner in sides if is_owner is not None
        ]
        found = [replace(view, ref="") for view in seen.before.conflicts[user]]
        assert written(found) == written(wanted), user
    assert sum(len(rows) for rows in seen.before.conflicts.values()) == 3 * (5 + 5 + 6)


def _notice(pair: Pair, *, is_owner: bool, ref: str) -> str:
    view = _view(pair, is_owner=is_owner)
    whom = f"{view.other_reference} of {view.other_agency.upper()}; call {view.other_contact}."
    untold = "" if view.is_other_told else " It was not told, and sees nothing of this."
    return "\n".join(
        (
            TOLD,
            f"It concerns investigation {view.own_reference}. Severity: normal. {WHY}",
            f"The other side: {whom}{untold}",
            f"Open it: crosstip conflicts show {ref}",
        )
    )


def _is_told(user: str, pair: Pair) -> bool | None:
    """Whether a user gets the owner's notice, or the asker's; None when neither."""
    role, agency = user.split(".")
    told = {
        V.OPEN: (LEAD,),
        V.POINTER: (LEAD,),
        V.SILENT: (LEAD, BOSS, CHIEF),
        V.SEALED: (CHIEF,),
    }
    if agency == pair.owner and role in told[pair.visibility]:
        return True
    is_asker = agency == pair.asker and role == LEAD and pair.visibility in SHOWN
    return False if is_asker else None


def test_each_is_told_at_once_and_nobody_else(seen: Seen) -> None:
    for user in USERS:
        found = seen.before.notices[user]
        told = [(pair, _is_told(user, pair)) for pair in NEWEST]
        sides = [(pair, is_owner) for pair, is_owner in told if is_owner is not None]
        wanted = [
            (
                MONDAY_US + pair.at_us,
                "conflict.opened",
                f"{TOLD} (normal)",
                _notice(pair, is_owner=is_owner, ref=str(row.object)),
                "no address" if pair.visibility is V.SEALED else "waiting",
            )
            for (pair, is_owner), row in zip(sides, found, strict=True)
        ]
        assert [(n.at_us, n.kind, n.subject, n.text, n.mail) for n in found] == wanted, user


def test_supervisors_and_auditors_see_who_collides_and_since_when(seen: Seen) -> None:
    for user, rows in seen.before.matrices.items():
        agency = user.split(".")[1]
        mine = [pair for pair in PAIRS if _sees(user, pair) is not None]
        wanted = []
        for other in sorted(set(AGENCIES) - {agency}):
            with_other = [p for p in mine if {p.owner, p.asker} == {agency, other}]
            oldest = min(MONDAY_US + pair.at_us for pair in with_other)
            wanted.append(
                MatrixRow(
                    other=other,
                    total=len(with_other),
                    unresolved=len(with_other),
                    urgent=0,
                    oldest_us=oldest,
                    resolving_us=0,
                )
            )
        assert written(list(rows)) == written(wanted), user


def test_what_a_third_agency_asks_changes_nothing_for_who_asked_before(seen: Seen) -> None:
    for agency in AGENCIES:
        user = f"lead.{agency}"
        asked = {p.asking for p in PAIRS if p.asker == agency}
        others = [p.owner for p in PAIRS if p.third == agency]
        before, after = seen.before.conflicts[user], seen.after.conflicts[user]
        fresh = [view for view in after if view not in before]
        assert [view for view in after if view in before] == list(before)
        # New are what it asked as the third, and what a third asked of its own claims.
        as_third = [view for view in fresh if view.own_reference in asked]
        assert sorted(view.other_reference or "" for view in as_third) == ["26-open", "26-pointer"]
        assert {view.other_agency for view in as_third} == set(others)
        of_own = [view for view in fresh if view not in as_third]
        assert sorted(view.own_reference or "" for view in of_own) == [
            "26-open",
            "26-pointer",
            "26-silent",
        ]
