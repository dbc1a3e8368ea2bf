"""What a browser hands over of a security key, before anything of it is believed."""

from __future__ import annotations

import binascii
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass, field

from graph.logon.tokens import digest_of


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyAnswer:
    """A key's answer to a challenge (WebAuthn, 5.2.2); every part is base64url."""

    credential: str = field(repr=False)
    client_data: str = field(repr=False)
    authenticator_data: str = field(repr=False)
    signature: str = field(repr=False)
    user_handle: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """A new key (WebAuthn, 5.2.1); every part but the transports is base64url."""

    credential: str = field(repr=False)
    client_data: str = field(repr=False)
    attestation: str = field(repr=False)
    transports: tuple[str, ...] = ()


def to_text(data: bytes) -> str:
    """Give bytes as browsers write them: base64url without padding (RFC 4648, 5)."""
    return urlsafe_b64encode(data).decode("ascii").rstrip("=")


def from_text(text: str) -> bytes | None:
    """Give the bytes of a text, None where it is not how exactly they are written."""
    try:
        data = urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return None
    return data if to_text(data) == text else None


def credential_digest(credential: str) -> str:
    """Give the key under which a credential is kept: what stands there says nothing to a device."""
    return digest_of(credential)


def challenge_of(client_data: str) -> str | None:
    """Give the challenge that a browser says it answers, None where it says none.

    Also where it answered from within a page of somebody else's (WebAuthn, 7.1 step 10).
    """
    data = from_text(client_data)
    try:
        said = json.loads(data) if data is not None else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict) or said.get("crossOrigin") is True or "topOrigin" in said:
        return None
    challenge = said.get("challenge")
    return challenge if isinstance(challenge, str) and challenge.isascii() else None
