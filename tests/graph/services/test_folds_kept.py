"""What is kept of folds equals a recount, and nothing of others bears on it."""

from __future__ import annotations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from graph.casework.caller import Caller
from graph.clock import now_us
from graph.ddl.to_units import place_anew
from graph.errors import CrosstipError
from graph.services.audit_reads import ReadLog
from graph.services.holders import hold_tips, release_tips
from graph.services.queue_reading import queue_tally, show_queued
from graph.services.triage_places import recount
from graph.services.triage_steps import move, take
from graph.services.withdrawal import withdraw
from graph.store import Store
from graph.triage.deciding import Wanted
from graph.triage.moves import Move, Outcome
from graph.triage.priority import Priority
from tests.deliveries import HOUR_US, MONDAY_US
from tests.graph.services.folds import WHY, page, rows, shown, take_in, together
from tests.graph.services.people import DAY_US, staff
from tests.graph.services.queueing import kept
from tests.stores import RunningStore

HISTORIES = 6


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
        for at, step in enumerate(steps):
            _do(store, people, at, step)
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


def _do(
    store: Store,
    people: dict[str, Caller],
    at: int,
    step: tuple[str, int, str, Move, set[str], set[str], int],
) -> None:
    kind, number, agency, wanted, accounts, hashes, hour = step
    boss, tip = people[f"boss.{agency}"], f"ncmec:{number}"
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
        return


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


def test_places_of_an_older_schema_get_their_rows(running_store: RunningStore) -> None:
    store = running_store.store
    lead = staff(store, "north", at_us=now_us() - DAY_US)["lead.north"]
    for number in (1, 2, 3):
        take_in(store, number, accounts=("u-1",) if number < 3 else ("u-3",))
    before = kept(running_store)
    running_store.rows(
        "MATCH (q:Triage) REMOVE q.incident, q.fold, q.under, q.row_since_us, q.queue_row, "
        "q.owner_row, q.state_row RETURN count(q)"
    )
    assert rows(lead, store) == []
    place_anew(store)
    place_anew(store)
    assert kept(running_store) == before
    assert together(lead, store) == {("ncmec:1", "ncmec:2"), ("ncmec:3",)}


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
