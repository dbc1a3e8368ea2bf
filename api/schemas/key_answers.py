"""What a browser hands over of a security key. Every part is base64url without padding."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Wanted
from graph.logon.key_answers import Attestation, KeyAnswer

_B64 = r"^[A-Za-z0-9_-]*$"
_CREDENTIAL = Field(
    min_length=1,
    max_length=1400,
    pattern=_B64,
    description="Credential id: `id`.",
    examples=["c2VjdXJpdHkta2V5LW9mLWxlYWQ"],
)
_CLIENT_DATA = Field(
    min_length=1,
    max_length=4096,
    pattern=_B64,
    description="What the browser says that it did: `response.clientDataJSON`.",
    examples=["eyJ0eXBlIjoid2ViYXV0aG4uZ2V0In0"],
)


class SignedChallenge(Wanted):
    """A security key's answer to a challenge, of what the credential's `toJSON()` gives."""

    credential: str = _CREDENTIAL
    client_data: str = _CLIENT_DATA
    authenticator_data: str = Field(
        min_length=1,
        max_length=4096,
        pattern=_B64,
        description="`response.authenticatorData`.",
        examples=["SZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2MFAAAAAQ"],
    )
    signature: str = Field(
        min_length=1,
        max_length=2048,
        pattern=_B64,
        description="`response.signature`.",
        examples=["MEUCIQDx"],
    )
    user_handle: str | None = Field(
        default=None,
        max_length=128,
        pattern=_B64,
        description="`response.userHandle`, where there is one.",
        examples=["aGFuZGxl"],
    )

    def shown(self) -> KeyAnswer:
        """Give it for the core."""
        return KeyAnswer(
            credential=self.credential,
            client_data=self.client_data,
            authenticator_data=self.authenticator_data,
            signature=self.signature,
            user_handle=self.user_handle or None,
        )


class KeyAttestation(Wanted):
    """A new security key (WebAuthn, 5.2.1): parts of what `toJSON()` gives of the credential."""

    credential: str = _CREDENTIAL
    client_data: str = _CLIENT_DATA
    attestation: str = Field(
        min_length=1,
        max_length=16_384,
        pattern=_B64,
        description="`response.attestationObject`. Who made the key is not asked.",
        examples=["o2NmbXRkbm9uZQ"],
    )
    transports: tuple[str, ...] = Field(
        default=(),
        max_length=10,
        description="`response.transports`; what is not known is left out.",
        examples=[["usb", "nfc"]],
    )

    def shown(self) -> Attestation:
        """Give it for the core."""
        return Attestation(
            credential=self.credential,
            client_data=self.client_data,
            attestation=self.attestation,
            transports=self.transports,
        )


KEY_ANSWER: SignedChallenge | None = Field(
    default=None,
    description="A security key's answer to a challenge, in place of the code; with it the code is "
    "not looked at.",
)
"""Beside a code."""
