"""Typed access to the small JSON objects that Crosstip itself writes to disk."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from graph.errors import IntakeError

Json: TypeAlias = str | int | bool | Sequence["Json"] | Mapping[str, "Json"] | None


class FieldError(IntakeError):
    """A stored header is not one that Crosstip writes."""


def encode_object(value: Mapping[str, Json]) -> bytes:
    """Give compact JSON. Lone surrogates (from file names that are not UTF-8) survive the trip."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")


class Fields:
    """A JSON object whose fields are asked for by type.

    Raises:
        FieldError: the bytes are no JSON object, or a field is missing or of another type.
    """

    __slots__ = ("_values",)

    def __init__(self, values: object) -> None:
        if not isinstance(values, dict):
            raise FieldError("a stored header is not a JSON object")
        self._values: dict[str, Json] = values

    @property
    def values(self) -> Mapping[str, Json]:
        """The whole object, to write it back."""
        return self._values

    @classmethod
    def decode(cls, encoded: bytes) -> Fields:
        """Give the fields of encoded JSON."""
        try:
            return cls(json.loads(encoded.decode("utf-8", "surrogatepass")))
        except (ValueError, RecursionError) as error:
            raise FieldError("a stored header is not valid JSON") from error

    def text(self, key: str) -> str:
        """Give a text."""
        value = self._values.get(key)
        if not isinstance(value, str):
            raise FieldError(f"a stored header lacks the text {key}")
        return value

    def text_or_none(self, key: str) -> str | None:
        """Give a text, or None where it is null or missing."""
        return None if self._values.get(key) is None else self.text(key)

    def integer(self, key: str) -> int:
        """Give a whole number."""
        value = self._values.get(key)
        if not isinstance(value, int) or isinstance(value, bool):
            raise FieldError(f"a stored header lacks the number {key}")
        return value

    def integer_or_none(self, key: str) -> int | None:
        """Give a whole number, or None where it is null or missing."""
        return None if self._values.get(key) is None else self.integer(key)

    def flag(self, key: str) -> bool:
        """Give a truth value."""
        value = self._values.get(key)
        if not isinstance(value, bool):
            raise FieldError(f"a stored header lacks the flag {key}")
        return value

    def child(self, key: str) -> Fields:
        """Give an object inside this one."""
        return Fields(self._values.get(key))

    def children(self, key: str) -> tuple[Fields, ...]:
        """Give a list of objects."""
        value = self._values.get(key)
        if not isinstance(value, list):
            raise FieldError(f"a stored header lacks the list {key}")
        return tuple(Fields(item) for item in value)
