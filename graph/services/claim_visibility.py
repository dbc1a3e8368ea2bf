"""Who decides what others may learn of a claim (`design.md`, "Who may see what")."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of, require
from graph.casework.terms import LONGEST_SILENCE_US, default_visibility
from graph.casework.vocabulary import ClaimRole, UserRole, Visibility
from graph.errors import NotFoundError, RightsError, RowError
from graph.rows import PropertyRow
from graph.services.callers import why_out_of_service
from graph.services.user_rules import users_there
from graph.store import ReadUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Placing:
    """What is wanted for a claim of some role."""

    role: ClaimRole
    visibility: Visibility | None = None
    """None: the default of the role."""
    silent_until_us: int | None = None
    sealed_to: str | None = None


def placing_of(unit: ReadUnit, caller: Caller, wanted: Placing) -> PropertyRow:
    """Give the properties that say what others may learn of a claim.

    Raises:
        RightsError: silence, or showing a persona to others, needs a supervisor.
        NotFoundError: there is no such supervisor in service to seal it to.
        RowError: silence has no end, or one too far off; a claim is sealed to nobody.
    """
    row: PropertyRow = {
        "visibility": wanted.visibility,
        "silent_until_us": None,
        "approved_by": None,
        "sealed_to": None,
    }
    match wanted.visibility:
        case None:
            visibility, until_us = default_visibility(wanted.role, caller.as_of_us)
            row |= {"silent_until_us": until_us}
        case Visibility.SILENT as visibility:
            row |= _silence(caller, wanted.silent_until_us)
        case Visibility.SEALED as visibility:
            row |= {"sealed_to": _supervisor(unit, caller, wanted.sealed_to)}
        case visibility:
            is_persona = wanted.role is ClaimRole.OFFICER_PERSONA
            if is_persona and UserRole.SUPERVISOR not in caller.roles:
                raise RightsError("An officer's persona is shown to others by a supervisor only.")
    return row | {"visibility": visibility.value}


def _silence(caller: Caller, until_us: int | None) -> PropertyRow:
    try:
        require(caller, Deed.CLAIM_APPROVE_SILENT)
    except RightsError:
        raise RightsError(
            "Silence is approved by a supervisor: let one do it, or seal the claim to one."
        ) from None
    at_us = caller.as_of_us
    if until_us is None or not at_us < until_us <= at_us + LONGEST_SILENCE_US:
        raise RowError("Silence ends on a day, 180 days from now at most; approve it anew then.")
    return {"silent_until_us": until_us, "approved_by": caller.user}


def _supervisor(unit: ReadUnit, caller: Caller, key: str | None) -> str:
    if key is None:
        raise RowError("A sealed claim names the one supervisor who is told of hits.")
    found = users_there(unit, [key]).get(key)
    if (
        found is None
        or found.agency != agency_of(caller)
        or UserRole.SUPERVISOR not in found.roles
        or why_out_of_service(found, caller.as_of_us) is not None
    ):
        raise NotFoundError(f"{agency_of(caller)} has no supervisor in service as {key}.")
    return key
