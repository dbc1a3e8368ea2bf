"""Rows for the generated upserts, checked against the declared schema before they leave Python.

ArcadeDB converts a wrong type silently and creates a node on a null key (`engines.md`, rule 4), so
nothing unchecked goes to either engine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from types import NoneType
from typing import TypeAlias

from graph.errors import RowError
from graph.identifiers.core import MAX_KEY_LENGTH
from graph.schema import SCHEMA
from graph.schema.core import PYTHON_TYPES, Prop

Value: TypeAlias = str | int | bool | bytes | list[str] | None
PropertyRow: TypeAlias = dict[str, Value]
"""One node's or edge's properties by name; the shape that the Bolt driver sends."""

_INT64 = 2**63
_MAX_SHAPES = 10_000
"""Combinations of types that are remembered for one label or type; intake meets some dozens."""


def node_rows(label: str, rows: Iterable[PropertyRow]) -> list[PropertyRow]:
    """Give the rows with every declared property present and of its type, one row per key.

    Raises:
        RowError: a key is missing or too long, a property undeclared, missing or of another type,
            or a text holds a lone surrogate.
    """
    by_key: dict[str, PropertyRow] = {}
    for row in rows:
        checked = _checked(label, row)
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
    checked_rows: list[PropertyRow] = []
    for start, end, row in rows:
        if len(start) == 0 or len(end) == 0:
            raise RowError(f"a {rel_type} row has an empty end")
        if not (_is_text(start) and _is_text(end)):
            raise RowError(f"a {rel_type} row has an end {_BROKEN}")
        checked_rows.append({"start": start, "end": end, **_checked(rel_type, row)})
    return checked_rows


def _checked(owner: str, row: PropertyRow) -> PropertyRow:
    """Give the row with every declared property, in the order of declaration."""
    plan = _plan(owner)
    if tuple(row) != plan.names:
        row = _completed(owner, plan, row)
    values = tuple(row.values())
    shape = tuple(map(type, values))
    found = plan.shapes.get(shape)
    if found is None:
        found = _judge(owner, plan, shape)
    for at in found.integers:
        if not -_INT64 <= values[at] < _INT64:  # type: ignore[operator]
            raise RowError(f"a {owner} row has {plan.names[at]} beyond 64 bits")
    for at in found.texts:
        if not _is_text(values[at]):  # type: ignore[arg-type]
            raise RowError(f"a {owner} row has {plan.names[at]} {_BROKEN}")
    return row


_BROKEN = "with half a character (a lone surrogate), which no store keeps; write the text anew"


def _is_text(value: str | list[str]) -> bool:
    """Tell whether UTF-8 can hold a text, or several: else the driver breaks off with no reason."""
    if isinstance(value, list):
        return all(_is_text(item) for item in value)
    return value.isascii() or not any("\ud800" <= char <= "\udfff" for char in value)


@dataclass(frozen=True, slots=True)
class _Shape:
    """A combination of types that is allowed: where the values stand that are looked at."""

    integers: tuple[int, ...]
    texts: tuple[int, ...]


@dataclass(slots=True)
class _Plan:
    """What rows of one label or type must look like.

    Rows come by the hundred thousand and in few shapes: a combination of types is judged once.
    """

    names: tuple[str, ...]
    props: tuple[Prop, ...]
    shapes: dict[tuple[type, ...], _Shape] = field(default_factory=dict)
    """By the types of the values, all allowed."""


@cache
def _plan(owner: str) -> _Plan:
    node = SCHEMA.node_by_label.get(owner)
    props = node.all_props if node is not None else SCHEMA.rel_by_type[owner].props
    return _Plan(names=tuple(prop.name for prop in props), props=props)


def _completed(owner: str, plan: _Plan, row: PropertyRow) -> PropertyRow:
    if not row.keys() <= set(plan.names):
        raise RowError(f"a {owner} row has undeclared properties")
    return {name: row.get(name) for name in plan.names}


def _judge(owner: str, plan: _Plan, shape: tuple[type, ...]) -> _Shape:
    for prop, found in zip(plan.props, shape, strict=True):
        if found is NoneType:
            if prop.required:
                raise RowError(f"a {owner} row lacks {prop.name}")
        elif found is not PYTHON_TYPES[prop.type]:
            raise RowError(f"a {owner} row has {prop.name} as {found.__name__}")
    made = _Shape(
        integers=tuple(at for at, found in enumerate(shape) if found is int),
        texts=tuple(at for at, found in enumerate(shape) if found in (str, list)),
    )
    if len(plan.shapes) < _MAX_SHAPES:
        plan.shapes[shape] = made
    return made
