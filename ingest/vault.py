"""The vault: originals, sealed, by the SHA-256 of what was received.

An object holds the screened bytes, never media. Where screening changed nothing, they are what was
received, and their hash is checked again when they are read.
"""

from __future__ import annotations

import logging
from pathlib import Path

from graph.errors import IntakeError, SettingsError
from ingest.received import require_sha256, sha256_of
from ingest.sealing import DamagedSealError, WrongKeyError, seal, unseal
from ingest.vault_key import VaultKey
from ingest.vault_objects import LocalObjects, VaultObjects, open_objects

_LOG = logging.getLogger(__name__)
_KEY_NOTE = "vault-key-id"
_SCREENED, _WHOLE = b"\0", b"\1"


class MissingOriginalError(IntakeError):
    """The vault does not hold this original."""


class Vault:
    """Sealed originals under one key. Threads may share one; a fork may not use it."""

    def __init__(self, where: str | Path, key: VaultKey) -> None:
        """Open a vault in a local directory or at an fsspec address (`s3://bucket/vault`).

        Raises:
            WrongKeyError: the vault was begun with another key.
            SettingsError: a local directory is open to other users.
            IntakeError: the place cannot be reached.
        """
        self._key = key
        self._objects: VaultObjects = open_objects(where)
        self._check_key()

    @property
    def location(self) -> str:
        """Where the vault lies, without credentials."""
        return self._objects.location

    def put(self, sha256: str, data: bytes) -> None:
        """Keep the screened bytes of a document; an intact object of that hash is left as it is.

        An object that is there and damaged is replaced. Durable after `sync`.

        Raises:
            StorageFullError: no room.
            StorageFailedError: the place does not take it.
            WrongKeyError: the object exists under another key.
            ValueError: `sha256` is no SHA-256.
        """
        name = object_name(sha256)
        if self._objects.exists(name) and self._is_intact(sha256):
            return
        kind = _WHOLE if sha256_of(data) == sha256 else _SCREENED
        self._objects.write(name, seal(self._key, kind + data, context=_context(sha256)))

    def get(self, sha256: str) -> bytes:
        """Give the screened bytes of a document.

        Raises:
            MissingOriginalError: the vault does not hold it.
            WrongKeyError: it was sealed with another key.
            DamagedSealError: it is not what was sealed.
            ValueError: `sha256` is no SHA-256.
        """
        sealed = self._objects.read(object_name(sha256))
        if sealed is None:
            raise MissingOriginalError(
                f"the vault {self.location} does not hold the original of document {sha256}; look "
                "for it with the holder that the document names, or in a backup"
            )
        what = f"the original of document {sha256} in the vault {self.location}"
        opened = unseal(self._key, sealed, context=_context(sha256), what=what)
        data = opened[1:]
        if opened[:1] == _WHOLE and sha256_of(data) != sha256:
            raise DamagedSealError(f"{what} does not have the hash that it is kept under")
        return data

    def has(self, sha256: str) -> bool:
        """Whether the vault holds an object for this hash; it is not opened."""
        return self._objects.exists(object_name(sha256))

    def set_aside(self, sha256: str) -> None:
        """Move an original out of the vault's answers; it can be brought back. Repeatable.

        Raises:
            StorageFailedError: the place does not do it.
        """
        self._objects.move(object_name(sha256), _aside_name(sha256))

    def bring_back(self, sha256: str) -> None:
        """Let an original that was set aside be there again, unless it came in anew.

        Raises:
            StorageFailedError: the place does not do it.
        """
        if self.has(sha256):
            self._objects.delete(_aside_name(sha256))
        else:
            self._objects.move(_aside_name(sha256), object_name(sha256))

    def destroy(self, sha256: str) -> None:
        """Delete an original, whether it was set aside or came in anew and nothing rests on it.

        The sealed bytes go from the file system. All originals are sealed with one key, so that
        what a disk or a backup still holds of them is readable as long as that key is.

        Raises:
            StorageFailedError: the place does not do it.
        """
        self._objects.delete(_aside_name(sha256))

    def sync(self) -> int:
        """Make what was put durable, and give the number of local objects that this took.

        Raises:
            StorageFailedError: some objects may be lost; put all since the last sync again.
        """
        return self._objects.sync()

    def close(self) -> None:
        """Let go of the vault; objects that were put and not synced are gone."""
        self._objects.close()

    def _is_intact(self, sha256: str) -> bool:
        try:
            self.get(sha256)
        except DamagedSealError as error:
            _LOG.warning("%s; it is replaced by the copy that came in now", error)
            return False
        except MissingOriginalError:
            return False
        return True

    def _check_key(self) -> None:
        """Compare the key with the one that the vault was begun with, or note it."""
        noted = self._objects.read(_KEY_NOTE)
        if noted is None:
            self._objects.write(_KEY_NOTE, self._key.id.encode("ascii") + b"\n")
            self._objects.sync()
            return
        begun_with = noted.decode("ascii", "replace").strip()
        if begun_with != self._key.id:
            raise WrongKeyError(
                f"the vault {self.location} was begun with key {begun_with} and the key in use is "
                f"{self._key.id}; put the key file of {begun_with} in place"
            )


def open_vault(where: str | Path, key_file: Path) -> Vault:
    """Give the vault at a place; its key file is made with the vault, and only then.

    Raises:
        SettingsError: the key file lies inside the vault, is open to others, damaged or gone.
        WrongKeyError: the vault was begun with another key.
        IntakeError: the place cannot be reached.
    """
    objects = open_objects(where)
    if (
        isinstance(objects, LocalObjects)
        and Path(objects.location).resolve() in key_file.resolve().parents
    ):
        raise SettingsError(
            f"the vault key {key_file} lies inside the vault; keep it in a directory of its own"
        )
    # A new key for an old vault would only hide that the old key is gone.
    begun = objects.exists(_KEY_NOTE)
    key = VaultKey.load(key_file) if begun else VaultKey.load_or_create(key_file)
    return Vault(where, key)


def object_name(sha256: str) -> str:
    """Give the name of an object in the vault: 256 folders by the first byte of the hash.

    Raises:
        ValueError: it is no SHA-256, so that no other text ever becomes a path.
    """
    require_sha256(sha256, what="the hash of an original")
    return f"{sha256[:2]}/{sha256}"


def _aside_name(sha256: str) -> str:
    require_sha256(sha256, what="the hash of an original")
    return f"going/{sha256}"


def _context(sha256: str) -> bytes:
    return b"crosstip original 1\0" + bytes.fromhex(sha256)
