"""Bodies and answers about security keys. Credential ids and public keys are in no list."""

from __future__ import annotations

from collections.abc import Sequence

from pydantic import Field, JsonValue

from api.schemas.common import Part, Wanted
from api.schemas.key_answers import KeyAttestation
from api.schemas.own_log_on import ProofQuestion
from api.schemas.wire import fields
from graph.queries.security_keys import KeyLineRow, SecurityKeyRow

_NAME = Field(
    min_length=1, max_length=80, description="What its user calls it.", examples=["blue, at home"]
)


class ChallengeQuestion(Wanted):
    """Who wants to log on by a security key."""

    user: str = Field(max_length=200, description="User name.", examples=["lead.north"])


class ChallengeAnswer(Part):
    """What a browser is to ask of a security key."""

    options: dict[str, JsonValue] = Field(
        description="As `PublicKeyCredential.parseRequestOptionsFromJSON` takes it. Holds once, "
        "for five minutes.",
        examples=[
            {
                "challenge": "dGhpcyBpcyB0aGlydHktdHdvIHJhbmRvbSBieXRlcyE",
                "timeout": 300_000,
                "rpId": "crosstip.example.org",
                "allowCredentials": [],
                "userVerification": "required",
            }
        ],
    )


class KeyOfferAnswer(Part):
    """What a browser is to ask of a new security key."""

    options: dict[str, JsonValue] = Field(
        description="As `PublicKeyCredential.parseCreationOptionsFromJSON` takes it. Holds once, "
        "for five minutes.",
        examples=[
            {
                "rp": {"id": "crosstip.example.org", "name": "Crosstip"},
                "user": {"id": "aGFuZGxl", "name": "lead.north", "displayName": "lead.north"},
                "challenge": "dGhpcyBpcyB0aGlydHktdHdvIHJhbmRvbSBieXRlcyE",
                "pubKeyCredParams": [{"type": "public-key", "alg": -8}],
            }
        ],
    )


class AddKeyQuestion(ProofQuestion):
    """A security key that was offered to this session."""

    name: str = _NAME
    attestation: KeyAttestation


class NameKeyQuestion(Wanted):
    """Another name of a security key."""

    name: str = _NAME


class EndKeyQuestion(ProofQuestion):
    """Proof of who ends a security key."""


class SecurityKeyLine(Part):
    """A security key, without what it signs with."""

    ref: str
    name: str
    transports: tuple[str, ...] | None
    made_at: str
    used_at: str | None

    @classmethod
    def of(cls, row: SecurityKeyRow | KeyLineRow) -> SecurityKeyLine:
        """Give the line of a row."""
        return cls.model_validate(fields(row))


class SecurityKeysAnswer(Part):
    """Security keys of somebody, the first one first."""

    keys: tuple[SecurityKeyLine, ...]

    @classmethod
    def of(cls, rows: Sequence[KeyLineRow]) -> SecurityKeysAnswer:
        """Give the answer for rows."""
        return cls(keys=tuple(SecurityKeyLine.of(row) for row in rows))


class KeyAdded(Part):
    """The security key is added; this session goes on."""

    key: SecurityKeyLine
    ended: int = Field(description="Other sessions that were ended.")
