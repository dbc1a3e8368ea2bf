"""Where a notice stands that waits for somebody: one range of one index for each agency."""

from __future__ import annotations

from graph.casework.keys import part

_AFTER_BAR = "}"
"""The character after `|`: ends the range of everything that begins with `…|`."""


def unseen_place(agency: str, at_us: int, key: str) -> str:
    """Give the place of a notice that nobody acknowledged."""
    return f"{part(agency)}|{at_us:019d}|{key}"


def unseen_range(agency: str) -> tuple[str, str]:
    """Give the range of an agency's notices that wait."""
    head = part(agency)
    return f"{head}|", f"{head}{_AFTER_BAR}"
