"""Texts of tips as other tools can hold them: nothing runs, nothing breaks a file."""

from __future__ import annotations

import unicodedata
from typing import Any, TypeAlias

from graph.clock import iso

Cell: TypeAlias = "str | int | None"
Said: TypeAlias = "str | int | bool | list[str]"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula (CWE-1236), full-width forms included."""
_SPELT_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
"""Controls, direction marks, surrogates, private and unassigned: XML 1.0 forbids some of them, and
a reader is misled by others."""


def plain(text: str) -> str:
    """Give a text with every character that no eye sees spelt out as `\\uXXXX`."""
    if text.isascii() and text.isprintable():
        return text
    return "".join(
        f"\\u{ord(sign):04x}" if unicodedata.category(sign) in _SPELT_OUT else sign for sign in text
    )


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula, also after blanks."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def cell(value: Cell) -> str | int:
    """Give a cell that no spreadsheet runs: a `'` stands before what would begin a formula."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = plain(value)
    return f"'{text}" if is_formula(text) else text


def filled(**values: Said | None) -> dict[str, Any]:
    """Give what is there, with texts as other tools can hold them; nothing empty is kept."""
    return {
        name: _plain(value)
        for name, value in values.items()
        if value is not None and value != "" and value != []
    }


def _plain(value: Said) -> Said:
    if isinstance(value, list):
        return [plain(text) for text in value]
    return plain(value) if isinstance(value, str) else value


def when(at_us: int | None) -> str | None:
    """Give a time as ISO 8601 in UTC, or None where it is not known."""
    return None if at_us is None else iso(at_us)
