"""Saved charts that nobody changed for years go by one rule, whoever kept them."""

from __future__ import annotations

from collections.abc import Callable

from graph.casework.caller import Caller
from graph.queries.evidence import AgencyParams
from graph.queries.investigations import LOCK_AGENCIES, BareKeysParams
from graph.queries.purging_conflicts import OverParams
from graph.queries.retention import IN_FORCE
from graph.queries.workspace_drops import DROP, UNCHANGED, UNSEAT, UnchangedRow
from graph.queries.workspaces import BY_KEY, LOCK, KeysParams, WorkspaceParams
from graph.retention.classes import WORKSPACE_DAYS, cutoff_us
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.legal_holds import held_of
from graph.services.purge_records import PURGED
from graph.store import Store, WriteUnit

_BATCH = 200


def purge_workspaces(caller: Caller, store: Store, *, go_on: Callable[[], None]) -> int:
    """Purge every workspace that is due as of the caller's time; give how many went.

    Also one whose keeper has left, which nobody but a reader can open.

    Raises:
        StoreError: the store could not; what was purged until then stays so.
    """
    after, gone = "", 0
    before_us = cutoff_us(WORKSPACE_DAYS, at_us=caller.as_of_us)
    while True:
        page = store.read(UNCHANGED, OverParams(before_us=before_us, after=after, limit=_BATCH))
        for row in page:
            go_on()
            gone += store.writing(
                lambda unit, r=row: _drop(unit, caller, r, before_us),  # type: ignore[misc]
                name="purging a saved chart",
            )
        if len(page) < _BATCH:
            return gone
        after = page[-1].key


def _drop(unit: WriteUnit, caller: Caller, row: UnchangedRow, before_us: int) -> int:
    one = WorkspaceParams(key=row.key)
    unit.run(LOCK_AGENCIES, BareKeysParams(keys=[row.agency]))
    unit.run(LOCK, one)
    now = next(iter(unit.read(BY_KEY, KeysParams(keys=[row.key]))), None)
    if now is None or now.changed_us > before_us:
        return 0
    # Its note may be about anything: only a hold of everything is surely about it.
    if held_of(unit.read(IN_FORCE, AgencyParams(agency=row.agency)), row.agency).whole:
        return 0
    unit.run(UNSEAT, one)
    unit.run(DROP, one)
    said = f"purged: unchanged for {WORKSPACE_DAYS} days"
    made = Leaf(action=PURGED, object=row.key, outcome=said, agency=row.agency)
    add_leaves(unit, [made], actor=caller.user, at_us=caller.as_of_us)
    return 1
