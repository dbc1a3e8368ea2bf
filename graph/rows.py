"""Rows for the generated upserts, checked against the declared schema before they leave Python.

ArcadeDB converts a wrong type silently and creates a node on a null key (`engines.md`, rule 4), so
nothing unchecked goes to either engine.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from graph.errors import RowError
from graph.identifiers.core import MAX_KEY_LENGTH
from graph.schema import SCHEMA
from graph.schema.core import PYTHON_TYPES, Prop, PropType

Value: TypeAlias = str | int | bool | bytes | list[str] | None
PropertyRow: TypeAlias = dict[str, Value]
"""One node's or edge's properties by name; the shape that the Bolt driver sends."""

_INT64 = 2**63


def node_rows(label: str, rows: Iterable[PropertyRow]) -> list[PropertyRow]:
    """Give the rows with every declared property present and of its type, one row per key.

    Raises:
        RowError: a key is missing or too long, a property undeclared, missing or of another type.
    """
    props = SCHEMA.node_by_label[label].all_props
    by_key: dict[str, PropertyRow] = {}
    for row in rows:
        checked = _checked(label, props, row)
        key = checked["key"]
        if not isinstance(key, str) or not 0 < len(key) <= MAX_KEY_LENGTH:
            raise RowError(f"a {label} row has an empty or too long key")
        by_key.setdefault(key, checked)
    return list(by_key.values())


def rel_rows(rel_type: str, rows: Iterable[tuple[str, str, PropertyRow]]) -> list[PropertyRow]:
    """Give the rows of one relationship type, each with `start` and `end` keys.

    Raises:
        RowError: as for nodes.
    """
    props = SCHEMA.rel_by_type[rel_type].props
    checked_rows: list[PropertyRow] = []
    for start, end, row in rows:
        if len(start) == 0 or len(end) == 0:
            raise RowError(f"a {rel_type} row has an empty end")
        checked = _checked(rel_type, props, row)
        checked["start"] = start
        checked["end"] = end
        checked_rows.append(checked)
    return checked_rows


def _checked(owner: str, props: Sequence[Prop], row: PropertyRow) -> PropertyRow:
    checked: PropertyRow = {}
    for prop in props:
        value = row.get(prop.name)
        if value is None:
            if prop.required:
                raise RowError(f"a {owner} row lacks {prop.name}")
        elif type(value) is not PYTHON_TYPES[prop.type]:
            raise RowError(f"a {owner} row has {prop.name} as {type(value).__name__}")
        elif prop.type is PropType.INTEGER and not -_INT64 <= int(value) < _INT64:  # type: ignore[arg-type]
            raise RowError(f"a {owner} row has {prop.name} beyond 64 bits")
        checked[prop.name] = value
    if len(row) > len(checked) or not row.keys() <= checked.keys():
        raise RowError(f"a {owner} row has undeclared properties")
    return checked
