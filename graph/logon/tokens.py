"""Tokens: random, shown once, and kept as their SHA-256 only.

256 random bits need no slow hash: there is nothing to guess. What the store holds opens nothing.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass

SESSION_PREFIX = "cts_"
KEY_PREFIX = "ctk_"
_BYTES = 32
_REF_BYTES = 6
_SESSION = re.compile(r"cts_[A-Za-z0-9_-]{43}\Z")
_KEY = re.compile(r"ctk_[0-9a-f]{12}_[A-Za-z0-9_-]{43}\Z")


@dataclass(frozen=True, slots=True)
class Fresh:
    """A token that was just made: the text to hand over, and what is kept of it."""

    text: str
    digest: str
    ref: str

    def __repr__(self) -> str:
        """Say which it is, never the text."""
        return f"Fresh(ref={self.ref!r})"


def session_token() -> Fresh:
    """Give the token of a new session."""
    text = SESSION_PREFIX + secrets.token_urlsafe(_BYTES)
    return Fresh(text=text, digest=digest_of(text), ref=secrets.token_hex(16))


def api_key() -> Fresh:
    """Give a new API key; it begins with its ref, so that a lost one can be found and ended."""
    ref = secrets.token_hex(_REF_BYTES)
    text = f"{KEY_PREFIX}{ref}_{secrets.token_urlsafe(_BYTES)}"
    return Fresh(text=text, digest=digest_of(text), ref=ref)


def digest_of(text: str) -> str:
    """Give what is kept of a token."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def is_session(text: str) -> bool:
    """Say whether a text has the shape of a session's token."""
    return _SESSION.match(text) is not None


def is_api_key(text: str) -> bool:
    """Say whether a text has the shape of an API key."""
    return _KEY.match(text) is not None
