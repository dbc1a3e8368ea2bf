"""What in a tip points to a place or an agency: whose it is, when, where it stands, how far to
trust it.

No identifier's value is in it: whoever routes a tip need not see whom it is about.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from graph.routing.places import Place


class Source(StrEnum):
    """What kind of statement it is."""

    NCMEC = "NCMEC's routing as received"
    TOLD = "police that the provider told"
    ESTIMATE = "the provider's estimated location"
    ADDRESS = "a stated address"
    IP = "an IP address"
    PHONE = "a phone number's area"
    VICTIM = "where a victim is"


class Confidence(StrEnum):
    """How far a statement, or a proposal, can be relied on."""

    WEAK = "weak"
    FAIR = "fair"
    STRONG = "strong"


RANK: Mapping[Confidence, int] = MappingProxyType({c: n for n, c in enumerate(Confidence)})
_BY_RANK = tuple(Confidence)


def moved(confidence: Confidence, steps: int) -> Confidence:
    """Give a confidence so many steps up or down, never past an end."""
    return _BY_RANK[max(0, min(len(_BY_RANK) - 1, RANK[confidence] + steps))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pointer:
    """One statement that points somewhere."""

    source: Source
    place: Place | None
    """None where it names an agency instead."""
    agency_name: str | None
    person: str | None
    """The block that it stands in, such as `reported[0]`."""
    at_us: int | None
    """When what is stated happened; None: not stated, or it has no time."""
    path: str
    """Where it stands in the document."""
    confidence: Confidence
    notes: tuple[str, ...] = ()
    """What is to be known about it, and speaks against it."""
    version: str | None = None
    """Of the file or table by which it points there."""

    @property
    def points_to(self) -> str:
        """Where it points, in words."""
        return self.place.said() if self.place is not None else (self.agency_name or "nowhere")


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """What was not used, and why."""

    source: Source
    path: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """All that a tip says of where it belongs."""

    pointers: tuple[Pointer, ...]
    left_out: tuple[LeftOut, ...]
    helps: tuple[str, ...]
    """What would help, in sentences: what is not stated, and what this site does not have."""
    cut_off: tuple[str, ...]
