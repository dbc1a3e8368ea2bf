"""The table of priority that each agency goes by."""

from __future__ import annotations

from collections.abc import Collection

from graph.queries.priority_tables import NEWEST, AgenciesParams, VersionRow
from graph.store import ReadUnit
from graph.triage.own_table import OwnTable, changes_in, own_table
from graph.triage.priority import PriorityTable, shipped_priority_table


def newest_of(unit: ReadUnit, agencies: Collection[str]) -> dict[str, VersionRow]:
    """Give the newest version of each agency that has a table of its own."""
    rows = unit.read(NEWEST, AgenciesParams(keys=sorted(set(agencies))))
    return {row.agency: row for row in rows}


def table_by(row: VersionRow | None) -> OwnTable:
    """Give the table that a version makes of the built-in one; None: the built-in one."""
    number = 0 if row is None else row.number
    return own_table(shipped_priority_table(), changes_in(row), number=number)


def tables_of(unit: ReadUnit, agencies: Collection[str]) -> dict[str, PriorityTable]:
    """Give the table of priorities that each agency goes by."""
    found = newest_of(unit, agencies)
    return {agency: table_by(found.get(agency)).table for agency in sorted(set(agencies))}
