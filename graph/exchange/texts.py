"""Texts of tips as other tools can hold them: nothing runs, nothing breaks a file."""

from __future__ import annotations

import unicodedata
from typing import TypeAlias

Cell: TypeAlias = "str | int | None"

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


def cell(value: Cell) -> str | int:
    """Give a cell that no spreadsheet runs: a `'` stands before what would begin a formula."""
    if value is None:
        return ""
    if isinstance(value, int):
        return value
    text = plain(value)
    is_risky = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return f"'{text}" if is_risky else text
