"""Texts and numbers as pages show them. Everything that a tip says goes through `visible`."""

from __future__ import annotations

from collections.abc import Iterable

URGENCY = {0: "IMMINENT DANGER", 1: "Escalated", 2: ""}
"""Words for a tip's urgency."""


def visible(text: object) -> str:
    """Give a text in which nothing hides: control and direction characters are spelt out."""
    if text is None:
        return ""
    return "".join(
        char if char.isprintable() or char == "\n" else f"\\u{ord(char):04x}" for char in str(text)
    )


def one_line(text: object, *, limit: int = 200) -> str:
    """Give a visible text on one line, cut at `limit` characters with an ellipsis."""
    flat = " ".join(visible(text).split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"


def joined(texts: Iterable[str] | None) -> str:
    """Give several texts as one."""
    return "; ".join(visible(text) for text in texts or ())


def bits(millibits: int) -> float:
    """Give thousandths of a bit as bits with one decimal."""
    return round(millibits / 1000, 1)


def urgency_word(urgency: int) -> str:
    """Give the word for an urgency; one that this version does not know is shown as a number."""
    return URGENCY.get(urgency, f"urgency {urgency}")
