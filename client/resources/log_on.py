"""The API's log-on: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from client.answers import Asked, Part
from client.calls import Calls, read


class IdentityServer(Part):
    """Where people of this installation may also log on (OpenID Connect)."""

    issuer: str
    client_id: str


class LogOnAnswer(Part):
    """How to log on here, and what is to be accepted first."""

    banner: str
    banner_version: str
    opens: str
    code_always: bool
    identity_server: IdentityServer | None
    security_keys: bool


class ChallengeQuestion(Asked):
    """Who wants to log on by a security key."""

    user: str


class ChallengeAnswer(Part):
    """What a browser is to ask of a security key."""

    options: Mapping[str, Any]


class SignedChallenge(Asked):
    """A security key's answer to a challenge, of what the credential's `toJSON()` gives."""

    credential: str
    client_data: str
    authenticator_data: str
    signature: str
    user_handle: str | None = None


class LogOnQuestion(Asked):
    """A log-on by password, and a code or a security key."""

    user: str
    password: str
    code: str | None = None
    key_answer: SignedChallenge | None = None
    banner: str


class WhoAnswer(Part):
    """Who somebody is here."""

    user: str
    agency: str | None
    roles: tuple[str, ...]
    units: tuple[str, ...]


class SessionAnswer(Part):
    """A session that holds."""

    who: WhoAnswer
    how: str
    made_at: str
    idle_ends_at: str
    ends_at: str


class LogOnMade(Part):
    """A new session."""

    token: str
    session: SessionAnswer


class EndedAnswer(Part):
    """How many sessions were ended."""

    ended: int


class NonceAnswer(Part):
    """What a log-on at the identity server has to carry as its `nonce`."""

    nonce: str
    issuer: str
    client_id: str


class TokenQuestion(Asked):
    """A log-on by an ID token of the identity server."""

    id_token: str
    banner: str


class OfferQuestion(Asked):
    """Who wants a second factor."""

    user: str
    enrolment_code: str


class OfferAnswer(Part):
    """A second factor, to be confirmed by enrolment."""

    secret: str
    address: str


class EnrolmentQuestion(Asked):
    """What a user sets with an enrolment code."""

    user: str
    enrolment_code: str
    password: str
    code: str | None = None


class EnrolmentAnswer(Part):
    """Enrolment is done."""

    recovery_codes: tuple[str, ...]


class PasswordQuestion(Asked):
    """A new password of one's own."""

    password: str
    code: str | None = None
    key_answer: SignedChallenge | None = None
    new_password: str


class PasswordChanged(Part):
    """The password is changed; this session goes on."""

    ended: int


class FactorQuestion(Asked):
    """The second factor that was offered to this session, confirmed."""

    password: str
    code: str | None = None
    key_answer: SignedChallenge | None = None
    new_code: str


class LogOn(Calls):
    """Calls about log-on."""

    def how_to_log_on(self) -> LogOnAnswer:
        """How to log on here, and the banner that is to be accepted first."""
        return read(self._call("GET", "log-on"), LogOnAnswer)

    def begin_with_key(self, wanted: ChallengeQuestion) -> ChallengeAnswer:
        """Begin a log-on by a security key; the answer is alike for everybody."""
        return read(self._call("POST", "sessions/challenges", body=wanted), ChallengeAnswer)

    def log_on(self, wanted: LogOnQuestion) -> LogOnMade:
        """Log on with user name, password, and a code or a security key."""
        return read(self._call("POST", "sessions", body=wanted), LogOnMade)

    def end_my_sessions(self) -> EndedAnswer:
        """End all sessions of whoever asks, the present one too."""
        return read(self._call("DELETE", "sessions"), EndedAnswer)

    def begin_elsewhere(self) -> NonceAnswer:
        """Begin a log-on at the identity server."""
        return read(self._call("POST", "sessions/nonces"), NonceAnswer)

    def log_on_by_id_token(self, wanted: TokenQuestion) -> LogOnMade:
        """Log on with an ID token that the identity server gave for a nonce of this API."""
        return read(self._call("POST", "sessions/by-id-token", body=wanted), LogOnMade)

    def offer_second_factor(self, wanted: OfferQuestion) -> OfferAnswer:
        """Give a fresh second factor for an enrolment; a new one each time."""
        return read(self._call("POST", "enrolments/offers", body=wanted), OfferAnswer)

    def enrol(self, wanted: EnrolmentQuestion) -> EnrolmentAnswer:
        """Set password and second factor with a one-time code of an administrator."""
        return read(self._call("POST", "enrolments", body=wanted), EnrolmentAnswer)

    def current_session(self) -> SessionAnswer:
        """Who is logged on, and until when."""
        return read(self._call("GET", "sessions/current"), SessionAnswer)

    def log_out(self) -> EndedAnswer:
        """End the present session."""
        return read(self._call("DELETE", "sessions/current"), EndedAnswer)

    def change_own_password(self, wanted: PasswordQuestion) -> PasswordChanged:
        """Change one's own password; all other sessions end."""
        return read(self._call("POST", "account/password", body=wanted), PasswordChanged)

    def offer_own_second_factor(self) -> OfferAnswer:
        """Give a fresh second factor to this session; it opens nothing until it is confirmed."""
        return read(self._call("POST", "account/second-factor/offers"), OfferAnswer)

    def replace_own_second_factor(self, wanted: FactorQuestion) -> EnrolmentAnswer:
        """Replace one's own second factor by the one that was offered; all other sessions end."""
        return read(self._call("POST", "account/second-factor", body=wanted), EnrolmentAnswer)
