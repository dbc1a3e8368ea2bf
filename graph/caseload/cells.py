"""What a figure gives: its cells."""

from __future__ import annotations

from dataclasses import dataclass

SMALL = 5
"""Counts from 1 to below this may tell who somebody is."""
WITHHELD = "withheld"
"""The one mark of whatever is not told: it does not say why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One number of a figure."""

    labels: tuple[str, ...]
    value: int | None
    """None: there is nothing to compute it from, or it is withheld."""
    of: int | None = None
    """What it is a part of, or was computed over."""
    oldest_us: int | None = None
    """Since when the oldest of them is there."""
    stood_us: int | None = None
    """Since when the one that stands longest where it stands does so."""
    shown: str | None = None
    """In the place of a number that is withheld: `withheld`."""
