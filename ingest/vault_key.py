"""The key that seals originals: a file of its own, kept apart from what it seals."""

from __future__ import annotations

import hashlib
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from graph.disk import is_no_room
from graph.errors import SettingsError
from ingest.durable_files import (
    create_file,
    private_directory,
    refuse_others,
    storage_error,
    sync_directory,
    sync_file,
    write_at,
)

_KEY_BYTES = 32
ID_BYTES = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class VaultKey:
    """An AES-256 key. Its text representation shows the id only.

    Raises:
        SettingsError: it is not 32 bytes long.
    """

    secret: bytes = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) != _KEY_BYTES:
            raise SettingsError(f"a vault key has {_KEY_BYTES} bytes, not {len(self.secret)}")

    @property
    def id(self) -> str:
        """The fingerprint that names the key in sealed objects; says nothing about the key."""
        digest = hashlib.sha256(b"crosstip vault key id\0" + self.secret)
        return digest.hexdigest()[: 2 * ID_BYTES]

    @classmethod
    def generate(cls) -> VaultKey:
        """Give a new random key."""
        return cls(secret=secrets.token_bytes(_KEY_BYTES))

    @classmethod
    def load(cls, path: Path) -> VaultKey:
        """Give the key of a file.

        Raises:
            SettingsError: it is missing, open to others, or not a whole key file.
        """
        try:
            fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
        except FileNotFoundError as error:
            raise SettingsError(
                f"the vault key {path} is missing; put its copy back: nothing else opens the vault"
            ) from error
        except OSError as error:
            raise SettingsError(
                f"the vault key {path} cannot be opened ({error.strerror})"
            ) from error
        with os.fdopen(fd, "rb") as file:
            found = os.fstat(fd)
            if not stat.S_ISREG(found.st_mode):
                raise SettingsError(f"the vault key {path} is not a file")
            refuse_others(path, found)
            return cls._parse(path, file.read(4096))

    @classmethod
    def load_or_create(cls, path: Path) -> VaultKey:
        """Give the key of a file, made with a new key (mode 0600) when it is missing.

        Raises:
            SettingsError: as `load`, or the directory is open to other users.
        """
        directory = private_directory(path.parent)
        if not path.exists():
            aside = directory / f"{path.name}.{secrets.token_hex(8)}.part"
            try:
                _write(cls.generate(), aside, path)
            except OSError as error:
                if is_no_room(error):
                    raise storage_error(
                        error, doing=f"make the vault key {path}", then="do it again"
                    ) from error
                raise SettingsError(
                    f"the vault key {path} cannot be made ({error.strerror}); look at that disk"
                ) from error
            finally:
                with suppress(OSError):
                    aside.unlink(missing_ok=True)
        return cls.load(path)

    @classmethod
    def _parse(cls, path: Path, content: bytes) -> VaultKey:
        damaged = SettingsError(
            f"the vault key {path} is damaged; put its copy back: nothing else opens the vault"
        )
        lines = content.decode("ascii", "replace").split("\n")
        try:
            key = cls(secret=bytes.fromhex(lines[2].removeprefix("key ")))
        except (IndexError, ValueError, SettingsError) as error:
            raise damaged from error
        if content != _file_content(key):
            raise damaged
        return key


def _write(key: VaultKey, aside: Path, path: Path) -> None:
    fd = create_file(aside)
    try:
        write_at(fd, [_file_content(key)], offset=0)
        sync_file(fd)
    finally:
        os.close(fd)
    # A link, unlike a rename, never replaces the key that another process made meanwhile.
    with suppress(FileExistsError):
        os.link(aside, path)
    sync_directory(path.parent)


def _file_content(key: VaultKey) -> bytes:
    return f"crosstip vault key 1\nid {key.id}\nkey {key.secret.hex()}\n".encode("ascii")
