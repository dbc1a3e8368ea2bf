"""Who asks. Every service of casework takes a caller first: nobody acts by being logged on."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.vocabulary import UserRole


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A user whose account was in service at one instant, as `graph.services.callers` found it.

    It is resolved anew for every request or command: rights end with `as_of_us`, and everything
    that is done under it carries that time.
    """

    user: str
    """Key of the user."""
    agency: str | None
    """Key of the agency; an operator works for none."""
    roles: frozenset[UserRole]
    units: tuple[str, ...] = ()
    """Keys of the units that the user belongs to."""
    as_of_us: int
    """When the account was looked at, microseconds since 1970 UTC."""
    until_us: int | None = None
    """When the account, its proof or its agency ends; None: not known to end."""
    request: str | None = None
    """Id of the HTTP request that it is done for; leaves of the log name it."""
    scopes: frozenset[str] | None = None
    """Of an API key: the deeds that it may do; None for a person."""
    unnamed: bool = False
    """Whoever has the machine, while the store knows no user at all."""
