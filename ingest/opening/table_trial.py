"""What a mapping would make of a table's first rows, before anything is kept: counts, no value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping as Counts
from dataclasses import dataclass

from graph.identifiers.core import Policy, Rejected
from graph.identifiers.registry import clean
from ingest.limits import Limits
from ingest.opening.archive import ArchiveError, members, office_kind
from ingest.opening.kinds import Container, container_of
from ingest.opening.tables import Table, TableError, documents_of, read_table
from ingest.readers.detect import Form, form_of
from ingest.readers.documents import read_document
from ingest.readers.table_guess import Guess, as_toml, guesses
from ingest.readers.table_mapping import ColumnField, Mapping, ReporterRole
from ingest.records import TipRecord

SHOWN_ROWS = 500
"""Tips that a mapping is tried on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A proposal for a table, and what it, or a mapping that was given, would make of it."""

    mapping: str
    """The proposal as TOML, for a person to check."""
    columns: tuple[Guess, ...]
    rows: int
    """Rows that were looked at."""
    would: Counts[str, int]


def try_table(
    data: bytes, limits: Limits, *, mapping: Mapping | None = None, first: int | None = None
) -> Trial:
    """Propose a mapping for a table and try it, or the one given. Keeps nothing.

    Raises:
        TableError: it is no table, not the mapping's, or a workbook that breaks its bounds.
    """
    _require_bounded(data)
    sheet, header = (None, 1) if mapping is None else (mapping.sheet, mapping.header_line)
    table = read_table(data, limits, sheet=sheet, header_line=header, first=first)
    found = guesses(table.columns, [cells for _, cells in table.rows])
    tried = mapping if mapping is not None else _to_try(found)
    return Trial(
        mapping=as_toml(found),
        columns=tuple(found),
        rows=len(table.rows),
        would=_would(table, tried),
    )


def _require_bounded(data: bytes) -> None:
    """Come back when everything in a workbook may be unpacked: no library has seen it before."""
    if container_of(data) is not Container.ZIP:
        if form_of(data) is not Form.LINES:
            raise TableError("it is a document and no table")
        return
    try:
        if office_kind(data) != "workbook":
            raise TableError("it is an archive and no workbook")
        for member in members(data):
            if member.problem is not None:
                raise TableError(f"it is a broken workbook: of {member.name}, {member.problem}")
    except ArchiveError as error:
        raise TableError(str(error)) from None


def _to_try(found: list[Guess]) -> Mapping:
    """Give the proposal with a reporter made up, for trying only."""
    columns = {one.name: one.column for one in found}
    if len(columns) == 0:
        raise TableError("none of its columns has a name")
    says = any(one.column.field is ColumnField.REPORTER_ROLE for one in found)
    return Mapping(
        format="crosstip-mapping/1",
        source="proposal",
        reporter_role=None if says else ReporterRole.OTHER,
        columns=columns,
    )


def _would(table: Table, mapping: Mapping) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for row in documents_of(table, mapping):
        if counts["tips looked at"] >= SHOWN_ROWS:
            break
        counts["tips looked at"] += 1
        for item in read_document(row.data, name=row.where):
            if isinstance(item.outcome, TipRecord):
                _count(counts, item.outcome)
            else:
                counts["tips for quarantine"] += 1
    return dict(counts)


def _count(counts: Counter[str], record: TipRecord) -> None:
    for one in record.assertions:
        is_bad = isinstance(clean(one.identifier, Policy(synthetic=True)), Rejected)
        kind = one.identifier.kind.value
        if is_bad:
            counts[f"no {kind}, kept raw"] += 1
        else:
            how = "mined from text" if one.mined else "stated"
            counts[f"{kind} of role {one.role.value}, {how}"] += 1
    counts["values of columns that are not mapped"] += len(record.unknown)
