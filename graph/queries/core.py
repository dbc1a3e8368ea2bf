"""A named query: constant text, typed parameters, typed rows, and checks on all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, LiteralString, TypeVar

from pydantic import BaseModel, ConfigDict, model_validator

from graph.errors import SchemaError
from graph.schema import SCHEMA


class Params(BaseModel):
    """Base of every parameter model: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    @model_validator(mode="before")
    @classmethod
    def _refuse_surrogates(cls, values: object) -> object:
        """Refuse text that no UTF-8 can hold, before a driver meets it."""
        for text in _texts(values):
            if not text.isascii() and any("\ud800" <= char <= "\udfff" for char in text):
                raise ValueError("a text holds a lone surrogate, which no stored text can be")
        return values


def _texts(values: object) -> Iterator[str]:
    if isinstance(values, str):
        yield values
    elif isinstance(values, dict):
        for value in values.values():
            yield from _texts(value)
    elif isinstance(values, list):
        for value in values:
            yield from _texts(value)


class NoParams(Params):
    """For a query that takes none."""


class Row(BaseModel):
    """Base of every row model: closed and frozen."""

    model_config = ConfigDict(extra="forbid", frozen=True)


P = TypeVar("P", bound=Params)
R = TypeVar("R", bound=Row)


class Mode(StrEnum):
    """Whether a query may change the store. ArcadeDB does not enforce it, Crosstip does."""

    READ = "read"
    WRITE = "write"


_PARAM = re.compile(r"\$([a-z][a-z0-9_]*)")
_LABEL = re.compile(r"[(\[][a-z_0-9]*:([A-Za-z_|]+)")
_STAR = re.compile(r"\[[^\]]*\*\s*(\d*)\s*(\.\.)?\s*(\d*)[^\]]*\]")
_QUANTIFIED = re.compile(r"\)\s*(?:[+*]|\{\s*\d*\s*,\s*\})\s*[\s(]|-\[?[^\]]*\]?->?[+*]")
_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|FOREACH)\b")
_STRING = re.compile(r"'(?:[^'\\]|\\.)*'")


@dataclass(frozen=True, kw_only=True)
class Query(Generic[P, R]):
    """One entry of the catalogue.

    Raises:
        SchemaError: parameters, columns, labels, bounds or mode do not fit the text.
    """

    name: str
    """`<module>.<verb or noun>`."""
    doc: str
    """One sentence: what a row is."""
    text: LiteralString
    params: type[P]
    row: type[R]
    mode: Mode = Mode.READ
    max_rows: int = 1000
    """A read that gives more is a defect: its text ends in a LIMIT of at most this."""
    public: bool = True
    """Whether `crosstip query` offers it; parts of larger answers are not offered."""

    def __post_init__(self) -> None:
        """Check the entry against its text and the schema."""
        bare = _STRING.sub("''", self.text)
        self._require(
            set(_PARAM.findall(bare)) == set(self.params.model_fields),
            "its parameters are not those of its parameter model",
        )
        self._require(
            self.mode is Mode.WRITE or _WRITES.search(bare) is None, "it reads and writes"
        )
        self._require(_is_bounded(bare), "a variable-length pattern has no bound")
        for names in _LABEL.findall(bare):
            for name in names.split("|"):
                known = name in SCHEMA.node_by_label or name in SCHEMA.rel_by_type
                self._require(known, f"{name} is not in the schema")
        if len(self.row.model_fields) > 0:
            self._require(
                set(self.columns) == set(self.row.model_fields),
                "its columns are not the fields of its row model",
            )
            if self.mode is Mode.READ:
                self._require(self._is_limited(bare), "it has no LIMIT at its end")

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of its last RETURN, in order."""
        tail = _last_return(_STRING.sub("''", self.text))
        return tuple(_alias(part) for part in _split(tail))

    def _is_limited(self, bare: str) -> bool:
        tail = bare[bare.rindex("RETURN") :]
        found = re.search(r"LIMIT (\d+|\$[a-z_]+)\s*\Z", tail)
        if found is None:
            return False
        return not found[1].isdigit() or int(found[1]) <= self.max_rows

    def _require(self, condition: object, why: str) -> None:
        if condition is not True:
            raise SchemaError(f"query {self.name}: {why}")


def _is_bounded(text: str) -> bool:
    stars = _STAR.findall(text)
    if any(upper == "" and (dots != "" or lower == "") for lower, dots, upper in stars):
        return False
    return _QUANTIFIED.search(text) is None


def _last_return(text: str) -> str:
    tail = _outermost(text)
    tail = tail[tail.rindex("RETURN") + len("RETURN") :]
    tail = re.split(r"\b(?:ORDER BY|LIMIT|SKIP)\b", tail)[0]
    return re.sub(r"^\s*DISTINCT\b", "", tail)


def _outermost(text: str) -> str:
    """Give a text without what stands in braces: subqueries have a RETURN of their own."""
    bare = re.sub(r"\{[^{}]*\}", "", text)
    return bare if bare == text else _outermost(bare)


def _split(columns: str) -> list[str]:
    parts: list[str] = []
    depth = 0
    start = 0
    for at, char in enumerate(columns):
        depth += (char in "([{") - (char in ")]}")
        if char == "," and depth == 0:
            parts.append(columns[start:at])
            start = at + 1
    parts.append(columns[start:])
    return parts


def _alias(column: str) -> str:
    found = re.search(r"(?:\bAS\s+)?([a-z][a-z0-9_]*)\s*\Z", column.strip())
    return found[1] if found is not None else column.strip()
