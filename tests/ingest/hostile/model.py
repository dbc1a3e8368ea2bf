"""What a hostile document is."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """One document."""

    label: str
    name: str
    """The file name that comes with it."""
    data: bytes = field(repr=False)
    forbidden: tuple[bytes, ...] = field(default=(), repr=False)
    """Pieces of media that must not be left in the document after screening."""
