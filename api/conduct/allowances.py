"""How often somebody may ask, and how long the store may work for a request."""

from __future__ import annotations

import math
import time
from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItem, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

from graph.casework.caller import Caller
from graph.store import StoreLimits

READ_S, CHANGE_S, LONG_S = 15.0, 30.0, 120.0
"""Seconds of the store's time for a read, a change, and a file or the verification of a log."""
_LONG = (
    *(
        "/claims/file",
        "/checks",
        "/checks/file",
        "/checks/investigation",
        "/purge-lapsed",
        "/documents",
    ),
    *("/audit/verify", "/audit/export"),
)
_RETRY_S = 5.0


class TooManyError(Exception):
    """Somebody asked more often than they may. Nothing was done."""

    def __init__(self, whose: str, retry_after_s: int) -> None:
        """Say whose allowance is used up, and for how long."""
        super().__init__(
            f"{whose} requests of this minute are used up. Nothing was done; try again in "
            f"{retry_after_s} s."
        )
        self.retry_after_s = retry_after_s


class Allowances:
    """Counts requests by user and by agency over the last minute, in this process.

    With several processes each counts by itself. What must hold over all of them, the budgets of
    look-ups and the lockout of accounts, is in the store.
    """

    def __init__(self, *, user_minute: int, agency_minute: int) -> None:
        """Take how many requests a user, and a whole agency, has in a minute."""
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._user: RateLimitItem = RateLimitItemPerMinute(user_minute)
        self._agency: RateLimitItem = RateLimitItemPerMinute(agency_minute)

    def take(self, caller: Caller) -> None:
        """Count a request.

        Raises:
            TooManyError: there were too many in the last minute.
        """
        self._take(self._user, "user", caller.user, "Your")
        self._take(self._agency, "agency", caller.agency or "", "Your agency's")

    def take_look(self, caller: Caller) -> None:
        """Count a look that a page made by itself: apart, and not of the agency's.

        Raises:
            TooManyError: there were too many in the last minute.
        """
        self._take(self._user, "look", caller.user, "Your pages'")

    def limits_for(self, request: Request) -> StoreLimits:
        """Give how long the store may work for a request, by its route."""
        path = getattr(request.scope.get("route"), "path", "")
        if path.endswith(_LONG):
            return StoreLimits(read_s=LONG_S, write_s=LONG_S, retry_s=_RETRY_S)
        return StoreLimits(read_s=READ_S, write_s=CHANGE_S, retry_s=_RETRY_S)

    def _take(self, item: RateLimitItem, kind: str, key: str, whose: str) -> None:
        if self._limiter.hit(item, kind, key):
            return
        reset_s = self._limiter.get_window_stats(item, kind, key).reset_time
        raise TooManyError(whose, max(math.ceil(reset_s - time.time()), 1))


def _allowances(request: Request) -> Allowances:
    found = request.app.state.allowances
    if not isinstance(found, Allowances):
        raise TypeError("the application was made without allowances")
    return found


Rated = Annotated[Allowances, Depends(_allowances)]
