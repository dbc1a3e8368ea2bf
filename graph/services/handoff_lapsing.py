"""The clock of hand-offs: offers that nobody answered, and what an office held for a time."""

from __future__ import annotations

from graph.handoff.deciding import lapsed
from graph.handoff.steps import HandoffStep
from graph.queries.handoffs import (
    DUE,
    LOCK,
    MOST,
    ONE,
    ClockParams,
    DueRow,
    HandoffKeyParams,
    OwnHandoffParams,
)
from graph.queries.recording import LOCK_TIPS, TipKeysParams
from graph.services.handoff_steps import carry_out
from graph.store import Store, WriteUnit


def lapse_due(store: Store, *, at_us: int) -> tuple[str, ...]:
    """Move on every hand-off whose clock has run out by a time, and give their keys.

    Each is a transaction of its own, with receipts and notices for both sides. Doing it twice does
    no harm. An offer can be answered no more from its time on, whenever this runs; what an office
    holds for a time ends when this runs.

    Raises:
        StoreError: the store could not; what was done until then stays.
    """
    done: list[str] = []
    while True:
        due = store.read(DUE, ClockParams(at_us=at_us, limit=MOST))
        moved = [row.key for row in due if _lapse(store, row, at_us=at_us)]
        done += moved
        if len(due) < MOST or len(moved) == 0:
            return tuple(done)


def _lapse(store: Store, due: DueRow, *, at_us: int) -> bool:
    def work(unit: WriteUnit) -> bool:
        unit.run(LOCK_TIPS, TipKeysParams(keys=[due.tip]))
        unit.run(LOCK, HandoffKeyParams(key=due.key))
        rows = unit.read(ONE, OwnHandoffParams(agency=due.giver, key=due.key))
        taken = lapsed(rows[0], at_us=at_us) if len(rows) > 0 else None
        if taken is None:
            return False
        carry_out(unit, rows[0], taken, step=HandoffStep.EXPIRE, caller=None, at_us=at_us)
        return True

    return store.writing(work, name="the clock of a hand-off")
