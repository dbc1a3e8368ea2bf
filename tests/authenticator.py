"""A security key in software: makes credentials and signs challenges as a real one does, and as a
broken or hostile one would (WebAuthn level 2, 6; CTAP 2).
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import cbor2
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, ed25519
from pydantic import JsonValue

from graph.logon.key_answers import Attestation, KeyAnswer, from_text, to_text
from graph.logon.key_settings import KeySettings

RP_ID: Final = "crosstip.example.org"
ORIGIN: Final = f"https://{RP_ID}"
SITE: Final = KeySettings(rp_id=RP_ID, origins=(ORIGIN,))
_PRESENT, _VERIFIED, _ATTESTED = 0x01, 0x04, 0x40
_AAGUID: Final = bytes(16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How a key and its browser answer; what is not as it should be is the test's."""

    origin: str = ORIGIN
    rp_id: str = RP_ID
    is_verified: bool = True
    is_present: bool = True
    challenge: str | None = None
    kind: str | None = None
    cross_origin: bool = False
    handle: str | None = None
    signature: bytes | None = None


USUAL: Final = Manner()


@dataclass(slots=True, kw_only=True)
class SoftKey:
    """A security key that holds one credential."""

    is_edwards: bool = False
    count: int = 0
    step: int = 1
    """By how much each signature raises the count; none for a key that does not count."""
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    handle: str | None = None
    _private: ec.EllipticCurvePrivateKey | ed25519.Ed25519PrivateKey = field(init=False)

    def __post_init__(self) -> None:
        """Make the pair of keys."""
        self._private = (
            ed25519.Ed25519PrivateKey.generate()
            if self.is_edwards
            else ec.generate_private_key(ec.SECP256R1())
        )

    def twin(self) -> SoftKey:
        """Give a copy, as somebody has who read the key out."""
        other = SoftKey(is_edwards=self.is_edwards, count=self.count, step=self.step)
        other.credential, other.handle, other._private = self.credential, self.handle, self._private
        return other

    def make(self, options: Mapping[str, JsonValue], manner: Manner = USUAL) -> Attestation:
        """Answer `navigator.credentials.create`."""
        user = options["user"]
        assert isinstance(user, dict)
        self.handle = str(user["id"])
        data = _client_data("webauthn.create", options, manner)
        identity = self.credential
        held = _AAGUID + len(identity).to_bytes(2, "big") + identity + cbor2.dumps(self._cose())
        device = self._device(manner, flags=_ATTESTED) + held
        shown = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": device})
        return Attestation(
            credential=to_text(identity),
            client_data=to_text(data),
            attestation=to_text(shown),
            transports=("usb", "nfc", "telepathy"),
        )

    def sign(self, options: Mapping[str, JsonValue], manner: Manner = USUAL) -> KeyAnswer:
        """Answer `navigator.credentials.get`."""
        self.count += self.step
        data = _client_data("webauthn.get", options, manner)
        device = self._device(manner)
        signed = device + hashlib.sha256(data).digest()
        if isinstance(self._private, ed25519.Ed25519PrivateKey):
            signature = self._private.sign(signed)
        else:
            signature = self._private.sign(signed, ec.ECDSA(hashes.SHA256()))
        return KeyAnswer(
            credential=to_text(self.credential),
            client_data=to_text(data),
            authenticator_data=to_text(device),
            signature=to_text(signature if manner.signature is None else manner.signature),
            user_handle=self.handle if manner.handle is None else manner.handle,
        )

    def _device(self, manner: Manner, *, flags: int = 0) -> bytes:
        flags |= _PRESENT if manner.is_present else 0
        flags |= _VERIFIED if manner.is_verified else 0
        site = hashlib.sha256(manner.rp_id.encode()).digest()
        return site + bytes([flags]) + self.count.to_bytes(4, "big")

    def _cose(self) -> dict[int, int | bytes]:
        public = self._private.public_key()
        if isinstance(public, ed25519.Ed25519PublicKey):
            return {1: 1, 3: -8, -1: 6, -2: public.public_bytes_raw()}
        numbers = public.public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        return {1: 2, 3: -7, -1: 1, -2: x, -3: y}


def flipped(key_answer: KeyAnswer) -> KeyAnswer:
    """Give an answer whose signature has one bit turned, so that it is certainly another."""
    signature = bytearray(from_text(key_answer.signature) or b"")
    signature[-1] ^= 1
    return replace(key_answer, signature=to_text(bytes(signature)))


def _client_data(kind: str, options: Mapping[str, JsonValue], manner: Manner) -> bytes:
    said: dict[str, str | bool] = {
        "type": kind if manner.kind is None else manner.kind,
        "challenge": str(options["challenge"]) if manner.challenge is None else manner.challenge,
        "origin": manner.origin,
        "crossOrigin": manner.cross_origin,
    }
    return json.dumps(said).encode()
