"""Signed notes: a text with Ed25519 signatures below it (C2SP `signed-note`).

    <text, which ends in a newline>
    <empty line>
    — <name of the key> <base64 of key hash and signature>

A public key is written `<name>+<key hash>+<base64 of 0x01 and the key>`.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from graph.audit.errors import AuditKeyError, SignatureError

_ED25519 = b"\x01"
_KEY_BYTES = 32
_MARK = "\u2014 "


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicKey:
    """A key that checks signatures; its hash is its id."""

    name: str
    raw: bytes

    @property
    def hash(self) -> bytes:
        """Four bytes that stand beside a signature and say which key made it."""
        return sha256(self.name.encode() + b"\n" + _ED25519 + self.raw).digest()[:4]

    @property
    def text(self) -> str:
        """The key as people copy it."""
        encoded = base64.b64encode(_ED25519 + self.raw).decode("ascii")
        return f"{self.name}+{self.hash.hex()}+{encoded}"

    @classmethod
    def parse(cls, text: str) -> PublicKey:
        """Give the key of its text.

        Raises:
            AuditKeyError: it is none, or its hash is another key's.
        """
        name, _, rest = text.strip().partition("+")
        try:
            raw = base64.b64decode(rest.partition("+")[2], validate=True)
        except (binascii.Error, ValueError):
            raw = b""
        key = cls(name=name, raw=raw[1:])
        if len(raw) != _KEY_BYTES + 1 or len(name) == 0 or key.text != text.strip():
            raise AuditKeyError(
                "That is no public key of a log. It looks like `crosstip-1a2b3c4d+5e6f7081+AX…`; "
                "`crosstip audit key show` prints it."
            )
        return key


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A key that signs. Its text representation does not show it."""

    name: str
    secret: bytes = field(repr=False)

    @property
    def public(self) -> PublicKey:
        """The key that checks what this one signs."""
        private = Ed25519PrivateKey.from_private_bytes(self.secret)
        return PublicKey(name=self.name, raw=private.public_key().public_bytes_raw())

    def signature_line(self, text: str) -> str:
        """Give the line that signs a text."""
        private = Ed25519PrivateKey.from_private_bytes(self.secret)
        signed = self.public.hash + private.sign(text.encode())
        return f"{_MARK}{self.name} {base64.b64encode(signed).decode('ascii')}\n"


def sign(text: str, signers: Sequence[Signer]) -> str:
    """Give a text, which ends in a newline, with its signatures."""
    return text + "\n" + "".join(signer.signature_line(text) for signer in signers)


def text_of(note: str) -> str:
    """Give the text of a note without looking at its signatures.

    Raises:
        SignatureError: it is no note.
    """
    text, separator, _ = note.rpartition("\n\n")
    if separator == "":
        raise SignatureError("That is no signed note: the empty line before the signatures lacks.")
    return text + "\n"


def require_signed(note: str, key: PublicKey) -> str:
    """Give the text of a note that a key signed.

    Raises:
        SignatureError: it did not, or the text was changed.
    """
    text = text_of(note)
    *lines, rest = note[len(text) + 1 :].split("\n")
    for line in lines if rest == "" else ():
        name, _, encoded = line.removeprefix(_MARK).partition(" ")
        if not line.startswith(_MARK) or name != key.name:
            continue
        signed = _decoded(encoded)
        if signed[:4] == key.hash and _is_valid(key, signed[4:], text):
            return text
    raise SignatureError(f"It is not signed by the key {key.name} ({key.hash.hex()}).")


def _decoded(encoded: str) -> bytes:
    """Give the bytes of the one base64 text that stands for them, or none."""
    try:
        found = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return found if base64.b64encode(found).decode("ascii") == encoded else b""


def _is_valid(key: PublicKey, signature: bytes, text: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key.raw).verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True
