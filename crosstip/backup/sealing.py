"""A sealed stream: AES-256-GCM over pieces of 1 MiB, so that nothing must fit into memory.

Layout: `CTBACK1` and a zero byte, the key's name (8 bytes), a random salt (32); then the pieces,
each with its tag (16). Every stream has a key of its own, HKDF-SHA256 of the key and the salt (RFC
5869), and its pieces are numbered in their nonces with a mark on the last one (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, CRYPTO 2015). So a stream that was cut,
reordered, joined with another or changed in one bit does not open.
"""

from __future__ import annotations

import secrets
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from crosstip.backup.errors import DamagedBackupError
from crosstip.backup.keys import BackupKey

MAGIC = b"CTBACK1\0"
PIECE = 1 << 20
_SALT = 32
_TAG = 16
_DAMAGED = (
    "The backup does not open: it was changed or cut, or its key is another one. Nothing was "
    "restored; take another copy."
)


class SealedWriter:
    """Seals what is written to it. Ends with `finish`; without that nothing opens."""

    def __init__(self, target: BinaryIO, key: BackupKey) -> None:
        """Write the head."""
        salt = secrets.token_bytes(_SALT)
        self._head = MAGIC + key.id + salt
        self._cipher = _cipher(key, salt)
        self._target = target
        self._target.write(self._head)
        self._waiting = bytearray()
        self._number = 0

    def write(self, data: bytes) -> int:
        """Take bytes; whole pieces are sealed at once."""
        self._waiting += data
        while len(self._waiting) > PIECE:
            piece = bytes(self._waiting[:PIECE])
            del self._waiting[:PIECE]
            self._seal(piece, is_last=False)
        return len(data)

    def finish(self) -> None:
        """Seal what is left as the last piece."""
        self._seal(bytes(self._waiting), is_last=True)
        self._waiting.clear()

    def _seal(self, piece: bytes, *, is_last: bool) -> None:
        nonce = _nonce(self._number, is_last=is_last)
        self._target.write(self._cipher.encrypt(nonce, piece, self._head))
        self._number += 1


class SealedReader:
    """Opens a sealed stream. Bytes are given only after their piece was found whole."""

    def __init__(self, source: BinaryIO, key: BackupKey) -> None:
        """Read the head.

        Raises:
            DamagedBackupError: it is no sealed backup, or was sealed with another key.
        """
        self._head = source.read(len(MAGIC) + len(key.id) + _SALT)
        if not self._head.startswith(MAGIC) or len(self._head) < len(MAGIC) + 8 + _SALT:
            raise DamagedBackupError(_DAMAGED)
        named = self._head[len(MAGIC) : len(MAGIC) + len(key.id)]
        if named != key.id:
            raise DamagedBackupError(
                f"The backup was sealed with the key {named.hex()}, and the one given is "
                f"{key.id.hex()}. Name the file of that key."
            )
        self._cipher = _cipher(key, self._head[-_SALT:])
        self._source = source
        self._ahead = source.read(PIECE + _TAG)
        self._open = b""
        self._at = 0
        self._number = 0
        self._is_over = False

    def read(self, size: int = -1) -> bytes:
        """Give up to so many bytes; fewer only at the end.

        Raises:
            DamagedBackupError: a piece is not what was sealed, or the end is missing.
        """
        parts: list[bytes] = []
        left = size if size >= 0 else 1 << 62
        while left > 0:
            if self._at == len(self._open):
                if self._is_over:
                    break
                self._next()
                continue
            part = self._open[self._at : self._at + left]
            self._at += len(part)
            left -= len(part)
            parts.append(part)
        return b"".join(parts)

    def _next(self) -> None:
        piece, self._ahead = self._ahead, self._source.read(PIECE + _TAG)
        self._is_over = len(self._ahead) == 0
        try:
            nonce = _nonce(self._number, is_last=self._is_over)
            self._open = self._cipher.decrypt(nonce, piece, self._head)
        except InvalidTag as error:
            raise DamagedBackupError(_DAMAGED) from error
        self._at = 0
        self._number += 1


def _cipher(key: BackupKey, salt: bytes) -> AESGCM:
    derived = HKDF(algorithm=SHA256(), length=32, salt=salt, info=MAGIC).derive(key.secret)
    return AESGCM(derived)


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\1" if is_last else b"\0")
