"""The closed lists of casework: kinds of agency, roles of users and claims, visibility, grading."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from typing import TypeVar

from graph.errors import RowError

_E = TypeVar("_E", bound=StrEnum)


class AgencyKind(StrEnum):
    """What an agency is; an affiliate belongs to a task force, from one time to another."""

    TASK_FORCE = "task force"
    AFFILIATE = "affiliate"
    PROSECUTOR = "prosecutor"
    FEDERAL = "federal"
    FOREIGN = "foreign"
    MILITARY = "military"


class UserRole(StrEnum):
    """What a user may be charged with."""

    ANALYST = "analyst"
    INVESTIGATOR = "investigator"
    PROSECUTOR = "prosecutor"
    SUPERVISOR = "supervisor"
    AGENCY_ADMINISTRATOR = "agency administrator"
    AUDITOR = "auditor"
    OPERATOR = "operator"


class Status(StrEnum):
    """Where an investigation stands."""

    OPEN = "open"
    CLOSED = "closed"


class ClaimRole(StrEnum):
    """Whose a claimed identifier is. Only a suspect's makes somebody a subject."""

    SUSPECT = "suspect"
    OFFICER_PERSONA = "officer persona"
    VICTIM = "victim"


class Visibility(StrEnum):
    """What others may learn of a claim (`design.md`, "Who may see what")."""

    OPEN = "open"
    POINTER = "pointer"
    SILENT = "silent"
    SEALED = "sealed"


class Reliability(StrEnum):
    """How far the source can be relied on (28 CFR 23, labels of confidence)."""

    RELIABLE = "reliable"
    USUALLY_RELIABLE = "usually reliable"
    UNRELIABLE = "unreliable"
    UNKNOWN = "unknown"


class Content(StrEnum):
    """How far what it says is borne out (28 CFR 23, labels of confidence)."""

    CONFIRMED = "confirmed"
    PROBABLE = "probable"
    DOUBTFUL = "doubtful"
    CANNOT_JUDGE = "cannot judge"


class Handling(StrEnum):
    """What a recipient may do with it (28 CFR 23, labels of sensitivity)."""

    PERMITTED = "permitted"
    """May be passed on to agencies under an agreement of equal rules."""
    CONDITIONS = "conditions"
    """The submitting agency is asked before it is passed on."""
    ORIGINATOR_ONLY = "originator only"
    """Is not passed on."""


def member(kind: type[_E], text: str, what: str) -> _E:
    """Give the member that a text names.

    Raises:
        RowError: none is named so.
    """
    folded = " ".join(text.casefold().replace("_", " ").replace("-", " ").split())
    try:
        return kind(folded)
    except ValueError:
        raise RowError(f"There is no {what} of that name. There are: {listed(kind)}.") from None


def listed(members: Collection[_E] | type[_E]) -> str:
    """Give members as a list for a sentence, in order of their declaration or as given."""
    return ", ".join(item.value for item in members)
