"""A hash list in force, as it is named beside a hash that it holds."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A hash list in force that holds a hash."""

    key: str
    name: str
    source: str
    dated: str
    """Day of its issue, `YYYY-MM-DD`."""
    dated_us: int

    @property
    def sentence(self) -> str:
        """Which list, whose, and of when."""
        return f"Hash list {self.name} ({self.source}, {self.dated})"
