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
