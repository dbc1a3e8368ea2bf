"""A log's numbered records as a list, and what proves offline that the list is the log.

The proof is RFC 6962's tree: the roots of the full subtrees before the list's first record, and a
checkpoint that signs the head. Whoever adds the list's records to them comes to that head, or the
list is not what was logged.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.audit.errors import AuditError
from graph.audit.list_proofs import ListProof
from graph.audit.records import agency_of_log, log_of, numbered_place
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import confirms
from graph.queries.audit import PAGE, RangeParams
from graph.queries.leaves import ENTRIES, EntryRow
from graph.services.acting import About, Seen, look
from graph.services.audit_heads import keep
from graph.services.audit_reads import ReadLog
from graph.services.audit_trees import log_in, tree_in
from graph.store import ReadUnit, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LogToList:
    """What is to be listed of a log."""

    size: int
    """Its numbered records."""
    first: int
    """Number of the first one that is listed."""
    proof: ListProof | None
    """None while no checkpoint covers the log."""


def open_own_log(caller: Caller, store: Store, *, reads: ReadLog, most: int) -> LogToList:
    """Give from where the newest records of the caller's own log are listed, and their proof.

    Raises:
        RightsError: the caller reads no log.
        AuditError: the log is damaged.
        StoreError: the store could not answer, or its log could not be written.
    """
    log = log_of(caller.agency)

    def work(unit: ReadUnit) -> Seen[int]:
        size = _size(unit, log)
        return Seen(answer=size, outcome=f"a list of {min(size, most)} records begun")

    about = About(object=log)
    size = look(caller, store, deed=Deed.AUDIT_READ, about=about, reads=reads, work=work)
    first = max(size - most, 0)
    return LogToList(size=size, first=first, proof=_proof(store, log, first))


def list_entries(
    caller: Caller, store: Store, *, reads: ReadLog, first: int = 0, limit: int = PAGE
) -> tuple[EntryRow, ...]:
    """Give numbered records of the caller's own log, from one number on, in their order.

    The leaf of it says from where to where; it names none of them, else a log would double each
    time that it is read.

    Raises:
        RightsError: the caller reads no log.
        StoreError: the store could not answer, or its log could not be written.
    """
    log = log_of(caller.agency)
    most = min(limit, PAGE)
    params = RangeParams(
        start=numbered_place(log, first), end=numbered_place(log, first + most), limit=most
    )

    def work(unit: ReadUnit) -> Seen[tuple[EntryRow, ...]]:
        rows = tuple(row for row in unit.read(ENTRIES, params) if _may_see(caller, row))
        return Seen(answer=rows, outcome=f"listed {len(rows)} from {first}")

    about = About(object=log)
    return look(caller, store, deed=Deed.AUDIT_READ, about=about, reads=reads, work=work)


def _size(unit: ReadUnit, log: str) -> int:
    try:
        return log_in(unit, log).size
    except AuditError:
        return 0


def _proof(store: Store, log: str, first: int) -> ListProof | None:
    try:
        kept = keep(store, log)
    except AuditError:
        return None
    tree = tree_in(store, log)
    before: list[str] = []
    start = 0
    while start < first:
        size = 1 << (first - start).bit_length() - 1
        before.append(tree.span(start, start + size).hex())
        start += size
    return ListProof(first=first, before=before, checkpoint=kept)


def _may_see(caller: Caller, row: EntryRow) -> bool:
    of = Resource(owner=agency_of_log(row.log))
    return confirms(caller, Deed.AUDIT_READ, resource=of)
