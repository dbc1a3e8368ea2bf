"""What logging on needs beside the store: costs, throttle, banner, identity server."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from pydantic import JsonValue

from api.id_tokens import IdTokens
from api.key_sets import KeySets
from api.oidc_settings import OidcSettings
from graph.errors import ChangedError, LogOnError, QuestionError, ThrottledError
from graph.logon.key_settings import KeySettings
from graph.logon.passwords import Hashing
from graph.logon.security_keys import SecurityKeys
from graph.logon.settings import LogOnSettings
from graph.logon.tokens import Fresh
from graph.opening import OpenStore
from graph.services.callers import whoever_is_there
from graph.services.enrolment import Enrolment, Offer, enrol, offer_second_factor
from graph.services.log_on import Attempt, challenge_to_log_on, log_on
from graph.services.subjects import log_on_by_subject, new_nonce

ASKINGS = 600
"""What an address may ask for before anybody is known, in the same time: each is a write, and an
office of hundreds may stand behind one address."""
FAILURES, MINUTES = 20, 15
"""Failures of one address before it has to wait: enough for a shift, too few to lock many."""


class Throttle:
    """Counts failures by address in this process, before any account is looked at.

    What must hold over all processes, the lock of an account, is in the store.
    """

    def __init__(self, *, failures: int = FAILURES) -> None:
        """Take how many failures an address has."""
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._item = RateLimitItemPerMinute(failures, MINUTES)

    def check(self, address: str) -> None:
        """Come back when an address may try.

        Raises:
            ThrottledError: it failed too often.
        """
        if not self._limiter.test(self._item, address):
            raise ThrottledError(
                f"Log-on failed, or was begun, too often from this address. Try again in {MINUTES} "
                "minutes."
            )

    def note(self, address: str) -> None:
        """Count a failure."""
        self._limiter.hit(self._item, address)

    def forget(self) -> None:
        """Forget all failures."""
        self._limiter.storage.reset()


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOnDesk:
    """Takes log-ons and enrolments of anybody, from an address."""

    settings: LogOnSettings
    hashing: Hashing
    throttle: Throttle
    askings: Throttle
    oidc: OidcSettings
    id_tokens: IdTokens | None
    keys: SecurityKeys

    def has_people(self, opened: OpenStore) -> bool:
        """Say whether anybody is entered, so that the installation's token opens nothing."""
        return whoever_is_there(opened.store, "anybody") is None

    def log_on(self, opened: OpenStore, attempt: Attempt, *, address: str) -> Fresh:
        """Give a new session's token; errors as `graph.services.log_on.log_on`.

        Raises:
            ThrottledError: log-on failed too often from this address.
            ChangedError: another banner is to be accepted first.
        """
        self._begin(attempt.banner, address)
        try:
            return log_on(
                opened.store,
                self.hashing,
                attempt,
                needs_code=not opened.info.synthetic,
                keys=self.keys,
            )
        except LogOnError:
            self.throttle.note(address)
            raise

    def challenge(self, opened: OpenStore, user: str, *, address: str) -> dict[str, JsonValue]:
        """Give what a browser asks of a security key; errors as `challenge_to_log_on`.

        Raises:
            ThrottledError: log-on failed, or this was asked, too often from this address.
        """
        self.throttle.check(address)
        self.askings.check(address)
        self.askings.note(address)
        return challenge_to_log_on(opened.store, self.keys, user=user)

    def nonce(self, opened: OpenStore, *, address: str) -> str:
        """Give the nonce of a log-on at the identity server.

        Raises:
            QuestionError: none is set.
            ThrottledError: log-on failed, or this was asked, too often from this address.
        """
        self.throttle.check(address)
        self.askings.check(address)
        self.askings.note(address)
        self._issuer()
        return new_nonce(opened.store)

    def log_on_by_token(self, opened: OpenStore, token: str, *, banner: str, address: str) -> Fresh:
        """Give a new session's token for an ID token; errors as `log_on` and `nonce`.

        Raises:
            LogOnError: the token is not accepted, or its subject is nobody here.
        """
        self._begin(banner, address)
        checked_by = self._issuer()
        try:
            proved = checked_by.check(token, now_s=int(time.time()))
            return log_on_by_subject(opened.store, proved, banner=banner)
        except LogOnError:
            self.throttle.note(address)
            raise

    def offer(self, opened: OpenStore, user: str, code: str, *, address: str) -> Offer:
        """Give a second factor to be confirmed; errors as `offer_second_factor` and `log_on`."""
        self.throttle.check(address)
        try:
            return offer_second_factor(opened.store, user=user, enrolment_code=code)
        except LogOnError:
            self.throttle.note(address)
            raise

    def enrol(self, opened: OpenStore, enrolment: Enrolment, *, address: str) -> tuple[str, ...]:
        """Give the recovery codes of a user who enrolled; errors as `enrol` and `log_on`."""
        self.throttle.check(address)
        try:
            return enrol(
                opened.store, self.hashing, enrolment, needs_code=not opened.info.synthetic
            )
        except LogOnError:
            self.throttle.note(address)
            raise

    def _begin(self, banner: str | None, address: str) -> None:
        self.throttle.check(address)
        if banner != self.settings.banner_version:
            raise ChangedError(
                "Another banner is to be accepted before log-on: GET /v1/log-on gives it. Nothing "
                "was tried."
            )

    def _issuer(self) -> IdTokens:
        if self.id_tokens is None:
            raise QuestionError("No identity server is set here: log on with a password.")
        return self.id_tokens


def log_on_desk(
    settings: LogOnSettings | None = None,
    oidc: OidcSettings | None = None,
    keys: KeySettings | None = None,
) -> LogOnDesk:
    """Give the desk of a process.

    Raises:
        SettingsError: the settings of the identity server, or of security keys, do not fit each
            other.
    """
    chosen = settings if settings is not None else LogOnSettings()
    server = oidc if oidc is not None else OidcSettings()
    tokens = (
        IdTokens(server, KeySets(server.jwks, ca=server.ca)) if server.jwks is not None else None
    )
    return LogOnDesk(
        settings=chosen,
        hashing=Hashing(chosen),
        throttle=Throttle(),
        askings=Throttle(failures=ASKINGS),
        oidc=server,
        id_tokens=tokens if server.is_on else None,
        keys=SecurityKeys(keys if keys is not None else KeySettings()),
    )


def _log_on_desk(request: Request) -> LogOnDesk:
    found = request.app.state.log_on
    if not isinstance(found, LogOnDesk):
        raise TypeError("the application was made without log-on")
    return found


def _address(request: Request) -> str:
    return request.client.host if request.client is not None else ""


Desk = Annotated[LogOnDesk, Depends(_log_on_desk)]
Address = Annotated[str, Depends(_address)]
"""Where the request came from; behind proxies that are trusted, from before them."""
