"""Sealed bytes: AES-256-GCM with the id of the key in front.

Layout: `CTSEAL1` and a zero byte, key id (8 bytes), nonce (12), ciphertext, tag (16). The tag also
covers everything in front of the nonce and a context (what the bytes are and for whom), so that a
sealed object does not open in another one's place.

NIST SP 800-38D: a 96-bit nonce from a random generator (8.2.2) is safe for at most 2^32 sealings
under one key (8.3), which a million a day reach after 11 years; one sealing takes at most
2^39 - 256 bits (5.2.1.1). The tag has the full 128 bits.
"""

from __future__ import annotations

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from graph.errors import IntakeError
from ingest.vault_key import ID_BYTES, VaultKey

_MAGIC = b"CTSEAL1\0"
_NONCE_BYTES = 12
_TAG_BYTES = 16
_HEAD = len(_MAGIC) + ID_BYTES
OVERHEAD = _HEAD + _NONCE_BYTES + _TAG_BYTES
"""Bytes by which sealing makes data longer."""
MOST_BYTES = 2**31 - 1 - _TAG_BYTES
"""What the library seals in one call; the standard would allow 64 GiB."""


class SealError(IntakeError):
    """Sealed bytes cannot be opened."""


class WrongKeyError(SealError):
    """The bytes were sealed with another key."""


class DamagedSealError(SealError):
    """The bytes are not what was sealed, or were sealed as something else."""


def seal(key: VaultKey, data: bytes, *, context: bytes) -> bytes:
    """Give the sealed form of data.

    Raises:
        IntakeError: the data is longer than one sealing allows.
    """
    if len(data) > MOST_BYTES:
        raise IntakeError(
            f"a document of {len(data)} bytes is longer than the {MOST_BYTES} that can be sealed; "
            "split it"
        )
    nonce = secrets.token_bytes(_NONCE_BYTES)
    head = _MAGIC + bytes.fromhex(key.id)
    return head + nonce + AESGCM(key.secret).encrypt(nonce, data, head + context)


def unseal(key: VaultKey, sealed: bytes, *, context: bytes, what: str) -> bytes:
    """Give back what was sealed.

    Args:
        key: the key it was sealed with.
        sealed: from `seal`.
        context: the same as when it was sealed.
        what: what it is, for the error message.

    Raises:
        WrongKeyError: it names another key.
        DamagedSealError: it is no sealed object, was changed, or stands in another's place.
    """
    if len(sealed) < OVERHEAD or not sealed.startswith(_MAGIC):
        raise DamagedSealError(f"{what} is damaged: it is no sealed object; restore it")
    head, nonce = sealed[:_HEAD], sealed[_HEAD : _HEAD + _NONCE_BYTES]
    body = sealed[_HEAD + _NONCE_BYTES :]
    named = head[len(_MAGIC) :].hex()
    if named != key.id:
        raise WrongKeyError(
            f"{what} was sealed with key {named} and the key in use is {key.id}; put the key file "
            f"of {named} in place (or restore the object, should no such key exist)"
        )
    try:
        return AESGCM(key.secret).decrypt(nonce, body, head + context)
    except InvalidTag as error:
        raise DamagedSealError(
            f"{what} is damaged: it does not match its seal; restore it from a backup"
        ) from error
