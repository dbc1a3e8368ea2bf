"""Values of a table's cells: dates in the order that the mapping states, and who reports."""

from __future__ import annotations

import re
from collections.abc import Mapping as Cells

from graph.errors import UnreadableDocumentError
from ingest.readers.table_mapping import ColumnField, Mapping, ReporterRole

LOST = "\ufffdnumber"
"""Before a number whose last digits a workbook has lost."""
_TURNED = re.compile(
    r"(\d{1,2})[./-](\d{1,2})[./-](\d{4})(?:[ T]+(\d{1,2}:\d{2}(?::\d{2})?))?(.*)$"
)
_ZONED = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Za-z]{2,5})$")
_CLOCK = re.compile(r"\d{1,2}:\d{2}")
_REPORTER_WORDS: dict[str, ReporterRole] = {
    **{role.value: role for role in ReporterRole},
    "guardian": ReporterRole.PARENT,
    "parent/guardian": ReporterRole.PARENT,
    "mother": ReporterRole.PARENT,
    "father": ReporterRole.PARENT,
    "child": ReporterRole.VICTIM,
    "police": ReporterRole.OFFICER,
    "law enforcement": ReporterRole.OFFICER,
    "reporter": ReporterRole.COMPLAINANT,
    "public": ReporterRole.COMPLAINANT,
    "esp": ReporterRole.PROVIDER,
    "platform": ReporterRole.PROVIDER,
    "bystander": ReporterRole.WITNESS,
}


def reporter_of(
    cells: Cells[str, str], mapping: Mapping, before: ReporterRole | None
) -> ReporterRole:
    """Give who reports: as the row says, as the tip's rows before it said, or as for all.

    Raises:
        UnreadableDocumentError: nothing says it.
    """
    for name, column in mapping.columns.items():
        if column.field is not ColumnField.REPORTER_ROLE:
            continue
        word = " ".join(cells.get(name, "").casefold().split())
        found = _REPORTER_WORDS.get(word)
        if found is None and word == "":
            found = before or mapping.reporter_role
        if found is not None:
            return found
    if mapping.reporter_role is None or any(
        c.field is ColumnField.REPORTER_ROLE for c in mapping.columns.values()
    ):
        raise UnreadableDocumentError(
            f"it does not say who reports; give one of {', '.join(ReporterRole)} in the column of "
            "the reporter's role"
        )
    return mapping.reporter_role


def day_of(text: str, dates: str) -> str:
    """Give a date in ISO 8601 when its order is known; else as it stands."""
    found = _TURNED.match(text.strip())
    if found is None or dates == "YMD":
        return text
    first, second, year = found[1], found[2], found[3]
    month, day = (first, second) if dates == "MDY" else (second, first)
    clock = "" if found[4] is None else f"T{found[4].rjust(5, '0')}"
    return f"{year}-{month:0>2}-{day:0>2}{clock}{found[5].strip()}"


def time_of(text: str, mapping: Mapping) -> str:
    """Give a time in ISO 8601, with the zone that the mapping states for those without."""
    plain = day_of(text.strip(), mapping.dates)
    zone = mapping.zone
    if zone is None or _CLOCK.search(plain) is None or _ZONED.search(plain) is not None:
        return plain
    return f"{plain}{'Z' if zone in ('Z', 'UTC') else zone}"
