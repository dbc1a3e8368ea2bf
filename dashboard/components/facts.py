"""Facts of a record, one on a line, close together."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from dashboard.wording import one_line

_LONGEST = 4000


def facts(pairs: Iterable[tuple[str, str]]) -> None:
    """Show labelled values as one block of plain text; empty ones are left out."""
    lines = in_lines(pairs)
    if lines != "":
        st.text(lines)


def in_lines(pairs: Iterable[tuple[str, str]]) -> str:
    """Give labelled values, one on a line: a value's own line breaks can feign no other fact."""
    return "\n".join(
        f"{label}: {one_line(value, limit=_LONGEST)}" for label, value in pairs if value != ""
    )
