"""Tables of tips: which column says what, and what a proposal would do before anything is kept."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import typer

from crosstip.output import print_json, print_table, say
from graph.errors import IntakeError, UnreadableDocumentError
from graph.identifiers.core import Policy, Rejected
from graph.identifiers.registry import clean
from ingest.limits import DEFAULT_LIMITS
from ingest.opening.tables import Table, TableError, read_table, row_documents
from ingest.readers.documents import read_document
from ingest.readers.table_guess import Guess, as_toml, guesses
from ingest.readers.table_mapping import ColumnField, Mapping, ReporterRole, read_mapping
from ingest.records import TipRecord
from ingest.sources import read_file

_SHOWN_ROWS = 500
"""Rows that a proposal is tried on."""


def mapping_from(path: Path | None) -> Mapping | None:
    """Give the mapping in a file, None when none is named.

    Raises:
        UnreadableDocumentError: it is none.
        IntakeError: it cannot be read.
    """
    if path is None:
        return None
    data = read_file(path, max_bytes=DEFAULT_LIMITS.max_bytes).data
    if data is None:
        raise UnreadableDocumentError(f"{path.name} is too long to be a mapping")
    try:
        return read_mapping(data)
    except UnreadableDocumentError as error:
        raise UnreadableDocumentError(f"{path.name}: {error}") from None


def propose(paths: list[Path], mapping: Mapping | None, *, json: bool) -> None:
    """Print a mapping for a table, or take the one given, and what it would do. Keeps nothing.

    Raises:
        IntakeError: not exactly one file, or it cannot be read.
        UnreadableDocumentError: it is no table.
    """
    if len(paths) != 1 or not paths[0].is_file():
        raise IntakeError("--guess looks at one table at a time. Name one file.")
    data = read_file(paths[0], max_bytes=DEFAULT_LIMITS.max_container_bytes).data
    if data is None:
        raise IntakeError(f"{paths[0].name} is too large to be looked at. Split it.")
    try:
        table = read_table(data, DEFAULT_LIMITS)
        found = guesses(table.columns, [cells for _, cells in table.rows])
        text = as_toml(found)
        tried = mapping if mapping is not None else _to_try(found)
        would = _would(data, tried)
    except TableError as error:
        raise UnreadableDocumentError(f"{paths[0].name} cannot be read: {error}") from None
    if json:
        print_json({"mapping": text, "would": would, "rows": len(table.rows)})
        return
    if mapping is None:
        typer.echo(text, nl=False)
    _print(would, table, mapping)


def _to_try(found: list[Guess]) -> Mapping:
    """Give the proposal with a reporter made up, for trying only."""
    columns = {one.name: one.column for one in found}
    says = any(one.column.field is ColumnField.REPORTER_ROLE for one in found)
    return Mapping(
        format="crosstip-mapping/1",
        source="proposal",
        reporter_role=None if says else ReporterRole.OTHER,
        columns=columns,
    )


def _would(data: bytes, mapping: Mapping) -> dict[str, int]:
    """Give what a mapping makes of the first rows: counts only, no value."""
    counts: Counter[str] = Counter()
    for row in row_documents(data, mapping, DEFAULT_LIMITS):
        if counts["tips looked at"] >= _SHOWN_ROWS:
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


def _print(would: dict[str, int], table: Table, mapping: Mapping | None) -> None:
    whose = "This proposal" if mapping is None else "The mapping"
    rows = [(what, count) for what, count in sorted(would.items()) if count > 0]
    print_table(f"{whose} would give, of {len(table.rows)} rows", ("what", "count"), rows)
    say("Nothing was taken in.")
    if mapping is None:
        say("Keep the lines above in a file, check each, say who reports, and ingest with")
        say("`crosstip ingest --mapping FILE TABLE`.")
