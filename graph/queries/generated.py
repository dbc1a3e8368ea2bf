"""Vouches for query texts that are made at import, one for each declared label."""

from __future__ import annotations

from typing import LiteralString, cast


def from_schema(text: str) -> LiteralString:
    """Give a text that was put together from the names of SCHEMA alone.

    A label can be no parameter in Cypher. No value of a tip or of a caller may ever come here;
    pyright cannot see that, so a test names the modules that may call it.
    """
    return cast("LiteralString", text)  # type: ignore[redundant-cast]  # mypy: str
