"""Places that follow from a change of many tips are computed after it, and none is forgotten."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from graph.clock import now_us
from graph.services import places_due
from graph.services.claim_entry import claim
from graph.services.places_due import catch_up
from graph.services.triage_places import recount
from graph.store import Store
from tests.graph.services.casework import case, draft
from tests.graph.services.people import staff
from tests.graph.services.queueing import ANYBODY, kept, take_in
from tests.stores import RunningStore

TIPS = 9
CLASSES = "MATCH (q:Triage) RETURN q.priority ORDER BY q.key"
NOTED = "MATCH (d:PlacesDue) RETURN sum(size(d.tips))"


class _KilledError(Exception):
    """Stands for the end of a process between two transactions."""


@pytest.fixture(autouse=True)
def _few_are_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places_due, "AT_ONCE", 2)
    monkeypatch.setattr(places_due, "NOTED_TOGETHER", 5)


def _claimed(store: Store) -> None:
    """Claim what nine tips of an agency state: all of them become its own investigation's."""
    people = staff(store, "north", at_us=now_us())
    for number in range(1, TIPS + 1):
        take_in(store, number, annotations=("spam",))
    opened = case(people["boss.north"], store)
    claim(people["boss.north"], store, investigation=opened, drafts=[draft(ANYBODY)])


def test_many_tips_are_noted_and_placed_after_the_change(running_store: RunningStore) -> None:
    store = running_store.store
    _claimed(store)
    assert running_store.rows(NOTED) == [(TIPS,)]
    assert {row[0] for row in running_store.rows(CLASSES)} == {"not for action"}
    assert catch_up(store) == TIPS
    assert {row[0] for row in running_store.rows(CLASSES)} == {"today"}
    assert running_store.rows("MATCH (d:PlacesDue) RETURN count(d)") == [(0,)]
    before = kept(running_store)
    recount(store, actor="test", at_us=now_us())
    assert kept(running_store) == before
    assert catch_up(store) == 0


def test_a_kill_between_two_transactions_loses_no_tip(running_store: RunningStore) -> None:
    store = running_store.store
    _claimed(store)
    left: list[int] = []
    for round_ in range(TIPS):
        steps = iter([None, _KilledError(f"after {round_}")])

        def go_on() -> None:
            error = next(steps)  # noqa: B023 called within this round only
            if error is not None:
                raise error

        try:
            catch_up(store, go_on=go_on)
        except _KilledError:
            left.append(int(str(running_store.rows(NOTED)[0][0])))
            continue
        break
    assert left == sorted(left, reverse=True)
    assert len(left) > 2
    assert {row[0] for row in running_store.rows(CLASSES)} == {"today"}


def test_two_at_once_place_every_tip(running_store: RunningStore) -> None:
    store = running_store.store
    _claimed(store)
    with ThreadPoolExecutor(max_workers=2) as pool:
        done = list(pool.map(lambda _: catch_up(store), range(2)))
    assert sum(done) == TIPS
    assert {row[0] for row in running_store.rows(CLASSES)} == {"today"}
    assert running_store.rows("MATCH (d:PlacesDue) RETURN count(d)") == [(0,)]


def test_a_run_ends_where_it_was_told_to(running_store: RunningStore) -> None:
    _claimed(running_store.store)
    assert catch_up(running_store.store, at_most=3) == 4
    assert running_store.rows(NOTED) == [(TIPS - 4,)]
