"""The log, its checkpoints and proofs on the wire."""

from __future__ import annotations

from pydantic import Field, JsonValue

from api.schemas.common import Answer, Part, Wanted


class LedgerEntry(Part):
    """One line of the log about a record."""

    entry: str = Field(description="Names it for a proof.")
    log: str
    number: int | None = Field(description="Its place in the log; null while it waits for one.")
    at: str
    actor: str
    agency: str | None
    purpose: str | None
    investigation: str | None
    action: str
    outcome: str
    capacity: str = Field(description="Whether it was about the record, or showed it.")


class LedgerQuestion(Wanted):
    """Which record; it travels in the body."""

    record: str = Field(min_length=1, max_length=2000, examples=["ncmec:198000001"])
    limit: int = Field(default=200, ge=1, le=5000)


class LedgerAnswer(Answer):
    """Who did what with a record and was shown it, the newest first, as the own log has it."""

    lines: tuple[LedgerEntry, ...]
    cut_off: tuple[str, ...]


class CheckpointLine(Part):
    """A checkpoint as it was published."""

    number: int
    note: str = Field(description="Signed text (C2SP signed-note).")
    at: str


class CheckpointsAnswer(Answer):
    """Published checkpoints, the newest first."""

    items: tuple[CheckpointLine, ...]
    next_after: str | None


class ProofFile(Answer):
    """A checkpoint or proof as a file; check it with `standalone_verifier.py`."""

    file: dict[str, JsonValue]


class SinceKept(Wanted):
    """A checkpoint that was kept."""

    kept: dict[str, JsonValue] = Field(
        max_length=20, description="A file of `GET /v1/audit/checkpoints/kept`."
    )


class VerifyLog(Wanted):
    """What is known from outside."""

    key: str | None = Field(default=None, max_length=200, description="Public key noted outside.")
    kept: tuple[dict[str, JsonValue], ...] = Field(default=(), max_length=20)


class LogFound(Part):
    """What was found in one log."""

    log: str
    records: int
    waiting: int
    signed: int
    finding: str | None = Field(description="The first place that is wrong, and how.")


class VerificationAnswer(Answer):
    """What recomputing the log found."""

    is_good: bool
    logs: tuple[LogFound, ...]
    waiting: int
    checkpoints: int
    problems: tuple[str, ...]
    key: str | None
    key_is_pinned: bool
