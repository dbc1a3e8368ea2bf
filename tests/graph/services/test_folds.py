"""Records of one incident: which fold, what their row says, and what is done with all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.errors import ChangedError, CrosstipError, QuestionError, RightsError, RowError
from graph.identifiers.core import IdentifierKind
from graph.services.audit_reads import ReadLog
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_lines import QueueLine
from graph.services.queue_reading import Filter, list_queue, queue_tally, show_queued
from graph.services.recording import record
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.services.triage_together import Looked, move_together
from graph.services.withdrawal import withdraw
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome, State
from graph.triage.priority import Priority
from tests.deliveries import HOUR_US, MONDAY_US, delivery, file_hash, says
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import kept
from tests.stores import RunningStore

WHY = "Because of the test."
HISTORIES = 6


def take_in(
    store: Store,
    number: int,
    *,
    accounts: Sequence[str] = ("u-1",),
    hashes: Sequence[str] = ("a",),
    holder: str | None = "north",
    incident_us: int | None = MONDAY_US,
    body: str = "",
    at_us: int | None = None,
    **facts: Any,
) -> str:
    """Record a tip of an incident, and give its key."""
    said = [says(IdentifierKind.ACCOUNT, f"chatterbox||{name}") for name in accounts]
    said += [file_hash(f"sha1:{name * 40}") for name in hashes]
    one = delivery(
        str(number),
        said,
        body=f"{number}{body}",
        holder=holder,
        incident_us=incident_us,
        issued_us=MONDAY_US + len(body),
        **facts,
    )
    record(store, [one], actor="test", at_us=at_us)
    return f"ncmec:{number}"


def page(caller: Caller, store: Store, **wanted: object) -> tuple[QueueLine, ...]:
    """Give the first page of the queue."""
    asked = Filter(**wanted)  # type: ignore[arg-type]
    return list_queue(caller, store, reads=ReadLog(store), wanted=asked).lines


def rows(caller: Caller, store: Store, **wanted: object) -> list[tuple[str, ...]]:
    """Give each row of the queue: its tip, and the further records in it."""
    return [(line.tip, *(one.tip for one in line.more)) for line in page(caller, store, **wanted)]


def together(caller: Caller, store: Store) -> set[tuple[str, ...]]:
    """Give the tips of each row, whichever is shown and wherever the row stands."""
    return {tuple(sorted(row)) for row in rows(caller, store)}


def shown(caller: Caller, store: Store, tip: str) -> QueueLine:
    """Give where a tip stands."""
    return show_queued(caller, store, tip=tip, reads=ReadLog(store)).line


def test_what_is_the_same_incident_is_one_row(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, south = people["lead.north"], people["lead.south"]
    for number in (1, 2):
        take_in(store, number)
    # Each of these lacks one of the four: account, file, time, provider.
    take_in(store, 3, accounts=("u-2",))
    take_in(store, 4, hashes=("b",))
    take_in(store, 5, incident_us=MONDAY_US + 1)
    take_in(store, 6, provider="mailbox")
    take_in(store, 7, incident_us=None)
    take_in(store, 8, holder="south")
    take_in(store, 9, holder=None)
    first = "ncmec:1", "ncmec:2"
    alone = [(f"ncmec:{number}",) for number in (3, 4, 5, 6, 7)]
    assert together(lead, store) == {first, *alone}
    # What the agency does not hold is no record of it there, and holding it makes it one.
    assert together(south, store) == {("ncmec:8",)}
    hold_tips(people["ops"], store, ["ncmec:8"], agency="north")
    assert together(lead, store) == {(*first, "ncmec:8"), *alone}
    assert together(south, store) == {("ncmec:8",)}
    release_tips(lead, store, ["ncmec:1"], agency="north")
    assert together(lead, store) == {("ncmec:2", "ncmec:8"), *alone}
    withdraw(store, "ncmec:8", why=WHY, actor="test")
    assert together(lead, store) == {("ncmec:2",), *alone}
    assert shown(lead, store, "ncmec:2").more == ()
    assert {row.rows - row.total for row in queue_tally(lead, store, reads=ReadLog(store))} == {0}


def test_the_most_urgent_record_is_shown_and_the_oldest_decides_its_place(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    lead, boss = people["lead.north"], people["boss.north"]
    for number in (1, 2):
        take_in(store, number)
    between = take_in(store, 3, accounts=("u-2",), annotations=("sextortion",))
    assert rows(lead, store) == [(between,), ("ncmec:1", "ncmec:2")]
    take_in(store, 4, annotations=("sextortion",))
    # As urgent as the one between, and its incident has waited longer.
    assert rows(lead, store) == [("ncmec:4", "ncmec:1", "ncmec:2"), (between,)]
    top = page(lead, store)[0]
    assert top.priority == "today"
    assert {one.priority for one in top.more}.isdisjoint({"at once", "today"})
    assert rows(lead, store, before_us=shown(lead, store, between).since_us) == [
        ("ncmec:4", "ncmec:1", "ncmec:2")
    ]
    # A person's class of a record that lay below shows too, and is the row's.
    wanted = Wanted(move=Move.PRIORITISE, priority=Priority.AT_ONCE, why=WHY)
    move(boss, store, tip="ncmec:2", expected=0, wanted=wanted)
    assert rows(lead, store)[0] == ("ncmec:2", "ncmec:4", "ncmec:1")
    line = page(lead, store)[0]
    assert line.is_set
    assert line.more[0].says == ("The provider marks sextortion: victims have died of it.",)
    assert shown(lead, store, "ncmec:1").under == "ncmec:2"
    tallied = queue_tally(lead, store, reads=ReadLog(store))
    assert (sum(r.total for r in tallied), sum(r.rows for r in tallied)) == (4, 2)


def test_a_bundle_folds_with_one_of_its_users_only(store: Store) -> None:
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    take_in(store, 1, accounts=("u-1", "u-2", "u-3"), batched_reason="VIRAL_POTENTIAL_MEME")
    take_in(store, 2, accounts=("u-2",))
    take_in(store, 3, accounts=("u-3",))
    # Who is in one bundle is no record of the other's incident.
    assert together(lead, store) == {("ncmec:1", "ncmec:2"), ("ncmec:3",)}
    take_in(store, 4, accounts=("u-1",))
    assert together(lead, store) == {("ncmec:1", "ncmec:4"), ("ncmec:2",), ("ncmec:3",)}


def test_records_in_a_chain_of_files_are_one_and_fall_apart_without_the_middle(
    store: Store,
) -> None:
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    take_in(store, 1, hashes=("a",))
    take_in(store, 2, hashes=("b",))
    assert rows(lead, store) == [("ncmec:1",), ("ncmec:2",)]
    take_in(store, 3, hashes=("a", "b"))
    assert rows(lead, store) == [("ncmec:1", "ncmec:2", "ncmec:3")]
    # Until a person says otherwise, which stays so whatever comes in.
    apart = Wanted(move=Move.APART, why="Another child.")
    move(lead, store, tip="ncmec:3", expected=0, wanted=apart)
    assert rows(lead, store) == [("ncmec:1",), ("ncmec:2",), ("ncmec:3",)]
    take_in(store, 3, hashes=("a", "b"), body="more")
    recount(store, actor="test", at_us=now_us())
    assert rows(lead, store) == [("ncmec:1",), ("ncmec:2",), ("ncmec:3",)]
    line = shown(lead, store, "ncmec:3")
    assert (line.apart_by, line.apart_why) == ("lead.north", "Another child.")
    again = Wanted(move=Move.FOLD, why=WHY)
    move(lead, store, tip="ncmec:3", expected=line.version, wanted=again)
    assert rows(lead, store) == [("ncmec:1", "ncmec:2", "ncmec:3")]
    moves = show_queued(lead, store, tip="ncmec:3", reads=ReadLog(store)).moves
    assert [(m.move, m.why) for m in moves] == [
        ("keep apart", "Another child."),
        ("fold again", WHY),
    ]


def test_whoever_takes_one_takes_all_that_stand_alike(store: Store) -> None:
    people = staff(store, "north", at_us=now_us() - DAY_US)
    lead, deputy, boss = (people[f"{name}.north"] for name in ("lead", "deputy", "boss"))
    for number in (1, 2, 3):
        take_in(store, number)
    taken = take(lead, store, tip="ncmec:2")
    assert (taken.tip, taken.also) == ("ncmec:2", ("ncmec:1", "ncmec:3"))
    assert rows(lead, store, owner="lead.north") == [("ncmec:1", "ncmec:2", "ncmec:3")]
    with pytest.raises(ChangedError, match=r"moved by lead\.north"):
        take(deputy, store, tip="ncmec:3")
    # One that comes later is nobody's, has a row of its own, and says where the others stand.
    take_in(store, 4)
    assert rows(boss, store) == [("ncmec:1", "ncmec:2", "ncmec:3"), ("ncmec:4",)]
    assert {(one.tip, one.owner) for one in shown(boss, store, "ncmec:4").elsewhere} == {
        (f"ncmec:{number}", "lead.north") for number in (1, 2, 3)
    }
    assert [one.tip for one in shown(boss, store, "ncmec:1").elsewhere] == ["ncmec:4"]
    assert take(deputy, store, tip="ncmec:4").also == ()


def looked(caller: Caller, store: Store, *numbers: int) -> list[Looked]:
    """Give records as they stand now."""
    tips = [f"ncmec:{number}" for number in numbers]
    return [Looked(tip=tip, version=shown(caller, store, tip).version) for tip in tips]


def test_one_move_on_all_is_all_or_nothing(store: Store) -> None:
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, deputy, boss = (people[f"{name}.north"] for name in ("lead", "deputy", "boss"))
    for number in (1, 2, 3):
        take_in(store, number)
    take_in(store, 8, accounts=("u-8",))
    take(lead, store, tip="ncmec:1")
    take_in(store, 4)
    close = Wanted(move=Move.CLOSE, outcome=Outcome.DUPLICATE, why=WHY)
    all_three = looked(lead, store, 1, 2, 3)

    def refused(error: type[CrosstipError], match: str, by: Caller = lead, **more: object) -> None:
        asked = {"tip": "ncmec:1", "records": all_three, "wanted": close, **more}
        with pytest.raises(error, match=match):
            move_together(by, store, **asked)  # type: ignore[arg-type]

    refused(RowError, r"ncmec:4 is new and nobody's\. Nothing was changed")
    refused(RightsError, r"duties\.team", by=deputy, leave_others=True)
    refused(ChangedError, "further record", records=all_three[:2], leave_others=True)
    stranger = [*all_three, Looked(tip="ncmec:8", version=0)]
    refused(ChangedError, "ncmec:8 is no record", records=stranger, leave_others=True)
    refused(RowError, "among them", records=all_three[1:])
    refused(RowError, "one tip at a time", wanted=Wanted(move=Move.APART, why=WHY))
    # One that was moved meanwhile keeps them all where they are; so does one that cannot be moved.
    move(lead, store, tip="ncmec:3", expected=1, wanted=Wanted(move=Move.KEEP, why=WHY))
    refused(ChangedError, "ncmec:3 was moved by", leave_others=True)
    refused(RowError, "no move from there", records=looked(lead, store, 1, 2, 3, 4), by=boss)
    assert rows(lead, store, owner="lead.north") == [("ncmec:1", "ncmec:2", "ncmec:3")]
    assert shown(lead, store, "ncmec:1").version == 1
    done = move_together(
        lead,
        store,
        tip="ncmec:1",
        records=looked(lead, store, 1, 2, 3),
        wanted=close,
        leave_others=True,
    )
    assert [(one.tip, one.state) for one in done] == [(f"ncmec:{n}", "closed") for n in (1, 2, 3)]
    assert rows(lead, store, state=State.CLOSED) == [("ncmec:1", "ncmec:2", "ncmec:3")]
    assert rows(lead, store) == [("ncmec:4",), ("ncmec:8",)]
    assert show_queued(lead, store, tip="ncmec:2", reads=ReadLog(store)).moves[-1].why == WHY


def test_a_crowd_at_one_instant_folds_not(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.services.triage_folds.MOST_AT_ONCE", 3)
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    for number in (1, 2, 3):
        take_in(store, number)
    assert rows(lead, store) == [("ncmec:1", "ncmec:2", "ncmec:3")]
    for number in (4, 5):
        take_in(store, number, accounts=(f"u-{number}",))
    recount(store, actor="test", at_us=now_us())
    assert rows(lead, store) == [(f"ncmec:{number}",) for number in (1, 2, 3, 4, 5)]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["record", "record", "record", "hold", "release", "withdraw", "move"]),
        st.integers(1, 5),
        st.sampled_from(["north", "south"]),
        st.sampled_from(list(Move)),
        st.sets(st.sampled_from(["u-1", "u-2"]), min_size=1),
        st.sets(st.sampled_from(["a", "b"]), min_size=1),
        st.integers(0, 1),
    ),
    min_size=8,
    max_size=16,
)


def test_what_is_kept_of_folds_equals_a_full_recount(running_store: RunningStore) -> None:
    store = running_store.store
    folded = 0

    @settings(
        max_examples=HISTORIES,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_STEPS)
    def histories(steps: list[tuple[str, int, str, Move, set[str], set[str], int]]) -> None:
        nonlocal folded
        running_store.wipe(synthetic=True)
        people = staff(store, "north", "south", at_us=now_us())
        for at, (kind, number, agency, wanted, accounts, hashes, hour) in enumerate(steps):
            boss = people[f"boss.{agency}"]
            tip = f"ncmec:{number}"
            try:
                if kind == "record":
                    take_in(
                        store,
                        number,
                        accounts=sorted(accounts),
                        hashes=sorted(hashes),
                        holder=agency,
                        incident_us=MONDAY_US + hour * HOUR_US,
                        body="." * at,
                    )
                elif kind == "hold":
                    hold_tips(people["ops"], store, [tip], agency=agency)
                elif kind == "release":
                    release_tips(boss, store, [tip], agency=agency)
                elif kind == "withdraw":
                    withdraw(store, tip, why=WHY, actor="test")
                else:
                    _move(store, boss, tip, wanted)
            except CrosstipError:
                continue
        before = kept(running_store)
        rows_there = running_store.rows(
            "MATCH (q:Triage) WHERE q.fold IS NOT NULL "
            "RETURN q.fold, q.state, q.owner, count(q), "
            "sum(CASE WHEN q.state_row IS NULL THEN 0 ELSE 1 END)"
        )
        folded += len(rows_there)
        assert all(row[-1] == 1 for row in rows_there), "one row for those that stand alike"
        recount(store, actor="test", at_us=now_us())
        assert kept(running_store) == before

    histories()
    assert folded > 0


def _move(store: Store, boss: Caller, tip: str, wanted: Move) -> None:
    if wanted is Move.TAKE:
        take(boss, store, tip=tip)
        return
    given_to = {
        Move.CLOSE: {"outcome": Outcome.DUPLICATE},
        Move.REFER: {"recipient": "Elsewhere"},
        Move.ASSIGN: {"assignee": boss.user},
        Move.PRIORITISE: {"priority": Priority.AT_ONCE},
    }
    asked = Wanted(move=wanted, why=WHY, **given_to.get(wanted, {}))  # type: ignore[arg-type]
    move(boss, store, tip=tip, expected=shown(boss, store, tip).version, wanted=asked)


def test_what_changed_is_asked_for_by_class_and_age_alone(store: Store) -> None:
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    for more in ({"owner": "lead.north"}, {"unassigned": True}, {"state": State.CLOSED}):
        with pytest.raises(QuestionError, match="class and age alone"):
            page(lead, store, news=True, **more)


def test_records_that_others_hold_have_no_effect_on_ones_own_rows(
    running_store: RunningStore,
) -> None:
    """Two worlds: in one of them another agency, and nobody, hold records of the same incident."""

    def world(*, hidden: bool) -> list[object]:
        running_store.wipe(synthetic=True)
        store = running_store.store
        people = staff(store, "north", "south")
        lead, boss, south = people["lead.north"], people["boss.north"], people["boss.south"]
        reads = ReadLog(store)
        said: list[object] = []

        def ask() -> None:
            said.append(page(lead, store))
            said.append(queue_tally(boss, store, reads=ReadLog(store)))
            for number in (1, 2, 5):
                try:
                    found = show_queued(lead, store, tip=f"ncmec:{number}", reads=reads)
                except CrosstipError as error:
                    said.append(str(error))
                else:
                    said.append(found)

        for at, (number, hashes, holder) in enumerate(
            [
                (5, ("a", "b"), "south"),
                (1, ("a",), "north"),
                (6, ("a", "b"), None),
                (2, ("b",), "north"),
                (7, ("a", "b"), "south"),
            ]
        ):
            if hidden or holder == "north":
                take_in(store, number, hashes=hashes, holder=holder, at_us=MONDAY_US + at)
            ask()
        if hidden:
            take(south, store, tip="ncmec:5")
            withdraw(store, "ncmec:6", why=WHY, actor="test")
        said.append(take(lead, store, tip="ncmec:1"))
        ask()
        if hidden:
            release_tips(south, store, ["ncmec:7"], agency="south")
        ask()
        return said

    assert world(hidden=True) == world(hidden=False)
