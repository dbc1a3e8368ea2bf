"""The log's keys: files of mode 0600, kept apart from the store and from its backup."""

from __future__ import annotations

import hashlib
import hmac
import os
import re
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from graph.audit.errors import AuditKeyError
from graph.audit.notes import Signer
from graph.disk import is_no_room
from graph.errors import StorageFullError

_SIGNING = re.compile(
    r"crosstip audit signing key 1\nname (?P<name>[a-z0-9-]{1,40})\nkey (?P<secret>[0-9a-f]{64})\n"
)
_TOKENS = re.compile(r"crosstip audit token key 1\nkey (?P<secret>[0-9a-f]{64})\n")
_TOKEN_LABEL = b"crosstip object token 1\0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """Gives the tokens that stand for identifiers in the log. Its representation hides the key."""

    secret: bytes = field(repr=False)

    def of(self, kind: str, key: str) -> str:
        """Give the token of an identifier: a keyed HMAC-SHA-256 of its kind and key.

        A plain hash would be undone by trying all telephone numbers, in some hours.
        """
        message = _TOKEN_LABEL + kind.encode() + b"\0" + key.encode()
        return f"token:{hmac.new(self.secret, message, hashlib.sha256).hexdigest()}"


@dataclass(frozen=True, slots=True)
class KeyFiles:
    """Where the log's keys are in a directory of keys. Knows names only, touches nothing."""

    root: Path

    @property
    def signing(self) -> Path:
        """The key that signs checkpoints."""
        return self.root / "audit-signing.key"

    @property
    def next(self) -> Path:
        """The key that signs after the next checkpoint."""
        return self.root / "audit-signing.next.key"

    @property
    def tokens(self) -> Path:
        """The key of the tokens that stand for identifiers."""
        return self.root / "audit-tokens.key"


def new_signer() -> Signer:
    """Give a new random key that signs; its name tells it from others."""
    return Signer(name=f"crosstip-{secrets.token_hex(4)}", secret=secrets.token_bytes(32))


def save_signer(path: Path, signer: Signer) -> None:
    """Write a signing key to a new file.

    Raises:
        AuditKeyError: there is such a file already, or it cannot be written.
    """
    _create(path, f"crosstip audit signing key 1\nname {signer.name}\nkey {signer.secret.hex()}\n")


def load_signer(path: Path) -> Signer:
    """Give the signing key of a file.

    Raises:
        AuditKeyError: it is missing, open to others, or damaged.
    """
    found = _SIGNING.fullmatch(
        read_private(path, missing="Make one with `crosstip audit key new`.")
    )
    if found is None:
        raise AuditKeyError(f"The key {path} is damaged; put its copy back.")
    return Signer(name=found["name"], secret=bytes.fromhex(found["secret"]))


def load_or_create_tokens(path: Path) -> Tokens:
    """Give the key of tokens, made when there is none.

    Raises:
        AuditKeyError: it cannot be made, is open to others, or damaged.
    """
    if not path.exists():
        with suppress(FileExistsError):
            write_new(path, f"crosstip audit token key 1\nkey {secrets.token_bytes(32).hex()}\n")
    found = _TOKENS.fullmatch(
        read_private(path, missing="It was there a moment ago; look at that disk.")
    )
    if found is None:
        raise AuditKeyError(
            f"The key {path} is damaged; put its copy back: under another key the tokens of "
            "older records are found no more."
        )
    return Tokens(secret=bytes.fromhex(found["secret"]))


def _create(path: Path, text: str) -> None:
    try:
        write_new(path, text)
    except FileExistsError as error:
        raise AuditKeyError(
            f"There is a key at {path} already. `crosstip audit key rotate` replaces it."
        ) from error


def write_new(path: Path, text: str) -> None:
    """Write a file under its name in one step, synced.

    Raises:
        FileExistsError: the name is taken.
        StorageFullError: there is no room for it.
        AuditKeyError: it cannot be written.
    """
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as target:
            target.write(text)
            target.flush()
            os.fsync(descriptor)
        # A link, unlike a rename, never replaces the key that another process made meanwhile.
        os.link(aside, path)
        sync_directory(path.parent)
    except FileExistsError:
        raise
    except OSError as error:
        if is_no_room(error):
            raise StorageFullError(f"No room to make the key {path}; free space there.") from error
        raise AuditKeyError(f"The key {path} cannot be made ({error.strerror}).") from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def sync_directory(path: Path) -> None:
    """Bring the names in a directory to the disk (fsync(2))."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def read_private(path: Path, *, missing: str) -> str:
    """Give what a key file says; `missing` is what to do where there is none.

    Raises:
        AuditKeyError: it is missing, or open to others.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError as error:
        raise AuditKeyError(f"There is no key at {path}. {missing}") from error
    except OSError as error:
        raise AuditKeyError(f"The key {path} cannot be opened ({error.strerror}).") from error
    with os.fdopen(descriptor, encoding="ascii", errors="replace") as file:
        found = os.fstat(descriptor)
        if found.st_uid not in (os.geteuid(), 0) or found.st_mode & 0o077:
            raise AuditKeyError(
                f"The key {path} is open to other users (mode {stat.S_IMODE(found.st_mode):o}) "
                "or another's. Find out who read it, replace it, then: chmod 600."
            )
        return file.read(4096)
