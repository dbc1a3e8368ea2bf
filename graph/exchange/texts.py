"""Texts of tips as other tools can hold them: nothing runs, nothing breaks a file."""

from __future__ import annotations

import re
import unicodedata
from typing import Any, TypeAlias

from graph.clock import iso

Cell: TypeAlias = "str | int | None"
Said: TypeAlias = "str | int | bool | list[str]"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What makes a spreadsheet take a cell for a formula (CWE-1236), full-width forms included."""
_SPELT_OUT = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
"""Controls, direction marks, surrogates, private, unassigned, ends of lines and paragraphs: XML 1.0
forbids some of them, and a reader is misled by others."""
_LAST_OF_FOUR = 0xFFFF
_AS_SPELT = re.compile(r"\\(?=u[0-9a-f]{4}|U[0-9a-f]{8})")
"""A backslash of the text itself that would be read as the beginning of such a spelling."""


def plain(text: str) -> str:
    """Give a text with every character that no eye sees spelt out: `\\uXXXX`, `\\UXXXXXXXX`.

    Reading the spellings once from left to right gives the text again: a backslash that stands
    before what looks like one is spelt out too.
    """
    if text.isascii() and text.isprintable() and "\\" not in text:
        return text
    return "".join(
        _spelt(sign) if unicodedata.category(sign) in _SPELT_OUT else sign
        for sign in _AS_SPELT.sub(r"\\u005c", text)
    )


def _spelt(sign: str) -> str:
    code = ord(sign)
    return f"\\u{code:04x}" if code <= _LAST_OF_FOUR else f"\\U{code:08x}"


def is_formula(text: str) -> bool:
    """Tell whether a spreadsheet may take a text for a formula, also after blanks."""
    return text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)


def quoted(text: str) -> str:
    """Give a text that no spreadsheet runs: a `'` stands before what would begin a formula.

    It also stands before a text that has such a `'` of its own, so that none is taken for ours.
    """
    is_risky = is_formula(text) or (text.startswith("'") and is_formula(text.lstrip("'")))
    return f"'{text}" if is_risky else text


def cell(value: Cell) -> str | int:
    """Give a cell that no spreadsheet runs, with what no eye sees spelt out."""
    if value is None:
        return ""
    return value if isinstance(value, int) else quoted(plain(value))


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
