"""What is held, what waits urgently, and what the next purge takes: figures with their rows."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.clock import from_us, now_us
from graph.retention.classes import RecordClass
from graph.services.audit_reads import ReadLog
from graph.services.caseload import caseload_rows, show_caseload
from graph.services.holders import hold_tips, release_tips
from graph.services.legal_holds import HeldKind, NewHold, place_hold
from graph.services.queue_reading import show_queued
from graph.services.retention_views import dry_run, tally
from graph.services.triage_places import recount
from graph.services.triage_steps import move
from graph.services.urgent_tips import acknowledge_urgent, list_urgent
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move
from tests.graph.services.people import DAY_US, later, staff
from tests.graph.services.queueing import take_in
from tests.graph.services.retaining import closed, in_force, years_later
from tests.stores import RunningStore


def values(caller: Caller, store: Store, name: str) -> dict[str, int | None]:
    (figure,) = show_caseload(caller, store, reads=ReadLog(store), names=[name]).figures
    return {cell.labels[0]: cell.value for cell in figure.cells}


def records(caller: Caller, store: Store, name: str, label: str) -> list[str | None]:
    """Give the records behind a number, one page after another of one row."""
    found: list[str | None] = []
    after: str | None = ""
    while after is not None:
        page = caseload_rows(
            caller,
            store,
            figure=name,
            labels=(label,),
            reads=ReadLog(store),
            after=after,
            limit=1,
        )
        found += [row.record for row in page.rows]
        after = page.next_after
    return found


def test_held_urgent_and_due_for_purge(running_store: RunningStore) -> None:
    store = running_store.store
    people = staff(store, "north", "south", at_us=now_us())
    for number in (1, 2, 3, 4):
        take_in(store, number, said=f"{number}@example.com", urgency=0 if number < 3 else None)
    take_in(store, 5, said="5@example.com", holder="south", urgency=0)
    boss, reads = people["boss.north"], ReadLog(store)
    acknowledge_urgent(people["deputy.north"], store, tip="ncmec:2")
    waiting = [line.tip for line in list_urgent(boss, store, reads=reads).lines]
    assert values(boss, store, "urgent") == {
        "under 1 hour": len(waiting),
        "1-24 hours": 0,
        "over 24 hours": 0,
    }
    assert records(boss, store, "urgent", "under 1 hour") == waiting == ["ncmec:1"]
    after_a_day = years_later(boss, 3)
    assert values(after_a_day, store, "urgent")["over 24 hours"] == 1
    assert records(after_a_day, store, "urgent", "over 24 hours") == waiting
    for tip in ("ncmec:3", "ncmec:4"):
        closed(people["lead.north"], store, tip)
    held = values(boss, store, "held")
    assert {state: total for state, total in held.items() if total} == {"new": 2, "closed": 2}
    assert sorted(map(str, records(boss, store, "held", "closed"))) == ["ncmec:3", "ncmec:4"]
    _purge(store, people)


def test_what_was_given_away_and_came_back_is_counted_since_it_came_back(
    running_store: RunningStore,
) -> None:
    store = running_store.store
    people = staff(store, "north", at_us=now_us() - 40 * DAY_US)
    lead, boss, ops = (people[f"{name}"] for name in ("lead.north", "boss.north", "ops"))
    for number in (1, 2):
        take_in(store, number, holder=None, said=f"{number}@example.com")
        hold_tips(ops, store, [f"ncmec:{number}"], agency="north")
        closed(later(lead, DAY_US), store, f"ncmec:{number}")
        release_tips(later(boss, 2 * DAY_US), store, [f"ncmec:{number}"], agency="north")
    assert sum(filled(later(boss, 10 * DAY_US), store, "backlog")) == 0, "given away"
    hold_tips(later(ops, 20 * DAY_US), store, ["ncmec:1"], agency="north")
    now = later(boss, 30 * DAY_US)
    assert values(now, store, "held")["closed"] == 1
    assert sum(filled(now, store, "inflow")) == 1
    (day,) = [label for label, total in values(now, store, "inflow").items() if total]
    assert day == from_us(boss.as_of_us + 20 * DAY_US).date().isoformat()
    assert records(now, store, "inflow", day) == ["ncmec:1"]
    # It was closed before it came back: nothing is open, and no day says less than none.
    assert sum(filled(now, store, "backlog")) == 0
    assert sum(filled(now, store, "closure")) == 0, "29 days ago"
    row = show_queued(now, store, tip="ncmec:1", reads=ReadLog(store)).line
    opening = Wanted(move=Move.REOPEN, why="It came back.")
    move(later(boss, 25 * DAY_US), store, tip="ncmec:1", expected=row.version, wanted=opening)
    assert filled(now, store, "backlog") == [0] * 22 + [1] * 6
    assert values(now, store, "age")["median"] == 10 * DAY_US // 1_000_000
    recount(store, actor="test", at_us=now.as_of_us)
    assert values(now, store, "age")["median"] == 10 * DAY_US // 1_000_000


def filled(caller: Caller, store: Store, name: str) -> list[int]:
    """Give the numbers of a figure, in their order."""
    return [value or 0 for value in values(caller, store, name).values()]


def _purge(store: Store, people: dict[str, Caller]) -> None:
    boss, reads = people["boss.north"], ReadLog(store)
    later = years_later(boss)
    assert set(values(later, store, "due-for-purge").values()) == {0}, "nobody set a policy"
    in_force(people, store, "north", RecordClass.TIPS)
    due = values(later, store, "due-for-purge")
    assert due == {line.kind: line.due for line in tally(later, store, reads=reads)[:4]}
    assert due["tips"] == 2
    lines = dry_run(later, store, kind=RecordClass.TIPS, reads=reads).lines
    told = [line.key for line in lines if line.fate == "due"]
    assert records(later, store, "due-for-purge", "tips") == told
    assert values(years_later(people["boss.south"]), store, "due-for-purge")["tips"] == 0
    hold = NewHold(about=HeldKind.TIP, subject="ncmec:3", why="A court asks.", reference="1")
    place_hold(boss, store, new=hold)
    assert records(later, store, "due-for-purge", "tips") == ["ncmec:4"]
    assert values(later, store, "due-for-purge")["tips"] == 1
