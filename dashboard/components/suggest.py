"""What a text may become while it is typed: a list under one of the page's own search boxes."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

GLUE = Path(__file__).with_name("suggest.js")


@dataclass(frozen=True, slots=True)
class Picked:
    """A line that was chosen, and of which list."""

    turn: int
    at: int


def draw_suggestions(
    items: Sequence[str],
    *,
    said: str,
    turn: int,
    where: str,
    key: str,
    on_typed: Callable[[], None],
    on_picked: Callable[[], None],
) -> None:
    """List what may be meant under the box whose key is `where`; `turn` numbers the list."""
    _component()(
        key=key,
        data={"items": list(items), "said": said, "turn": turn, "where": where},
        on_typed_change=on_typed,
        on_picked_change=on_picked,
    )


def typed_of(found: object) -> str:
    """Give what a browser says was typed; what is no text is none."""
    text = found.get("typed") if isinstance(found, dict) else None
    return text.strip()[:200] if isinstance(text, str) else ""


def picked_of(found: object) -> Picked | None:
    """Give what a browser says was chosen; what is no such thing is passed over."""
    picked = found.get("picked") if isinstance(found, dict) else None
    if not isinstance(picked, dict):
        return None
    turn, at = picked.get("turn"), picked.get("at")
    if not isinstance(turn, int) or not isinstance(at, int):
        return None
    return Picked(turn=turn, at=at)


@functools.cache
def _component() -> Any:
    return st.components.v2.component("suggest", js=GLUE.read_text(encoding="utf-8"))
