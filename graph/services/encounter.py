"""An encounter and what it leads to: the words that checks, claims, intake and conflicts share."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.casework.telling import Told
from graph.casework.vocabulary import ClaimRole, Visibility
from graph.identifiers.core import IdentifierKind


class EncounterKind(StrEnum):
    """What met a claim."""

    CLAIM = "claim"
    CHECK = "check"
    TIP = "tip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Encounter:
    """One interest that meets another investigation's claim on the same identifier."""

    kind: EncounterKind
    asker_agency: str
    """Agency that asks, claims, or holds the tip."""
    asker_investigation: str | None = None
    """None: for no investigation, as a tip that an agency holds."""
    asker_user: str | None = None
    purpose: str | None = None
    asker_claim: str | None = None
    """Key of the asker's own claim, where the interest is one."""
    asker_visibility: Visibility = Visibility.POINTER
    """As in force; of a check on one's own silent or sealed claim that claim's."""
    object_ref: str
    """Name of claim, check or tip, as the log may have it."""
    owner_claim: str
    """Key of the claim that was met."""
    owner_claim_ref: str
    owner_investigation: str
    owner_agency: str
    owner_role: ClaimRole
    owner_visibility: Visibility
    """As in force at the time of the encounter, see `in_force`."""
    identifier_kind: IdentifierKind
    identifier_state: str
    urgency: int | None = None
    """Of a tip: 0 imminent danger, 1 escalated, 2 neither."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """What an encounter led to."""

    conflict: str | None = None
    """Ref of the conflict; the asker may see it only where `asker_told` is not none."""
    asker_told: Told = Told.NONE
    owner_told: Told = Told.NONE
    is_new: bool = False
    """The conflict was opened, or opened anew, by this."""
    is_downgraded: bool = False
    """The identifier is shared, viral, stopped or of a known series: no conflict, no notice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What encounters led to. Not for the asker's eyes: it tells a silent hit from a miss."""

    consequences: tuple[Consequence, ...] = ()
    """One for each encounter, in their order."""
    notices: tuple[str, ...] = ()
    """Keys of the notices that were written."""


def in_force(visibility: str, role: str, silent_until_us: int | None, *, at_us: int) -> Visibility:
    """Give what others may learn of a claim at a time.

    A suspect's claim whose approved silence has ended is a pointer; a persona's stays silent.
    """
    found = Visibility(visibility)
    is_over = silent_until_us is not None and silent_until_us <= at_us
    if found is Visibility.SILENT and role == ClaimRole.SUSPECT and is_over:
        return Visibility.POINTER
    return found
