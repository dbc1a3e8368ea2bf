"""Who of two sides that meet is told of it: one table (`design.md`, "Who may see what")."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.casework.vocabulary import ClaimRole, Visibility


class Told(StrEnum):
    """Who of a side is told. A side that is not told learns of nothing, not even that it is."""

    NONE = "none"
    OFFICER = "officer"
    """Lead and deputies at once; supervisors see it, and are told on escalation."""
    SUPERVISOR = "supervisor"
    """Supervisors only; of a sealed claim the one whom it names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interest:
    """One side's interest in the identifier through which two sides meet."""

    visibility: Visibility
    """As in force at the time."""
    role: ClaimRole | None = None
    """Of a claim; a check or a tip has none."""
    has_team: bool = True
    """Whether there is an investigation with lead and deputies; of a tip there is none."""

    @property
    def is_hidden(self) -> bool:
        """Whether the other side must not learn of it."""
        return self.visibility in (Visibility.SILENT, Visibility.SEALED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Who of one side is told, and whether its supervisors are at once."""

    told: Told
    supervisors_at_once: bool = False


def telling_of(mine: Interest, other: Interest) -> Telling:
    """Give who of my side is told that it meets the other.

    It does not matter who came second. What is sealed is known to nobody but the one supervisor
    whom it names: the other side sees what a miss shows, its supervisors too, whatever it hides
    itself; of two sealed ones both named supervisors are told, so that no hit reaches nobody.
    Persona: its hit is urgent to both supervisors, unless it is sealed. Both silent: the
    supervisors alone.
    """
    if mine.visibility is Visibility.SEALED:
        return Telling(told=Told.SUPERVISOR, supervisors_at_once=True)
    with_persona = ClaimRole.OFFICER_PERSONA in (mine.role, other.role)
    if other.visibility is Visibility.SEALED:
        return Telling(told=Told.NONE)
    if other.is_hidden:
        if mine.is_hidden or other.role is ClaimRole.OFFICER_PERSONA:
            return Telling(told=Told.SUPERVISOR, supervisors_at_once=True)
        return Telling(told=Told.NONE)
    if not mine.has_team:
        return Telling(told=Told.SUPERVISOR, supervisors_at_once=True)
    return Telling(told=Told.OFFICER, supervisors_at_once=mine.is_hidden or with_persona)
