"""Turning pages of a list, and choosing a record of it by its name."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from dashboard.wording import one_line


def turned(pages: tuple[str, ...], next_after: str | None, *, name: str) -> tuple[str, ...] | None:
    """Show the buttons of a list and give where its pages begin once one was pressed.

    A list of one page has none. `name` is unique on the page.
    """
    if len(pages) == 1 and next_after is None:
        return None
    back, onward, _ = st.columns([1, 1, 4])
    if back.button("Page before", key=f"{name}-before", disabled=len(pages) == 1):
        return pages[:-1]
    if onward.button("Next page", key=f"{name}-next", disabled=next_after is None):
        return (*pages, next_after or "")
    return None


def choose(
    label: str, lines: Mapping[str, str], *, name: str, chosen: Callable[[str], None]
) -> None:
    """Show a box that chooses a record by its name, as lines move; nothing where there is none."""
    if len(lines) == 0:
        return
    key = f"{name}-choose"

    def note() -> None:
        wanted = st.session_state.get(key)
        if isinstance(wanted, str):
            chosen(wanted)

    st.selectbox(
        label,
        list(lines),
        index=None,
        format_func=lambda ref: one_line(lines.get(ref, ref), limit=120),
        placeholder="Choose one",
        key=key,
        on_change=note,
    )
