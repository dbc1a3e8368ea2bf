"""For what an investigation may be run and a question asked: `graph/data/purposes.csv`.

The list is closed: 34 U.S.C. 21115 lets the national data system be used for Internet-facilitated
child exploitation only, and 28 CFR 23.20(e) asks for a need and a right to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.errors import RowError
from graph.identifiers.tables import Line, read_table

INVESTIGATION, CHECK = "investigation", "check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """One purpose, and what it may be named for."""

    key: str
    meaning: str
    used_for: tuple[str, ...]
    """`investigation`, `check`, or both."""
    source: str


def _purpose(line: Line) -> Purpose:
    used_for = line.words("for")
    if not {INVESTIGATION, CHECK}.issuperset(used_for) or len(used_for) == 0:
        raise ValueError("column `for` takes investigation and check")
    return Purpose(
        key=line.text("key"),
        meaning=line.text("meaning"),
        used_for=used_for,
        source=line.text("source"),
    )


PURPOSES: Mapping[str, Purpose] = MappingProxyType(
    {
        purpose.key: purpose
        for purpose in read_table("purposes.csv", ("key", "meaning", "for"), _purpose)
    }
)
"""The closed list by key."""


def is_purpose(text: str, *, used_for: str) -> bool:
    """Say whether a text names a purpose of the list."""
    found = PURPOSES.get(_key(text))
    return found is not None and used_for in found.used_for


def purpose_of(text: str, *, used_for: str) -> str:
    """Give the key of the purpose that a text names.

    Raises:
        RowError: the list has none of that name, or not for this.
    """
    key = _key(text)
    allowed = [purpose.key for purpose in PURPOSES.values() if used_for in purpose.used_for]
    if key not in allowed:
        raise RowError(f"There is no such purpose of a {used_for}. There are: {', '.join(allowed)}")
    return key


def _key(text: str) -> str:
    return " ".join(text.casefold().split())
