"""Answers of the core as plain values for the wire: times become ISO 8601 text in UTC."""

from __future__ import annotations

import dataclasses
from enum import Enum
from typing import TypeAlias

from pydantic import BaseModel

from graph.clock import iso

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"


def wire(value: object) -> Plain:
    """Give a row, a dataclass or a list of them as plain values, for a response model to pick from.

    A field `at_us` becomes `at`, `x_us` becomes `x_at`, a list `xs_us` becomes `xs`: microseconds
    since 1970 as `2026-11-22T03:42:19Z`. What a document said stays as it is (`…_raw`).

    Raises:
        TypeError: a value has no plain form; bytes are never sent.
    """
    if isinstance(value, Enum):
        return wire(value.value)
    if value is None or isinstance(value, str | int | float | bool):
        return value
    if isinstance(value, list | tuple):
        return [wire(item) for item in value]
    return fields(value)


def fields(value: object) -> dict[str, Plain]:
    """Give a row's or a dataclass's fields as plain values.

    Raises:
        TypeError: it is neither, or a field has no plain form.
    """
    if isinstance(value, BaseModel):
        names = tuple(type(value).model_fields)
    elif dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = tuple(field.name for field in dataclasses.fields(value))
    else:
        raise TypeError(f"a {type(value).__name__} has no plain form")
    return dict(_field(name, getattr(value, name)) for name in names)


def _field(name: str, value: object) -> tuple[str, Plain]:
    if not name.endswith("_us"):
        return name, wire(value)
    bare = name.removesuffix("_us")
    if isinstance(value, tuple):
        return bare, [_time(item) for item in value]
    return bare if bare == "at" else f"{bare}_at", _time(value)


def _time(value: object) -> Plain:
    if isinstance(value, int):
        return iso(value)
    if value is None:
        return None
    raise TypeError("a time is no integer")
