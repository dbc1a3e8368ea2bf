"""What a saved chart may be: bounded, of declared kinds, in words. Nothing here asks the store."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.casework.keys import optional_text, part, text_of
from graph.errors import RowError
from graph.identifiers.core import IdentifierKind

MOST_THINGS = 1000
"""As many as a chart may have."""
MOST_GROUPS = 8
"""As many as there are looks that are told apart without seeing colours."""
MOST_READERS = 50
_MOST_NAME = 120
_FARTHEST = 10_000_000
"""Tenths of a pixel: no place on a chart is further from its middle."""
_MOST_BUDGET = 1000
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")
_PLAIN = ("Tip", "Investigation")
KINDS = frozenset({*_PLAIN, *(kind.value for kind in IdentifierKind)})
"""Kinds of records that can be drawn."""
FILTERED = KINDS | {"Bundle"}
GRADES = frozenset({"strong", "moderate", "weak", "none"})
LOOKS = frozenset({"orange", "sky blue", "green", "yellow", "blue", "vermilion", "purple", "black"})
"""Of groups: the eight colours of Okabe and Ito (2008), told apart by nearly everybody."""
EVERYBODY = "*"
"""In whose list a workspace is that is shared with its agency. No user has such a key."""


class Shared(StrEnum):
    """With whom a workspace is shared; never with another agency."""

    NOBODY = "nobody"
    PEOPLE = "people"
    AGENCY = "agency"


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """A record on a chart, and how it is drawn."""

    kind: str
    key: str
    x: int
    y: int
    hidden: bool = False
    pinned: bool = False
    expanded: bool = False
    bundle: bool = False
    in_group: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group that its keeper named."""

    name: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a workspace keeps of a chart: names and places, and nothing that a record says."""

    things: tuple[Thing, ...] = ()
    groups: tuple[Group, ...] = ()
    kinds_off: tuple[str, ...] = ()
    grades_off: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    budget: int = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A workspace as its keeper would have it."""

    name: str
    note: str | None
    drawing: Drawing


def checked(kept: Kept) -> Kept:
    """Give a workspace as it is stored.

    Raises:
        RowError: too much of something, or what is no chart.
    """
    drawing = kept.drawing
    _require_things(drawing)
    if len(drawing.groups) > MOST_GROUPS or any(g.look not in LOOKS for g in drawing.groups):
        raise RowError(f"A chart has at most {MOST_GROUPS} groups, each of one of the looks.")
    groups = tuple(
        Group(name=text_of(group.name, "A group's name", most=_MOST_NAME), look=group.look)
        for group in drawing.groups
    )
    if not FILTERED.issuperset(drawing.kinds_off) or not GRADES.issuperset(drawing.grades_off):
        raise RowError("A filter names kinds of records and grades of links.")
    if any(day is not None and _DAY.match(day) is None for day in (drawing.since, drawing.until)):
        raise RowError("A filter's days are written as 2026-11-23.")
    if not 1 <= drawing.budget <= _MOST_BUDGET:
        raise RowError(f"A chart has room for 1 to {_MOST_BUDGET} things.")
    return Kept(
        name=text_of(kept.name, "A name", most=_MOST_NAME),
        note=optional_text(kept.note, "A note"),
        drawing=Drawing(
            things=drawing.things,
            groups=groups,
            kinds_off=tuple(sorted(set(drawing.kinds_off))),
            grades_off=tuple(sorted(set(drawing.grades_off))),
            since=drawing.since,
            until=drawing.until,
            budget=drawing.budget,
        ),
    )


def _require_things(drawing: Drawing) -> None:
    things = drawing.things
    if len(things) > MOST_THINGS:
        raise RowError(f"A chart has at most {MOST_THINGS} things.")
    if len({(thing.kind, thing.key) for thing in things}) < len(things):
        raise RowError("A chart draws each record once.")
    for thing in things:
        if thing.kind not in KINDS or thing.key == "":
            raise RowError("A thing on a chart is a tip, an identifier or an investigation.")
        if max(abs(thing.x), abs(thing.y)) > _FARTHEST:
            raise RowError("A thing on a chart lies within a million pixels of its middle.")
        if thing.in_group is not None and not 0 <= thing.in_group < len(drawing.groups):
            raise RowError("A thing is in one of the chart's groups, or in none.")


def readers_of(shared: Shared, people: Sequence[str], *, keeper: str) -> tuple[str, ...]:
    """Give the users whom a workspace is shared with by name.

    Raises:
        RowError: names are given where none belong, or none where some do.
    """
    wanted = tuple(sorted({each.strip().casefold() for each in people} - {keeper}))
    if (shared is Shared.PEOPLE) is not (0 < len(wanted) <= MOST_READERS):
        raise RowError(
            f"Name 1 to {MOST_READERS} colleagues to share with people, and nobody otherwise."
        )
    return wanted


def seat_key(workspace: str, reader: str) -> str:
    """Give the key of a workspace's place in a list."""
    return f"{workspace}|{part(reader)}"


def list_place(agency: str, reader: str, rest: str = "") -> str:
    """Give a place in somebody's list, or with no rest where the list begins."""
    return f"{part(agency)}|{part(reader)}|{rest}"


def order_of(made_us: int, workspace: str) -> str:
    """Give what orders a list: whichever was saved first."""
    return f"{made_us:019d}|{workspace}"
