"""The API's audit: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from client.answers import Answer, Asked, Part
from client.calls import Calls, part, read


class LedgerQuestion(Asked):
    """Which record; it travels in the body."""

    record: str
    limit: int = 200


class LedgerEntry(Part):
    """One line of the log about a record."""

    entry: str
    log: str
    number: int | None
    at: str
    actor: str
    agency: str | None
    purpose: str | None
    investigation: str | None
    action: str
    outcome: str
    capacity: str


class LedgerAnswer(Answer):
    """Who did what with a record and was shown it, the newest first, as the own log has it."""

    lines: tuple[LedgerEntry, ...]
    cut_off: tuple[str, ...]


class CheckpointLine(Part):
    """A checkpoint as it was published."""

    number: int
    note: str
    at: str


class CheckpointsAnswer(Answer):
    """Published checkpoints, the newest first."""

    items: tuple[CheckpointLine, ...]
    next_after: str | None


class ProofFile(Answer):
    """A checkpoint or proof as a file; check it with `standalone_verifier.py`."""

    file: Mapping[str, Any]


class SinceKept(Asked):
    """A checkpoint that was kept."""

    kept: Mapping[str, Any]


class VerifyLog(Asked):
    """What is known from outside."""

    key: str | None = None
    kept: tuple[Mapping[str, Any], ...] = ()


class LogFound(Part):
    """What was found in one log."""

    log: str
    records: int
    waiting: int
    signed: int
    finding: str | None


class VerificationAnswer(Answer):
    """What recomputing the log found."""

    is_good: bool
    logs: tuple[LogFound, ...]
    waiting: int
    checkpoints: int
    problems: tuple[str, ...]
    key: str | None
    key_is_pinned: bool


class Audit(Calls):
    """Calls about audit."""

    def audit_ledger(self, wanted: LedgerQuestion) -> LedgerAnswer:
        """Who did what with a record, and who was shown it, as your own log has it."""
        return read(self._call("POST", "audit/ledger", body=wanted), LedgerAnswer)

    def audit_checkpoints(self, *, after: str = "", limit: int = 50) -> CheckpointsAnswer:
        """Published checkpoints, the newest first."""
        return read(
            self._call("GET", "audit/checkpoints", params={"after": after, "limit": limit}),
            CheckpointsAnswer,
        )

    def kept_checkpoint(self, *, log: str | None = None) -> ProofFile:
        """The newest checkpoint with your log's own head: keep it where nobody here can write."""
        return read(self._call("GET", "audit/checkpoints/kept", params={"log": log}), ProofFile)

    def prove_audit_entry(self, entry: str) -> ProofFile:
        """A proof that an entry is in the log, checked before it leaves."""
        return read(self._call("GET", f"audit/proofs/entries/{part(entry)}"), ProofFile)

    def prove_audit_growth(self, wanted: SinceKept) -> ProofFile:
        """A proof that the log only grew since a checkpoint that you kept."""
        return read(self._call("POST", "audit/proofs/growth", body=wanted), ProofFile)

    def verify_audit(self, wanted: VerifyLog) -> VerificationAnswer:
        """Recompute the log from its records and compare it with every checkpoint."""
        return read(self._call("POST", "audit/verify", body=wanted), VerificationAnswer)

    def export_audit(self, *, log: str | None = None) -> str:
        """Your log with its hashes and checkpoints, for the stand-alone verifier."""
        return self._call("GET", "audit/export", params={"log": log}).text
