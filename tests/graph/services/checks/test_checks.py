"""What a check answers: every kind of visibility, seen by another agency and by one's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from graph.casework.vocabulary import ClaimRole, UserRole, Visibility
from graph.errors import NotFoundError, RightsError, RowError, StoreUnavailableError
from graph.roles import Role
from graph.services import acting, encounters
from graph.services.cases import close_case
from graph.services.check_answers import FORGOTTEN, NOT_AGREED, STORE_DOWN, Answer, Answered
from graph.services.checks import check, check_claims, check_tip
from graph.services.encounters import Encounter, Outcome
from graph.services.recording import record
from graph.store import Store, StoreLimits, WriteUnit
from tests.deliveries import HOUR_US, delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.checks.county import PLENTY, County
from tests.graph.services.people import DAY_US, later

HIT, NOTHING, NOT = Answered.HIT, Answered.NOTHING, Answered.NOT_CHECKED
V, R = Visibility, ClaimRole
SHOWN = {"open": HIT, "kept": HIT, "pointer": HIT, "spoken": HIT, "closed": HIT}
HIDDEN = ("silent", "sealed", "persona", "victim", "lapsed", "hush", "own", "nobody")


@pytest.fixture
def met(monkeypatch: pytest.MonkeyPatch) -> list[Encounter]:
    """Every encounter that has its consequences, which it has all the same."""
    seen: list[Encounter] = []
    real = encounters.consequences

    def recorded(unit: WriteUnit, met: Sequence[Encounter], *, actor: str, at_us: int) -> Outcome:
        seen.extend(met)
        return real(unit, met, actor=actor, at_us=at_us)

    monkeypatch.setattr("graph.services.check_met.consequences", recorded)
    return seen


def outcomes(answer: Answer) -> list[Answered]:
    return [line.outcome for line in answer.lines]


def test_what_other_agencies_may_be_told(county: County, met: list[Encounter]) -> None:
    names = [*SHOWN, *HIDDEN]
    answer = county.ask(*(f"{name}@example.com" for name in names))
    assert dict(zip(names, outcomes(answer), strict=True)) == SHOWN | dict.fromkeys(HIDDEN, NOTHING)
    lines = dict(zip(names, answer.lines, strict=True))
    (pointer,) = lines["pointer"].pointers
    assert (pointer.agency, pointer.reference, pointer.contact) == (
        "north",
        "26-001",
        "Unit 3, 555-0100",
    )
    assert (pointer.kind, pointer.urgency, pointer.shared) == ("Email", "routine", None)
    (opened,) = lines["open"].pointers
    assert opened.shared is not None
    assert (opened.shared.title, opened.shared.role) == ("Operation Example", "suspect")
    assert lines["kept"].pointers[0].shared is None
    assert [lines[name].pointers[0].is_historical for name in ("pointer", "closed")] == [
        False,
        True,
    ]
    assert [own.reference for own in lines["own"].own] == ["26-S1"]
    # Of everything that is in force in an open investigation the owner is told.
    told = {row.owner_claim_ref: row for row in met}
    assert set(told) == {
        county.refs[name]
        for name in ("open", "kept", "pointer", "spoken", "silent", "sealed", "persona", "victim")
    }
    assert told[county.refs["spoken"]].owner_visibility is V.POINTER
    assert told[county.refs["persona"]].owner_role is R.OFFICER_PERSONA
    assert {row.object_ref for row in met} == {answer.ref}


def test_more_than_a_pointer_rests_on_an_agreement_or_on_imminent_danger(county: County) -> None:
    # Somebody else: a budget only moves forward, and the other tests are earlier.
    late = later(county.people["deputy.south"], 101 * DAY_US)
    shared = {
        name: [
            (line.pointers[0].shared is not None, line.reason)
            for line in county.ask(
                "open@example.com", "kept@example.com", caller=caller, purpose=purpose
            ).lines
        ]
        for name, caller, purpose in (
            ("agreed", county.asker, "cybertip"),
            ("ended", late, "cybertip"),
            ("danger", late, "imminent danger"),
        )
    }
    assert shared == {
        "agreed": [(True, None), (False, None)],
        "ended": [(False, NOT_AGREED), (False, None)],
        "danger": [(True, None), (False, None)],
    }


def test_what_is_hidden_and_what_is_not_there_differ_in_nothing(county: County) -> None:
    """Names of one length; nothing else of the answers differs, nor what the asker's log says."""
    said = set()
    for name in ("silent", "sealed", "victim", "lapsed", "nobody"):
        answer = county.ask(f"{name}@example.com")
        plain = answer.model_copy(update={"ref": ""}).model_dump_json()
        size = len(answer.model_dump_json())
        assert size % 4096 == 0
        (leaf,) = county.running.rows(
            "MATCH (e:AuditEntry {object: $ref}) "
            "RETURN e.outcome, e.disclosed, e.action, e.log, e.investigation",
            ref=answer.ref,
        )
        said.add((plain.replace(f"{name}@", "@").replace(" ", ""), size, leaf))
    assert len(said) == 1


def test_ones_own_agency_is_no_hit_and_sealed_stays_sealed(
    county: County, met: list[Encounter]
) -> None:
    boss = later(county.people["boss.north"], DAY_US)
    answer = county.ask(
        "pointer@example.com", "sealed@example.com", caller=boss, investigation=county.north
    )
    assert outcomes(answer) == [NOTHING, NOTHING]
    # Boss entered the sealed claim; a colleague who did not sees nothing of it.
    assert [len(line.own) for line in answer.lines] == [1, 1]
    other = replace(boss, user="other.north")
    answer = county.ask("sealed@example.com", caller=other, investigation=county.north)
    assert [len(line.own) for line in answer.lines] == [0]
    assert met == []


def test_who_may_ask_and_for_what(county: County) -> None:
    asker, people = county.asker, county.people
    for name in ("ops", "audit.south", "admin.south"):
        with pytest.raises(RightsError):
            county.ask("open@example.com", caller=later(people[name], DAY_US))
    with pytest.raises(RightsError, match=r"duties\.team\. .* lead, its deputies"):
        county.ask(
            "a@example.com", caller=replace(asker, user="x", roles=frozenset({UserRole.ANALYST}))
        )
    answers = set()
    for investigation in (county.north, "north|none"):
        with pytest.raises(NotFoundError) as caught:
            county.ask("open@example.com", investigation=investigation)
        answers.add(str(caught.value))
    assert len(answers) == 1
    with pytest.raises(RowError, match="no such purpose"):
        county.ask("open@example.com", purpose="curiosity")
    with pytest.raises(RowError, match="lines"):
        county.ask()
    key = case(people["lead.south"], county.store, "26-S9")
    close_case(asker, county.store, key=key, expected=1, why="Done.")
    with pytest.raises(RowError, match="closed"):
        county.ask("open@example.com", investigation=key)
    assert (
        len(county.ask("open@example.com", caller=later(people["deputy.south"], DAY_US)).lines) == 1
    )


def test_lines_that_cannot_be_read_are_never_a_miss(county: County) -> None:
    answer = county.ask(
        "", "\x00", "5550100199", "alice99", "x" * 5000, "+15550100199", "instagram:alice99"
    )
    assert outcomes(answer) == [NOT, NOT, NOT, NOT, NOT, NOTHING, NOTHING]
    assert all(line.reason is not None for line in answer.lines[:5])
    assert "without its country" in str(answer.lines[2].reason)
    assert "without its platform" in str(answer.lines[3].reason)
    assert answer.lines[5].read_as[0].key == "+15550100199"
    assert {item.kind for item in answer.lines[6].read_as} == {"ScreenName", "Account"}


def test_a_hit_on_what_many_have_says_so(county: County, met: list[Encounter]) -> None:
    county.running.rows("MATCH (x:Email {key: 'pointer@example.com'}) SET x.state = 'viral'")
    (line,) = county.ask("pointer@example.com").lines
    county.running.rows("MATCH (x:Email {key: 'pointer@example.com'}) SET x.state = 'normal'")
    assert (line.outcome, [row.identifier_state for row in met]) == (HIT, ["viral"])
    assert "viral" in str(line.pointers[0].downgraded)


def test_the_same_key_gives_the_same_answer_and_tells_nobody_twice(
    county: County, met: list[Encounter]
) -> None:
    texts = ("pointer@example.com", "silent@example.com", "nonsense\x00")
    first = county.ask(*texts, key="k1")
    told = len(met)
    again = county.ask(*texts, key="k1", caller=later(county.asker, HOUR_US - 1))
    assert (again, len(met)) == (first, told)
    with pytest.raises(Exception, match="another question"):
        county.ask("open@example.com", key="k1")
    old = county.ask(*texts, key="k1", caller=later(county.asker, HOUR_US))
    assert outcomes(old) == [HIT, Answered.STALE, NOT]
    # After a day it is forgotten, though nobody asked anything meanwhile that would empty it.
    gone = county.ask(*texts, key="k1", caller=later(county.asker, DAY_US))
    assert {line.reason for line in gone.lines[:2]} == {FORGOTTEN}
    much_later = later(county.asker, 3 * DAY_US)
    county.ask("own@example.com", caller=much_later)
    gone = county.ask(*texts, key="k1", caller=much_later)
    assert {line.reason for line in gone.lines[:2]} == {FORGOTTEN}
    assert len(met) == told
    kept = county.running.rows(
        "MATCH (k:Check {ref: $ref}) RETURN k.result, k.looked", ref=first.ref
    )
    assert kept == [(None, None)]
    text = "MATCH (e:AuditEntry {object: $ref}) RETURN e.outcome ORDER BY e.at_us"
    said = [str(row[0]) for row in county.running.rows(text, ref=first.ref)]
    assert [outcome.startswith("given again: 3 lines") for outcome in said] == [False, *[True] * 4]


def test_claims_and_tips_are_checked_as_they_stand(county: County, met: list[Encounter]) -> None:
    asker, store = county.asker, county.store
    key = case(asker, store, "26-S7")
    claimed(asker, store, key, draft("pointer@example.com"), draft("p@example.com"))
    question = replace(county.question(), investigation=key)
    answer = check_claims(asker, store, question=question, rules=PLENTY)
    assert outcomes(answer) == [NOTHING, HIT]
    said = [email("open@example.com"), email("child@example.com", role=Role.VICTIM)]
    record(store, [delivery("77", said, holder=asker.agency)], actor="test")
    answer = check_tip(asker, store, tip="ncmec:77", question=question, rules=PLENTY)
    assert outcomes(answer) == [NOT, HIT]
    assert "never a subject" in str(answer.lines[0].reason)
    with pytest.raises(NotFoundError):
        check_tip(asker, store, tip="ncmec:78", question=question, rules=PLENTY)
    assert [row.asker_claim is None for row in met] == [False, True]


def test_without_its_log_no_answer_is_given_and_nothing_has_happened(
    county: County, monkeypatch: pytest.MonkeyPatch
) -> None:
    def figures() -> list[tuple[object, ...]]:
        return county.running.rows(
            "CALL () { MATCH (n:Check) RETURN count(n) AS n UNION ALL "
            "MATCH (b:Budget) RETURN sum(b.used) AS n UNION ALL "
            "MATCH (e:AuditEntry) RETURN count(e) AS n } RETURN n"
        )

    before = figures()

    def refuse(*_: object, **__: object) -> None:
        raise StoreUnavailableError("no")

    with monkeypatch.context() as broken:
        broken.setattr(acting, "add_leaves", refuse)
        answer = county.ask("pointer@example.com", "nobody@example.com")
    assert {(line.outcome, line.reason) for line in answer.lines} == {(NOT, STORE_DOWN)}
    assert figures() == before


def test_a_store_that_is_down_gives_no_answer(county: County) -> None:
    limits = StoreLimits(retry_s=0.5)
    with Store("bolt://127.0.0.1:1", ("x", "y"), database="x", limits=limits) as down:
        answer = check(
            county.asker, down, question=county.question("pointer@example.com"), rules=PLENTY
        )
    assert outcomes(answer) == [NOT]
    assert answer.lines[0].pointers == ()
