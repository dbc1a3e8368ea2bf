"""Answers as text, so that two of them can be compared byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum

from pydantic import BaseModel

_OF_THE_RUN = {
    "as_of_us", "recorded_us", "first_recorded_us", "receipts_us", "snapshot_us", "contents",
}  # fmt: skip
"""Times at which this run asked and recorded, and HMACs under its own key: all else is equal."""
_RANDOM = re.compile(r"\b[0-9a-f]{32}\b")


def plain(value: object) -> object:
    """Give an answer as JSON can hold it, without the times of this run; order is kept."""
    if isinstance(value, BaseModel):
        return {name: plain(getattr(value, name)) for name in _names(type(value).model_fields)}
    if is_dataclass(value):
        names = _names(field.name for field in fields(value))
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    return value


def written(value: object) -> str:
    """Give an answer as text."""
    return json.dumps(plain(value), ensure_ascii=False, indent=1)


def with_names_in_order(texts: Sequence[str]) -> tuple[str, ...]:
    """Give texts with each random name replaced by its place among those that came before it.

    A random name tells nothing but that it is the same as another one, or not.
    """
    places: dict[str, str] = {}

    def place(match: re.Match[str]) -> str:
        return places.setdefault(match[0], f"name-{len(places)}")

    return tuple(_RANDOM.sub(place, text) for text in texts)


def _names(names: Iterable[str]) -> list[str]:
    return [name for name in names if name not in _OF_THE_RUN]
