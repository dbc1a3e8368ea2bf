"""Requests for assistance that are over go by one rule for both sides, as conflicts do."""

from __future__ import annotations

from collections.abc import Callable

from graph.casework.caller import Caller
from graph.queries.assistance import LOCK
from graph.queries.desk_tasks import RecordKeyParams
from graph.queries.evidence import AgencyParams
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.purging_assistance import (
    DROP_ASSISTANCE,
    NOTICES_ABOUT,
    SETTLED,
    STILL_SETTLED,
    ReceiptSpanParams,
    SettledRow,
)
from graph.queries.purging_conflicts import OverParams
from graph.queries.retention import IN_FORCE
from graph.retention.classes import ASSISTANCE_DAYS, cutoff_us
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.legal_holds import held_of
from graph.services.purge_records import PURGED
from graph.services.tip_purging import drop_notices
from graph.store import Store, WriteUnit

_BATCH = 200


def purge_assistance(caller: Caller, store: Store, *, go_on: Callable[[], None]) -> int:
    """Purge every request that is over as of the caller's time; give how many went.

    Raises:
        StoreError: the store could not; what was purged until then stays so.
    """
    after, gone = "", 0
    before_us = cutoff_us(ASSISTANCE_DAYS, at_us=caller.as_of_us)
    while True:
        params = OverParams(before_us=before_us, after=after, limit=_BATCH)
        page = store.read(SETTLED, params)
        for row in page:
            go_on()
            gone += store.writing(
                lambda unit, r=row: _drop(unit, caller, r, before_us),  # type: ignore[misc]
                name="purging a request for assistance",
            )
        if len(page) < _BATCH:
            return gone
        after = page[-1].key


def _drop(unit: WriteUnit, caller: Caller, row: SettledRow, before_us: int) -> int:
    one, sides = RecordKeyParams(key=row.key), sorted({row.asker, row.helper})
    unit.run(LOCK_AGENCIES, BareKeysParams(keys=sides))
    unit.run(LOCK, one)
    now = next(iter(unit.read(STILL_SETTLED, one)), None)
    if now is None or now.moved_us > before_us:
        return 0
    for agency in sides:
        # It names no tip and no investigation: only a hold of everything is about it.
        if held_of(unit.read(IN_FORCE, AgencyParams(agency=agency)), agency).whole:
            return 0
    drop_notices(unit, [each.key for each in unit.read(NOTICES_ABOUT, one)])
    span = ReceiptSpanParams(key=row.key, head=f"{row.key}|", end=f"{row.key}}}")
    unit.run(DROP_ASSISTANCE, span)
    said = f"purged: settled and unchanged for {ASSISTANCE_DAYS} days"
    leaves = [Leaf(action=PURGED, object=row.key, outcome=said, agency=side) for side in sides]
    add_leaves(unit, leaves, actor=caller.user, at_us=caller.as_of_us)
    return 1
