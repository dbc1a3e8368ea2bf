"""Leaves of the log, written in the transaction of the change that they record.

They carry no number: one sequencer numbers them later (`design.md`, "Deconfliction as a
protocol"). A leaf names records by their keys and an identifier by its token only
(CJIS AU-3(3): no more about people in the log than it needs).
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from graph.audit.records import AuditRecord, canonical, log_of, waiting_place
from graph.errors import RowError
from graph.queries.leaves import EntryRow
from graph.rows import PropertyRow
from graph.store import WriteUnit

MAX_OBJECT = 2000
"""Characters of an object, which is indexed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """What was done to which record, for whom, who allowed it, and how it ended.

    The leaf goes to the log of its agency; without one, to the operator's.
    """

    action: str
    object: str | None
    """Key of a record, or `Tokens.of(…)` of an identifier; never an identifier."""
    outcome: str
    agency: str | None = None
    purpose: str | None = None
    investigation: str | None = None
    decision: str | None = None
    policies: tuple[str, ...] = ()
    """Ids of the policies that decided."""
    disclosed: tuple[str, ...] = ()
    """Keys of further records that the answer showed; the ledger finds the leaf by each."""
    request: str | None = None


def add_leaves(unit: WriteUnit, leaves: Sequence[Leaf], *, actor: str, at_us: int) -> None:
    """Write leaves with the change that they record.

    Raises:
        RowError: a leaf cannot be encoded; nothing of this unit is kept.
    """
    write_records(unit, [record_of(leaf, actor=actor, at_us=at_us) for leaf in leaves])


def record_of(leaf: Leaf, *, actor: str, at_us: int) -> AuditRecord:
    """Give the record of a leaf, under a key of its own.

    Raises:
        RowError: it cannot be encoded.
    """
    record = AuditRecord(
        id=uuid.uuid4().hex,
        log=log_of(leaf.agency),
        at_us=at_us,
        actor=actor,
        agency=leaf.agency,
        purpose=leaf.purpose,
        investigation=leaf.investigation,
        action=leaf.action,
        object=leaf.object,
        disclosed=leaf.disclosed,
        decision=leaf.decision,
        policies=leaf.policies,
        request=leaf.request,
        outcome=leaf.outcome,
    )
    if leaf.object is not None and len(leaf.object) > MAX_OBJECT:
        raise RowError(f"A leaf names an object of over {MAX_OBJECT} characters; not written.")
    canonical(record)
    return record


def write_records(unit: WriteUnit, records: Sequence[AuditRecord]) -> None:
    """Write records that wait for their number; those that are there already are left alone."""
    unit.insert_nodes("AuditEntry", [_row(record) for record in records])
    shown: list[PropertyRow] = [
        {
            "key": f"{shown_prefix(key)}{record.at_us:020d}|{record.id}",
            "entry": record.id,
            "log_place": ledger_place(record.log, key, record.at_us, record.id),
        }
        for record in records
        for key in record.disclosed
    ]
    if len(shown) > 0:
        unit.insert_nodes("Dissemination", shown)


def shown_prefix(record: str) -> str:
    """Give how the keys of all lines begin that say that a record was shown."""
    return f"{record.replace('%', '%25').replace('|', '%7C')}|"


def ledger_place(log: str, record: str, at_us: int, entry: str) -> str:
    """Give the place of an entry among all of one log that concern a record, by time."""
    return f"{ledger_prefix(log, record)}{at_us:020d}|{entry}"


def ledger_prefix(log: str, record: str) -> str:
    """Give how the places of all entries of a log begin that concern a record."""
    return f"{log}|{shown_prefix(record)}"


def record_from(row: EntryRow) -> AuditRecord:
    """Give the record that an entry of the store holds."""
    return AuditRecord(
        id=row.key,
        log=row.log,
        format=row.format,
        at_us=row.at_us,
        actor=row.actor,
        agency=row.agency,
        purpose=row.purpose,
        investigation=row.investigation,
        action=row.action,
        object=row.object,
        disclosed=tuple(row.disclosed) if row.disclosed is not None else (),
        decision=row.decision,
        policies=tuple(row.policies) if row.policies is not None else (),
        request=row.request,
        outcome=row.outcome,
    )


def _row(record: AuditRecord) -> PropertyRow:
    return {
        "key": record.id,
        "place": waiting_place(record.log, record.at_us, record.id),
        "log": record.log,
        "format": record.format,
        "at_us": record.at_us,
        "actor": record.actor,
        "agency": record.agency,
        "purpose": record.purpose,
        "investigation": record.investigation,
        "action": record.action,
        "object": record.object,
        "object_place": None
        if record.object is None
        else ledger_place(record.log, record.object, record.at_us, record.id),
        "disclosed": list(record.disclosed) if len(record.disclosed) > 0 else None,
        "decision": record.decision,
        "policies": list(record.policies) if len(record.policies) > 0 else None,
        "request": record.request,
        "outcome": record.outcome,
    }
