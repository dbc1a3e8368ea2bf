"""From what a request carries to who asks, or to a reason why nobody may."""

from __future__ import annotations

import hashlib
import secrets

from pydantic import SecretStr

from api.callers import Identity
from api.stores import StoreAccess
from graph.errors import LogOnError
from graph.logon.tokens import is_api_key, is_session
from graph.services.api_keys import caller_with_key
from graph.services.callers import whoever_is_there
from graph.services.once import MarkingStore
from graph.services.sessions import logged_on
from graph.store import Store, StoreLimits

UNNAMED = "whoever has the token"
"""The name in the log while nobody is entered in the store."""
_LIMITS = StoreLimits(read_s=5.0, write_s=5.0, retry_s=5.0)
"""Every request begins with it, and the store's time for the request itself comes on top."""


class Authenticator:
    """Resolves bearer tokens: of sessions, of API keys, and the installation's own.

    Safe to share among threads.
    """

    def __init__(self, stores: StoreAccess, *, token: SecretStr) -> None:
        """Take the store, and the installation's token."""
        self._stores = stores
        self._digest = _digest(token.get_secret_value().encode("ascii"))
        self._has_people = False

    def identify(self, bearer: bytes, address: str | None, *, is_use: bool = True) -> Identity:
        """Give who a bearer token stands for, used from an address.

        A session lives on for it, unless nobody used it: then a page looked by itself.

        Raises:
            LogOnError: it stands for nobody, or does not any more.
            StoreError: the store could not answer; nobody may do anything then.
        """
        text = bearer.decode("ascii", "replace")
        if is_session(text):
            with self._stores.use() as opened:
                session = logged_on(_quick(opened.store), text, is_use=is_use)
            return Identity(caller=session.caller, session=session)
        if is_api_key(text):
            with self._stores.use() as opened:
                store = _quick(opened.store)
                return Identity(caller=caller_with_key(store, text, address=address))
        # Digests are compared, so that neither the length nor the first difference shows in time.
        if secrets.compare_digest(_digest(bearer), self._digest):
            with self._stores.use() as opened:
                return self._unnamed(_quick(opened.store))
        raise LogOnError("The access token is wrong, or its session is over. Log on again.")

    def _unnamed(self, store: Store) -> Identity:
        # Nobody who was entered is ever deleted, so that this is asked until it is true once.
        caller = None if self._has_people else whoever_is_there(store, UNNAMED)
        if caller is None:
            self._has_people = True
            raise LogOnError(
                "The installation's token opens a store in which nobody is entered. In this one "
                "people are: log on as one of them (POST /v1/sessions)."
            )
        return Identity(caller=caller)


def _quick(store: Store) -> Store:
    return MarkingStore(store, limits=_LIMITS)


def _digest(token: bytes) -> bytes:
    return hashlib.sha256(token).digest()
