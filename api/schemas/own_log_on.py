"""Bodies and answers of what a person changes of their own log-on."""

from __future__ import annotations

from pydantic import Field, SecretStr

from api.schemas.common import Part, Wanted
from api.schemas.key_answers import KEY_ANSWER, SignedChallenge
from graph.services.own_proof import Proof


class ProofQuestion(Wanted):
    """Who asks proves it once more: a session may be somebody else's by now."""

    password: SecretStr = Field(max_length=1024, description="The present password.")
    code: str | None = Field(
        default=None,
        max_length=64,
        description="Present code of the second factor, one that was not used yet, or a recovery "
        "code.",
        examples=["123456"],
    )
    key_answer: SignedChallenge | None = KEY_ANSWER

    def proof(self) -> Proof:
        """Give it for the core."""
        return Proof(
            password=self.password,
            code=self.code or None,
            key_answer=None if self.key_answer is None else self.key_answer.shown(),
        )


class PasswordQuestion(ProofQuestion):
    """A new password of one's own."""

    new_password: SecretStr = Field(max_length=1024, description="12 to 256 characters.")


class PasswordChanged(Part):
    """The password is changed; this session goes on."""

    ended: int = Field(description="Other sessions that were ended.")


class FactorQuestion(ProofQuestion):
    """The second factor that was offered to this session, confirmed."""

    new_code: str = Field(
        min_length=1,
        max_length=16,
        description="What the new device shows now.",
        examples=["654321"],
    )
