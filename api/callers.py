"""Who asks: the caller that a request's session, API key or token stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from starlette.types import Scope

from graph.casework.caller import Caller
from graph.errors import LogOnError
from graph.services.sessions import LoggedOn

_STATE = "identity"


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """What a request proved: the caller, and the session where there is one."""

    caller: Caller
    session: LoggedOn | None = None
    """None for an API key, and for the installation's token."""


def carry(scope: Scope, identity: Identity) -> None:
    """Put the identity where the routes find it."""
    scope.setdefault("state", {})[_STATE] = identity


def identity_in(scope: Scope) -> Identity | None:
    """Give the identity that a request proved; None where none was asked for, or it was refused."""
    found = scope.get("state", {}).get(_STATE)
    return found if isinstance(found, Identity) else None


def _identity(request: Request) -> Identity:
    found = getattr(request.state, _STATE, None)
    if not isinstance(found, Identity):
        raise TypeError("a route that needs a caller was reached without one")
    return found


def _caller(request: Request) -> Caller:
    return _identity(request).caller


def _session(request: Request) -> LoggedOn:
    session = _identity(request).session
    if session is None:
        raise LogOnError("This needs a session: an API key or a token has none.")
    return session


Who = Annotated[Caller, Depends(_caller)]
"""The caller, resolved for this request: what every service of casework takes first."""
InSession = Annotated[LoggedOn, Depends(_session)]
"""The session; refused where the request came with an API key or the installation's token."""
