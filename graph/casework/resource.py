"""What something is done to, as far as a policy may ask about it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A record. What is None is not known, or does not apply; a policy sees that it is not there.

    Before a record is read only its agency is known; once it is read the same policies are asked
    again, with all of it.
    """

    owner: str | None = None
    """Key of the agency that the record belongs to; None for the installation's own."""
    team: frozenset[str] | None = None
    """Of an investigation: keys of its lead and its deputies."""
    visibility: str | None = None
    """Of a claim."""
    sealed_to: str | None = None
    """Of a sealed claim: key of the supervisor it names."""
    entered_by: str | None = None
    """Of a claim: key of the user."""
    account: str | None = None
    """Of an account: key of the user whose it is."""
    account_roles: frozenset[str] | None = None
    """Of an account: what its user may be charged with."""
    asked_by: str | None = None
    """Of a list that waits, and of an alert: key of the user whose look-ups they are."""
    told: str | None = None
    """Of a conflict, as one side has it: who of that side is told."""
    addressed: frozenset[str] | None = None
    """Of a notice: keys of users, and `*supervisors` for whoever supervises the agency."""
    handing: str | None = None
    """Of a hand-off: `transfer`, `joint` or `prosecution`."""
    holders: frozenset[str] | None = None
    """Of a tip: keys of the agencies that hold it now."""
