"""The log: asked, proved, verified and given away, each caller their own."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import PlainTextResponse

from api import auditing
from api.conduct.desk import Desk, asks
from api.deps import After, PageLimit, Ref
from api.schemas.audit import (
    CheckpointsAnswer,
    LedgerAnswer,
    LedgerQuestion,
    ProofFile,
    SinceKept,
    VerificationAnswer,
    VerifyLog,
)
from graph.casework.deeds import Deed

router = APIRouter(tags=["audit"])
_Log = Annotated[
    str | None,
    Query(max_length=200, description="`operator` or `agency:KEY`; your own when not given."),
]
Reads = Annotated[Desk, asks(Deed.AUDIT_READ)]
Verifies = Annotated[Desk, asks(Deed.AUDIT_VERIFY)]


@router.post("/audit/ledger")
def audit_ledger(at: Reads, question: LedgerQuestion) -> LedgerAnswer:
    """Who did what with a record, and who was shown it, as your own log has it."""
    return auditing.ledger_of(at, question)


@router.get("/audit/checkpoints")
def audit_checkpoints(at: Reads, after: After = "", limit: PageLimit = 50) -> CheckpointsAnswer:
    """Published checkpoints, the newest first."""
    return auditing.checkpoints_of(at, after, limit)


@router.get("/audit/checkpoints/kept")
def kept_checkpoint(at: Reads, log: _Log = None) -> ProofFile:
    """The newest checkpoint with your log's own head: keep it where nobody here can write."""
    return auditing.kept_of(at, log)


@router.get("/audit/proofs/entries/{entry}")
def prove_audit_entry(at: Verifies, entry: Ref) -> ProofFile:
    """A proof that an entry is in the log, checked before it leaves."""
    return auditing.inclusion_of(at, entry)


@router.post("/audit/proofs/growth")
def prove_audit_growth(at: Verifies, question: SinceKept) -> ProofFile:
    """A proof that the log only grew since a checkpoint that you kept."""
    return auditing.growth_since(at, question)


@router.post("/audit/verify")
def verify_audit(at: Verifies, question: VerifyLog) -> VerificationAnswer:
    """Recompute the log from its records and compare it with every checkpoint."""
    return auditing.verified(at, question)


@router.get("/audit/export", response_class=PlainTextResponse)
def export_audit(at: Reads, log: _Log = None) -> PlainTextResponse:
    """Your log with its hashes and checkpoints, for the stand-alone verifier."""
    return PlainTextResponse(auditing.exported(at, log))
