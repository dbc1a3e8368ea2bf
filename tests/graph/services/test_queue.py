"""The queue: what stands where, in which order, for whom, and what is kept of it."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.ddl.queueing import queue_held_tips
from graph.errors import ChangedError, CrosstipError, NotFoundError
from graph.services.audit_reads import ReadLog
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_reading import Filter, list_queue, queue_tally, show_queued
from graph.services.recording import record
from graph.services.triage_places import recount
from graph.services.triage_steps import Moved, move, take
from graph.services.withdrawal import withdraw
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome, State
from graph.triage.priority import Priority
from tests.deliveries import delivery, email
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import take_in
from tests.stores import RunningStore

WHY = "Because of the test."
HISTORIES = 3
"""How many random histories there are on each engine."""


def listed(caller: Caller, store: Store, **wanted: object) -> list[str]:
    """Give the tips of the queue, page by page of two."""
    asked, after, found = Filter(**wanted), "", list[str]()  # type: ignore[arg-type]
    while True:
        page = list_queue(caller, store, reads=ReadLog(store), wanted=asked, after=after, limit=2)
        found += [line.tip for line in page.lines]
        if page.next_after is None:
            return found
        assert caller.user not in page.next_after
        after = page.next_after


def kept(running: RunningStore) -> list[tuple[object, ...]]:
    """Give every place as it is stored."""
    return running.rows(
        "MATCH (q:Triage) OPTIONAL MATCH (t:Tip)-[:STANDS]->(q) "
        "RETURN q.key, q.tip, t.key, q.state, q.owner, q.held, q.since_us, q.due_us, q.priority, "
        "q.reasons, q.unknown, q.rules, q.set_priority, q.queue_place, q.owner_place, "
        "q.state_place, q.moves, q.version ORDER BY q.key"
    )


def test_the_queue_and_what_is_done_with_it(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us() - DAY_US)
    lead, boss, south = people["lead.north"], people["boss.north"], people["lead.south"]
    take_in(store, 1)
    take_in(store, 2, annotations=("sextortion",))
    take_in(store, 3, urgency=0)
    take_in(store, 4, annotations=("spam",))
    take_in(store, 5, holder="south", urgency=0)
    take_in(store, 6, holder=None, urgency=0)
    ordered = [f"ncmec:{n}" for n in (3, 2, 1, 4)]
    assert listed(lead, store) == ordered
    assert listed(south, store) == ["ncmec:5"]
    # Whoever holds a tip too has it for themselves: nothing that one does shows to the other.
    hold_tips(people["ops"], store, ["ncmec:1"], agency="south")
    taken = take(lead, store, tip="ncmec:1")
    assert (taken.state, taken.owner, taken.version) == ("in review", "lead.north", 1)
    theirs = show_queued(south, store, tip="ncmec:1", reads=ReadLog(store))
    assert (theirs.line.state, theirs.line.owner, theirs.moves) == ("new", None, ())
    for tip in ("ncmec:5", "ncmec:6", "ncmec:9"):
        for deed in (
            lambda t=tip: take(lead, store, tip=t),
            lambda t=tip: show_queued(lead, store, tip=t, reads=ReadLog(store)),
        ):
            with pytest.raises(NotFoundError) as refused:
                deed()
            assert str(refused.value).replace(tip, "x") == (
                "Your agency holds no tip x. Check the number."
            )
    with pytest.raises(ChangedError, match=r"moved by lead\.north"):
        take(boss, store, tip="ncmec:1")
    # The answer to a filter is the same however deep a page begins.
    assert listed(lead, store, owner="lead.north") == ["ncmec:1"]
    assert listed(lead, store, unassigned=True) == ["ncmec:3", "ncmec:2", "ncmec:4"]
    assert listed(lead, store, state=State.NEW) == ["ncmec:3", "ncmec:2", "ncmec:4"]
    assert listed(lead, store, unassigned=True, state=State.IN_REVIEW) == []
    assert listed(lead, store, priority=Priority.TODAY) == ["ncmec:2"]
    assert listed(lead, store, before_us=now_us()) == ordered
    assert listed(lead, store, before_us=lead.as_of_us) == []
    assigned = move(
        boss,
        store,
        tip="ncmec:1",
        expected=1,
        wanted=Wanted(move=Move.ASSIGN, assignee="deputy.north", why=WHY),
    )
    assert (assigned.state, assigned.owner) == ("assigned", "deputy.north")
    for nobody in ("lead.south", "audit.north", "nobody"):
        wanted = Wanted(move=Move.ASSIGN, assignee=nobody, why=WHY)
        with pytest.raises(NotFoundError, match="nobody in service"):
            move(boss, store, tip="ncmec:1", expected=2, wanted=wanted)
    close = Wanted(move=Move.CLOSE, outcome=Outcome.NO_OFFENCE, why=WHY)
    with pytest.raises(ChangedError, match="version 2"):
        move(boss, store, tip="ncmec:1", expected=1, wanted=close)
    move(boss, store, tip="ncmec:1", expected=2, wanted=close)
    assert listed(lead, store) == ["ncmec:3", "ncmec:2", "ncmec:4"]
    assert listed(lead, store, state=State.CLOSED) == ["ncmec:1"]
    shown = show_queued(lead, store, tip="ncmec:1", reads=ReadLog(store))
    assert [(m.number, m.move, m.made_by, m.owner, m.outcome) for m in shown.moves] == [
        (1, "take", "lead.north", "lead.north", None),
        (2, "assign", "boss.north", "deputy.north", None),
        (3, "close", "boss.north", "deputy.north", "no offence"),
    ]
    # A person's class stands over the table's, also when the tip says something else later.
    raised = Wanted(move=Move.PRIORITISE, priority=Priority.AT_ONCE, why="The mother called.")
    move(boss, store, tip="ncmec:4", expected=0, wanted=raised)
    more = delivery("4", [email("a@example.com")], body="more", annotations=("informational",))
    record(store, [more], actor="test")
    assert listed(lead, store) == ["ncmec:3", "ncmec:4", "ncmec:2"]
    spam = show_queued(lead, store, tip="ncmec:4", reads=ReadLog(store)).line
    assert (spam.priority, spam.by_rule, spam.set_by) == ("at once", "not for action", "boss.north")
    # What nobody looked at in time is late, and is counted.
    tomorrow = later(lead, 4 * DAY_US)
    late = {r.priority: r.late for r in queue_tally(tomorrow, store, reads=ReadLog(store))}
    assert late == {"at once": 2, "today": 1}
    assert sum(r.total for r in queue_tally(lead, store, reads=ReadLog(store))) == 3
    withdraw(store, "ncmec:3", why=WHY, actor="boss.north")
    release_tips(lead, store, ["ncmec:2"], agency="north")
    assert listed(lead, store) == ["ncmec:4"]
    assert listed(lead, store, state=State.WITHDRAWN) == ["ncmec:3"]
    logged = running_store.rows(
        "MATCH (e:AuditEntry) WHERE e.action STARTS WITH 'triage.' AND e.agency = 'north' "
        "AND e.object = 'ncmec:1' AND e.decision = 'permit' AND e.outcome <> 'shown' "
        "RETURN e.action, e.outcome ORDER BY e.at_us, e.action, e.outcome"
    )
    assert sorted(logged) == [
        ("triage.assign", "assign"),
        ("triage.work", "close"),
        ("triage.work", "take"),
    ]


def test_of_two_who_take_a_tip_at_once_one_gets_it(store: Store) -> None:
    people = staff(store, "north", at_us=now_us())
    for number in range(1, 5):
        tip = take_in(store, number)
        barrier = threading.Barrier(2)
        got: dict[str, Moved] = {}
        told: dict[str, CrosstipError] = {}

        def work(name: str, tip: str, barrier: threading.Barrier) -> None:
            barrier.wait()
            try:
                got[name] = take(people[name], store, tip=tip)  # noqa: B023
            except CrosstipError as error:
                told[name] = error  # noqa: B023

        names = ("lead.north", "deputy.north")
        threads = [threading.Thread(target=work, args=(n, tip, barrier)) for n in names]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=120)
        (winner,), (loser,) = got, told
        assert {winner, loser} == set(names)
        assert isinstance(told[loser], ChangedError)
        assert f"moved by {winner}" in str(told[loser])
        moves = show_queued(people[loser], store, tip=tip, reads=ReadLog(store)).moves
        assert [m.made_by for m in moves] == [winner]


_STEPS = st.lists(
    st.tuples(
        st.sampled_from(["record", "hold", "release", "withdraw", "move", "move", "move"]),
        st.integers(1, 4),
        st.sampled_from(["north", "south"]),
        st.sampled_from(list(Move)),
        st.sampled_from(["sextortion", "spam", "informational"]),
    ),
    min_size=6,
    max_size=14,
)


def test_what_is_kept_equals_a_full_recount(running_store: RunningStore) -> None:
    store = running_store.store

    @settings(
        max_examples=HISTORIES,
        deadline=None,
        phases=[Phase.explicit, Phase.reuse, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(_STEPS)
    def histories(steps: list[tuple[str, int, str, Move, str]]) -> None:
        running_store.wipe(synthetic=True)
        people = staff(store, "north", "south", at_us=now_us())
        for at, (kind, number, agency, wanted, annotation) in enumerate(steps):
            _do(store, people, at, kind, number, agency, wanted, annotation)
        before = kept(running_store)
        queue_held_tips(store, None)
        recount(store, actor="test", at_us=now_us())
        assert kept(running_store) == before
        for row in before:
            assert row[1] == row[2], "a place hangs on its tip"
        moves = running_store.rows(
            "MATCH (q:Triage)-[:HAS_MOVE]->(m:TriageMove) "
            "WITH q.key AS key, q.moves AS said, m.number AS number ORDER BY number "
            "RETURN key, said, collect(number) ORDER BY key"
        )
        assert all(numbers == list(range(1, int(str(said)) + 1)) for _, said, numbers in moves)
        assert len(moves) == sum(row[-2] != 0 for row in before)

    histories()


def _do(
    store: Store,
    people: dict[str, Caller],
    at: int,
    kind: str,
    number: int,
    agency: str,
    wanted: Move,
    annotation: str,
) -> None:
    tip, boss = f"ncmec:{number}", replace(people[f"boss.{agency}"], as_of_us=now_us())
    try:
        if kind == "record":
            said = [email(f"{number}@example.com")]
            one = delivery(
                str(number), said, body=str(at), holder=agency, annotations=(annotation,)
            )
            record(store, [one], actor="test")
        elif kind == "hold":
            hold_tips(people["ops"], store, [tip], agency=agency)
        elif kind == "release":
            release_tips(boss, store, [tip], agency=agency)
        elif kind == "withdraw":
            withdraw(store, tip, why=WHY, actor="test")
        else:
            _move(store, boss, tip, wanted)
    except CrosstipError:
        return


def _move(store: Store, boss: Caller, tip: str, wanted: Move) -> None:
    version = show_queued(boss, store, tip=tip, reads=ReadLog(store)).line.version
    given = Wanted(
        move=wanted,
        why=WHY,
        outcome=Outcome.SPAM if wanted is Move.CLOSE else None,
        assignee=boss.user if wanted is Move.ASSIGN else None,
        recipient="Desk" if wanted is Move.REFER else None,
        priority=Priority.TODAY if wanted is Move.PRIORITISE else None,
    )
    move(boss, store, tip=tip, expected=version, wanted=given)


def test_a_provisional_tips_place_passes_to_the_tip_that_replaces_it(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    lead, south = people["lead.north"], people["lead.south"]
    for agency in ("north", "south"):
        bare = delivery(None, [email("a@example.com")], body="x", holder=agency)
        record(store, [bare], actor="test")
    (provisional,) = listed(lead, store)
    take(lead, store, tip=provisional)
    # South has the numbered tip beforehand and moved neither; north moved the provisional one.
    take_in(store, 8, holder="south")
    numbered = delivery("8", [email("a@example.com")], body="x", holder="north")
    record(store, [numbered], actor="test")
    assert (listed(lead, store), listed(south, store)) == (["ncmec:8"], ["ncmec:8"])
    shown = show_queued(lead, store, tip="ncmec:8", reads=ReadLog(store))
    assert (shown.line.state, shown.line.owner) == ("in review", "lead.north")
    assert [m.made_by for m in shown.moves] == ["lead.north"]
    before = kept(running_store)
    assert [(row[1], row[2]) for row in before] == [("ncmec:8", "ncmec:8")] * 2
    recount(store, actor="test", at_us=now_us())
    assert kept(running_store) == before


def test_a_migration_gives_held_tips_their_places(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    take_in(store, 1, annotations=("sextortion",))
    take_in(store, 2, holder=None)
    take_in(store, 3, holder="south", urgency=0)
    before = kept(running_store)
    running_store.rows("MATCH (q:Triage) DETACH DELETE q")
    running_store.rows("MATCH (t:Tip) REMOVE t.signals")
    for _ in range(2):
        queue_held_tips(store, None)
        assert kept(running_store) == before
    assert listed(people["lead.north"], store) == ["ncmec:1"]
