"""Who did what with a record, and who was shown it: a view of the log, never a list of its own.

28 CFR 23.20(g) asks for a record of who was given information, why and when.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.audit.records import number_of
from graph.queries.audit import PAGE, KeysParams, RangeParams
from graph.queries.leaves import (
    DISSEMINATIONS,
    ENTRIES_ABOUT,
    ENTRIES_BY_KEY,
    EntryRow,
    ObjectParams,
)
from graph.services.audit_leaves import shown_prefix
from graph.store import ReadUnit, Store

SUBJECT = "the record itself"
SHOWN = "shown with the answer"


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One entry of the log that concerns a record."""

    entry: str
    log: str
    number: int | None
    """Its number in its log; None while it waits for one."""
    at_us: int
    actor: str
    agency: str | None
    purpose: str | None
    investigation: str | None
    action: str
    outcome: str
    capacity: str
    """Whether the entry is about the record itself, or showed it with another answer."""


def ledger(
    store: Store, record: str, *, limit: int = 200, log: str | None = None
) -> tuple[LedgerLine, ...]:
    """Give what all logs, or one, say of a record, the newest first, at most so many lines.

    Raises:
        StoreError: the store could not answer; nothing is known then.
    """
    most = min(limit, PAGE)
    return store.reading(
        lambda unit: ledger_in(unit, record, most, log=log), name="the ledger of a record"
    )


def ledger_in(
    unit: ReadUnit, record: str, most: int, *, log: str | None = None
) -> tuple[LedgerLine, ...]:
    """Give what all logs, or one, say of a record, the newest first, within a transaction."""
    asked = unit.read(ENTRIES_ABOUT, ObjectParams(object=record, log=log or "", limit=most))
    lines = {row.key: _line(row, SUBJECT) for row in asked}
    start = shown_prefix(record)
    # Other logs' lines are left out below: as many as there may be are looked through.
    looked_at = most if log is None else PAGE
    places = RangeParams(start=start, end=f"{start[:-1]}}}", limit=looked_at)
    shown = [row.entry for row in unit.read(DISSEMINATIONS, places) if row.entry not in lines]
    found = unit.read(ENTRIES_BY_KEY, KeysParams(keys=shown)) if len(shown) > 0 else []
    # The record says what was shown; a line of the ledger only finds it.
    lines |= {
        row.key: _line(row, SHOWN)
        for row in found
        if row.disclosed is not None and record in row.disclosed and log in (None, row.log)
    }
    return tuple(sorted(lines.values(), key=lambda line: (-line.at_us, line.entry))[:most])


def _line(row: EntryRow, capacity: str) -> LedgerLine:
    return LedgerLine(
        entry=row.key,
        log=row.log,
        number=number_of(row.place),
        at_us=row.at_us,
        actor=row.actor,
        agency=row.agency,
        purpose=row.purpose,
        investigation=row.investigation,
        action=row.action,
        outcome=row.outcome,
        capacity=capacity,
    )
