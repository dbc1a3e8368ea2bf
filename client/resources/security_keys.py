"""The API's security-keys: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from client.answers import Asked, Part
from client.calls import Calls, once, part, read
from client.resources.accounts import DoneAnswer
from client.resources.log_on import ChallengeAnswer, EndedAnswer, SignedChallenge


class SecurityKeyLine(Part):
    """A security key, without what it signs with."""

    ref: str
    name: str
    transports: tuple[str, ...] | None
    made_at: str
    used_at: str | None


class SecurityKeysAnswer(Part):
    """Security keys of somebody, the first one first."""

    keys: tuple[SecurityKeyLine, ...]


class KeyAttestation(Asked):
    """A new security key (WebAuthn, 5.2.1): parts of what `toJSON()` gives of the credential."""

    credential: str
    client_data: str
    attestation: str
    transports: tuple[str, ...] = ()


class AddKeyQuestion(Asked):
    """A security key that was offered to this session."""

    password: str
    code: str | None = None
    key_answer: SignedChallenge | None = None
    name: str
    attestation: KeyAttestation


class KeyAdded(Part):
    """The security key is added; this session goes on."""

    key: SecurityKeyLine
    ended: int


class KeyOfferAnswer(Part):
    """What a browser is to ask of a new security key."""

    options: Mapping[str, Any]


class NameKeyQuestion(Asked):
    """Another name of a security key."""

    name: str


class EndKeyQuestion(Asked):
    """Proof of who ends a security key."""

    password: str
    code: str | None = None
    key_answer: SignedChallenge | None = None


class SecurityKeys(Calls):
    """Calls about security-keys."""

    def own_keys(self) -> SecurityKeysAnswer:
        """One's own security keys."""
        return read(self._call("GET", "account/security-keys"), SecurityKeysAnswer)

    def add_own_key(self, wanted: AddKeyQuestion) -> KeyAdded:
        """Add a security key; all other sessions end."""
        return read(self._call("POST", "account/security-keys", body=wanted), KeyAdded)

    def offer_own_key(self) -> KeyOfferAnswer:
        """Begin to add a security key, in this session."""
        return read(self._call("POST", "account/security-keys/offers"), KeyOfferAnswer)

    def begin_own_proof(self) -> ChallengeAnswer:
        """Begin to prove oneself once more by a security key, in this session."""
        return read(self._call("POST", "account/security-keys/challenges"), ChallengeAnswer)

    def name_own_key(
        self, ref: str, wanted: NameKeyQuestion, *, key: str | None = None
    ) -> SecurityKeyLine:
        """Call one of one's own security keys something else."""
        return read(
            self._call(
                "POST", f"account/security-keys/{part(ref)}/name", body=wanted, key=once(key)
            ),
            SecurityKeyLine,
        )

    def end_own_key(self, ref: str, wanted: EndKeyQuestion) -> EndedAnswer:
        """End one of one's own security keys; all other sessions end."""
        return read(
            self._call("POST", f"account/security-keys/{part(ref)}/end", body=wanted), EndedAnswer
        )

    def keys_of_user(self, user: str) -> SecurityKeysAnswer:
        """Security keys of a user."""
        return read(self._call("GET", f"users/{part(user)}/security-keys"), SecurityKeysAnswer)

    def end_key_of_user(self, user: str, ref: str) -> DoneAnswer:
        """End a security key of a user at once."""
        return read(
            self._call("DELETE", f"users/{part(user)}/security-keys/{part(ref)}"), DoneAnswer
        )
