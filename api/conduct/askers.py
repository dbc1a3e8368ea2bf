"""Tells askers apart before anybody is looked up."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from starlette.types import Scope

from api.callers import identity_in

_MOST = 8192
"""Tokens that are remembered, those that were used last."""


class Askers:
    """Whose a request is, from what earlier ones with the same token came to.

    A token that was found good stands for its user: ten sessions of one are one asker. One that was
    never seen, or is no longer good, is made up as easily as used, so it stands for the address
    that it comes from. For one event loop; what is kept is bounded, and holds no token.
    """

    def __init__(self) -> None:
        """Know nobody yet."""
        self._users: OrderedDict[bytes, str] = OrderedDict()

    def of(self, scope: Scope) -> str:
        """Give what tells this request's asker from others."""
        user = self._users.get(_digest(scope))
        if user is not None:
            return f"user {user}"
        client = scope.get("client")
        return "elsewhere" if client is None else f"from {client[0]}"

    def learn(self, scope: Scope) -> None:
        """Note for whom a request's token was found to stand, once the request was worked on."""
        digest = _digest(scope)
        self._users.pop(digest, None)
        found = identity_in(scope)
        if found is None:
            return
        self._users[digest] = found.caller.user
        if len(self._users) > _MOST:
            self._users.popitem(last=False)


def _digest(scope: Scope) -> bytes:
    # Without the scheme before it, which may be spelled in many ways.
    given = b"".join(value for key, value in scope["headers"] if key == b"authorization")
    return hashlib.sha256(given.partition(b" ")[2].strip()).digest()
