"""The secrets that sign webhooks. None is stored: each follows from one key outside the store.

A stolen database or backup signs nothing, and there is nothing to decrypt. The secret of a
generation is HKDF-Expand (RFC 5869, 2.3) of the key with the webhook's ref and the generation.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from graph.audit.errors import AuditKeyError
from graph.audit.keys import read_private, write_new
from graph.audit.settings import AuditSettings
from graph.errors import SettingsError

PREFIX = "whsec_"
"""Of a secret as text (Standard Webhooks, "Secrets")."""
_KEY = re.compile(r"crosstip webhook key 1\nkey (?P<secret>[0-9a-f]{64})\n")
_LABEL = b"crosstip webhook secret 1\0"
_CHECK = b"crosstip webhook secret check 1\0"


@dataclass(frozen=True, slots=True)
class Secret:
    """A secret that signs. Its representation hides it."""

    raw: bytes = field(repr=False)

    @property
    def text(self) -> str:
        """As it is handed over, once."""
        return PREFIX + base64.b64encode(self.raw).decode("ascii")

    @property
    def check(self) -> str:
        """What is stored, to tell it from the secret that another key would give."""
        return hashlib.sha256(_CHECK + self.raw).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookKey:
    """The key that all secrets follow from. Its representation hides it."""

    secret: bytes = field(repr=False)

    def secret_of(self, webhook: str, generation: int) -> Secret:
        """Give the secret of one webhook's generation."""
        info = _LABEL + webhook.encode() + b"\0" + str(generation).encode()
        return Secret(hmac.new(self.secret, info + b"\x01", hashlib.sha256).digest())


def key_file() -> Path:
    """Give where the key is: with the log's keys, not in the store and not in its backup."""
    return AuditSettings().keys.root / "webhooks.key"


def load_or_create_key(path: Path) -> WebhookKey:
    """Give the key of a file, made when there is none.

    Raises:
        SettingsError: it cannot be made, is open to others, or damaged.
    """
    if not path.exists():
        try:
            with suppress(FileExistsError):
                write_new(path, f"crosstip webhook key 1\nkey {secrets.token_bytes(32).hex()}\n")
        except AuditKeyError as error:
            raise SettingsError(str(error)) from error
    return load_key(path)


def load_key(path: Path) -> WebhookKey:
    """Give the key of a file.

    Raises:
        SettingsError: it is missing, open to others, or damaged.
    """
    try:
        found = _KEY.fullmatch(
            read_private(path, missing="Every machine that serves or delivers needs a copy.")
        )
    except AuditKeyError as error:
        raise SettingsError(str(error)) from error
    if found is None:
        raise SettingsError(
            f"The key {path} is damaged; put its copy back: under another key no receiver's "
            "secret fits, and each webhook must be rotated."
        )
    return WebhookKey(secret=bytes.fromhex(found["secret"]))
