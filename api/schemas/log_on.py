"""Bodies and answers of log-on and enrolment. Nothing secret is in an address or a log."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, SecretStr

from api.schemas.common import Part, Wanted
from api.schemas.key_answers import KEY_ANSWER, SignedChallenge
from api.schemas.sessions import SessionAnswer
from graph.services.enrolment import Enrolment
from graph.services.log_on import Attempt

_USER = Field(max_length=200, description="User name.", examples=["lead.north"])
_CODE = Field(
    default=None,
    max_length=64,
    description="Present code of the second factor, or a recovery code.",
    examples=["123456"],
)
_BANNER = Field(max_length=64, description="Version of the banner that was accepted.")


class IdentityServer(Part):
    """Where people of this installation may also log on (OpenID Connect)."""

    issuer: str
    client_id: str


class LogOnAnswer(Part):
    """How to log on here, and what is to be accepted first."""

    banner: str = Field(description="To be shown and accepted before log-on (CJIS AC-8).")
    banner_version: str
    opens: Literal["account", "installation token"] = Field(
        description="What opens the store; the installation's token while nobody is entered."
    )
    code_always: bool = Field(description="Whether every account has a second factor.")
    identity_server: IdentityServer | None
    security_keys: bool = Field(description="Whether a security key may stand for the code.")


class LogOnQuestion(Wanted):
    """A log-on by password, and a code or a security key."""

    user: str = _USER
    password: SecretStr = Field(max_length=1024)
    code: str | None = _CODE
    key_answer: SignedChallenge | None = KEY_ANSWER
    banner: str = _BANNER

    def attempt(self) -> Attempt:
        """Give it for the core."""
        return Attempt(
            user=self.user,
            password=self.password,
            code=self.code or None,
            key_answer=None if self.key_answer is None else self.key_answer.shown(),
            banner=self.banner,
        )


class LogOnMade(Part):
    """A new session."""

    token: str = Field(description="To be sent as `Authorization: Bearer`. Shown once.")
    session: SessionAnswer


class TokenQuestion(Wanted):
    """A log-on by an ID token of the identity server."""

    id_token: SecretStr = Field(max_length=16_384)
    banner: str = _BANNER


class NonceAnswer(Part):
    """What a log-on at the identity server has to carry as its `nonce`."""

    nonce: str = Field(description="Holds once, for ten minutes.")
    issuer: str
    client_id: str


class OfferQuestion(Wanted):
    """Who wants a second factor."""

    user: str = _USER
    enrolment_code: SecretStr = Field(max_length=64)


class OfferAnswer(Part):
    """A second factor, to be confirmed by enrolment."""

    secret: str = Field(description="For an authenticator app; base 32.")
    address: str = Field(description="The same as an `otpauth:` address.")


class EnrolmentQuestion(OfferQuestion):
    """What a user sets with an enrolment code."""

    password: SecretStr = Field(max_length=1024, description="12 to 256 characters.")
    code: str | None = _CODE

    def enrolment(self) -> Enrolment:
        """Give it for the core."""
        return Enrolment(
            user=self.user,
            enrolment_code=self.enrolment_code.get_secret_value(),
            password=self.password,
            code=self.code or None,
        )


class EnrolmentAnswer(Part):
    """Enrolment is done."""

    recovery_codes: tuple[str, ...] = Field(
        description="Each opens once in place of a code. Shown once; keep them on paper."
    )
