"""The key that seals backups: a file of its own, which only its owner may read."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import SettingsError
from ingest.durable_files import refuse_others

_BYTES = 32
_HEAD = "crosstip backup key 1"


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupKey:
    """An AES-256 key. Its text representation shows the name only."""

    secret: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """Eight bytes that name the key and say nothing about it."""
        return hashlib.sha256(b"crosstip backup key id\0" + self.secret).digest()[:8]


def make_key(path: Path) -> BackupKey:
    """Make a new key in a new file of mode 0600.

    Raises:
        SettingsError: there is such a file, or it cannot be written.
    """
    key = BackupKey(secret=secrets.token_bytes(_BYTES))
    try:
        opened = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(opened, "w", encoding="ascii") as target:
            target.write(f"{_HEAD}\n{key.secret.hex()}\n")
            target.flush()
            os.fsync(opened)
    except OSError as error:
        raise SettingsError(
            f"The key file {path} cannot be made ({error.strerror}): name a new file."
        ) from error
    return key


def read_key(path: Path) -> BackupKey:
    """Give the key of a file.

    Raises:
        SettingsError: it is missing, open to others, or no key file.
    """
    try:
        opened = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise SettingsError(
            f"The backup key {path} cannot be read ({error.strerror}): put its copy back."
        ) from error
    with os.fdopen(opened, "rb") as source:
        refuse_others(path, os.fstat(opened))
        lines = source.read(1024).decode("ascii", "replace").split("\n")
    try:
        secret = bytes.fromhex(lines[1])
    except (IndexError, ValueError):
        secret = b""
    if lines[0] != _HEAD or len(secret) != _BYTES:
        raise SettingsError(f"{path} is no backup key, or damaged: put its copy back.")
    return BackupKey(secret=secret)
