"""Conflicts that are over go by one rule for everybody, with all that both sides have of them.

No agency's policy is about a conflict: it is two agencies' record, and that the other one keeps or
purges it would tell of the other's policy. For the same reason a conflict waits for both
investigations to be closed: one side cannot tell the other's open investigation from its hold.
"""

from __future__ import annotations

from collections.abc import Callable

from graph.casework.caller import Caller
from graph.queries.conflicts import LOCK_CONFLICTS, ConflictKeysParams
from graph.queries.evidence import AgencyParams
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.purging_conflicts import (
    DROP_CONFLICTS,
    NOTICES_ABOUT,
    OVER,
    RESOLVED,
    OverParams,
    OverRow,
)
from graph.queries.retention import IN_FORCE
from graph.retention.classes import CONFLICT_DAYS, cutoff_us
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.legal_holds import held_of
from graph.services.purge_records import PURGED
from graph.services.tip_purging import drop_notices
from graph.store import ReadUnit, Store, WriteUnit

_BATCH = 200


def purge_conflicts(caller: Caller, store: Store, *, go_on: Callable[[], None]) -> int:
    """Purge every conflict that is over as of the caller's time; give how many went.

    Each is asked about anew, under its sides' locks, which placing a hold takes too.

    Raises:
        StoreError: the store could not; what was purged until then stays so.
    """
    after, gone = "", 0
    before_us = cutoff_us(CONFLICT_DAYS, at_us=caller.as_of_us)
    while True:
        params = OverParams(before_us=before_us, after=after, limit=_BATCH)
        page = store.read(OVER, params)
        for row in page:
            go_on()
            gone += store.writing(
                lambda unit, r=row: _drop(unit, caller, r, before_us),  # type: ignore[misc]
                name="purging a conflict",
            )
        if len(page) < _BATCH:
            return gone
        after = page[-1].key


def _drop(unit: WriteUnit, caller: Caller, row: OverRow, before_us: int) -> int:
    keys = ConflictKeysParams(keys=[row.key])
    unit.run(LOCK_AGENCIES, BareKeysParams(keys=sorted({row.first_agency, row.second_agency})))
    unit.run(LOCK_CONFLICTS, keys)
    now = next(iter(unit.read(RESOLVED, keys)), None)
    if now is None or now.changed_us > before_us or now.open_cases > 0 or _is_held(unit, now):
        return 0
    drop_notices(unit, [each.key for each in unit.read(NOTICES_ABOUT, keys)])
    unit.run(DROP_CONFLICTS, keys)
    add_leaves(unit, _leaves(now), actor=caller.user, at_us=caller.as_of_us)
    return 1


def _is_held(unit: ReadUnit, row: OverRow) -> bool:
    sides = ((row.first_agency, row.first_case), (row.second_agency, row.second_case))
    for agency, case in sides:
        held = held_of(unit.read(IN_FORCE, AgencyParams(agency=agency)), agency)
        if held.whole or (case is not None and held.has_case(case)):
            return True
    return False


def _leaves(row: OverRow) -> list[Leaf]:
    """Give a leaf for the log of each side that was told of it; the other never knew."""
    told = {
        agency
        for agency, said in (
            (row.first_agency, row.first_told),
            (row.second_agency, row.second_told),
        )
        if said != "none"
    }
    said = f"purged: resolved and unchanged for {CONFLICT_DAYS} days"
    return [
        Leaf(action=PURGED, object=row.ref, outcome=said, agency=agency) for agency in sorted(told)
    ]
