"""In which order people are proposed for a tip, and why: a proposal, which assigns nothing.

No score: reasons come first to last, and each is shown in words. Whoever has a conflict of interest
comes last, whoever is away before them; then more of the skills that are asked for, fewer urgent
tips, fewer tips, and the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.triage.priority import Priority

URGENT = frozenset({Priority.AT_ONCE.value, Priority.TODAY.value})


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """Open tips of one class that somebody carries."""

    priority: str
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """Somebody whom a tip may be given to, or a unit, with what bears on it."""

    key: str
    """Key of the user or the unit."""
    name: str
    is_unit: bool
    members: tuple[str, ...] = ()
    """Of a unit: its members in service."""
    units: tuple[str, ...] = ()
    load: tuple[Load, ...] = ()
    total: int = 0
    """Open tips in all."""
    urgent: int = 0
    """Of them those of `at once` and `today`."""
    oldest_us: int | None = None
    """Since when the agency holds the oldest of them."""
    stood_us: int | None = None
    """Since when the longest standing was not moved."""
    skills: tuple[str, ...] = ()
    matching: tuple[str, ...] = ()
    """Of the skills that are asked for."""
    away_until_us: int | None = None
    """Until when somebody is away who is away now; of a unit None."""
    conflicts: tuple[str, ...] = ()
    """Conflicts of interest with this tip, in words: an assignment is refused."""
    relations: tuple[str, ...] = ()
    """Relations that were declared; whether they bear on the tip is the supervisor's to say."""


def proposed(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Give people in the order in which they are proposed."""
    return tuple(sorted(found, key=_place))


def why(one: Candidate) -> tuple[str, ...]:
    """Give in words what puts somebody where they stand."""
    texts = [f"conflict of interest: {text}" for text in one.conflicts]
    if one.away_until_us is not None:
        texts.append("is away")
    if len(one.matching) > 0:
        texts.append(f"has {', '.join(one.matching)}")
    texts.append(f"carries {one.total} open tips, {one.urgent} of them urgent")
    return tuple(texts)


def _place(one: Candidate) -> tuple[bool, bool, int, int, int, bool, str]:
    return (
        len(one.conflicts) > 0,
        one.away_until_us is not None,
        -len(one.matching),
        one.urgent,
        one.total,
        one.is_unit,
        one.key,
    )
