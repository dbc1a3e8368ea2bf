"""The log over the wire: whose it is, and files that can be checked without Crosstip."""

from __future__ import annotations

import io
from collections.abc import Mapping

from pydantic import BaseModel, JsonValue, ValidationError

from api.conduct.cursors import cursor, place
from api.conduct.desk import Desk
from api.schemas.audit import (
    CheckpointsAnswer,
    LedgerAnswer,
    LedgerQuestion,
    ProofFile,
    SinceKept,
    VerificationAnswer,
    VerifyLog,
)
from api.schemas.common import some
from api.schemas.wire import Plain, wire
from graph.audit.heads import Kept
from graph.audit.notes import PublicKey
from graph.audit.records import log_of
from graph.clock import iso
from graph.errors import QuestionError
from graph.queries.audit import CHECKPOINTS
from graph.queries.leaves import ENTRIES, ENTRIES_ABOUT, ENTRIES_BY_KEY
from graph.services.audit_checkpoints import newest_checkpoints
from graph.services.audit_export import export_log
from graph.services.audit_heads import keep
from graph.services.audit_ledger import ledger
from graph.services.audit_proofs import prove_entry, prove_growth
from graph.services.audit_verify import LogReport, verify


def ledger_of(at: Desk, question: LedgerQuestion) -> LedgerAnswer:
    """Give what the own log says of a record."""
    own = None if at.caller.unnamed else log_of(at.caller.agency)
    lines = ledger(at.store, question.record, limit=question.limit, log=own)
    at.shows(None, *(line.entry for line in lines))
    cut_off = [f"Only the newest {question.limit} are shown."]
    return some(
        LedgerAnswer,
        at,
        query=ENTRIES_ABOUT.name,
        lines=wire(lines),
        cut_off=[*cut_off] if len(lines) == question.limit else [],
    )


def checkpoints_of(at: Desk, after: str, limit: int) -> CheckpointsAnswer:
    """Give published checkpoints; they are meant for everybody."""
    found = place(after, int)
    rows = newest_checkpoints(
        at.store, before=None if found is None else int(found[0]), limit=limit
    )
    items: list[Plain] = [
        {"number": int(row.key), "note": row.note, "at": iso(row.at_us)} for row in rows
    ]
    following = cursor(int(rows[-1].key)) if len(rows) == limit else None
    return some(CheckpointsAnswer, at, query=CHECKPOINTS.name, items=items, next_after=following)


def kept_of(at: Desk, log: str | None) -> ProofFile:
    """Give the newest checkpoint with a log's own head."""
    name = _one_log(at, log)
    kept = keep(at.store, name)
    at.shows(name)
    return _file(at, kept, ENTRIES.name)


def inclusion_of(at: Desk, entry: str) -> ProofFile:
    """Give the proof that an entry of a log that the caller may verify is in it."""
    own = None if at.caller.agency is None else log_of(at.caller.agency)
    proof = prove_entry(at.store, entry, only=own)
    at.asks(proof.checkpoint.opening.log)
    at.shows(entry)
    return _file(at, proof, ENTRIES_BY_KEY.name)


def growth_since(at: Desk, question: SinceKept) -> ProofFile:
    """Give the proof that a log only grew since a checkpoint that was kept."""
    kept = _kept(question.kept)
    at.asks(kept.opening.log)
    proof = prove_growth(at.store, kept)
    at.shows(kept.opening.log)
    return _file(at, proof, ENTRIES.name)


def verified(at: Desk, question: VerifyLog) -> VerificationAnswer:
    """Give what verifying finds: of the own log, to an operator of all."""
    kept = [_kept(item) for item in question.kept]
    only = None if at.caller.agency is None else log_of(at.caller.agency)
    for item in kept:
        at.asks(item.opening.log)
    found = verify(
        at.store,
        key=None if question.key is None else PublicKey.parse(question.key),
        kept=kept,
        only=only,
    )
    chain = [] if found.chain is None else [f"Checkpoint {found.chain.number}: {found.chain.why}"]
    return some(
        VerificationAnswer,
        at,
        query=ENTRIES.name,
        is_good=found.is_good,
        logs=[_log(report) for report in found.logs],
        waiting=found.waiting,
        checkpoints=found.checkpoints,
        problems=[*chain, *found.problems],
        key=found.key,
        key_is_pinned=found.key_is_pinned,
    )


def exported(at: Desk, log: str | None) -> str:
    """Give a log as text."""
    name = _one_log(at, log)
    text = io.StringIO()
    export_log(at.store, name, write=text.write)
    at.shows(name)
    return text.getvalue()


def _one_log(at: Desk, log: str | None) -> str:
    name = log if log is not None else log_of(at.caller.agency)
    at.asks(name)
    return name


def _kept(said: Mapping[str, JsonValue]) -> Kept:
    try:
        return Kept.model_validate(said)
    except ValidationError as error:
        raise QuestionError("This is no file of a kept checkpoint.") from error


def _file(at: Desk, file: BaseModel, query: str) -> ProofFile:
    said: Plain = file.model_dump(mode="json")
    return some(ProofFile, at, query=query, file=said)


def _log(report: LogReport) -> Plain:
    finding = report.finding
    return {
        "log": report.log,
        "records": report.records,
        "waiting": report.waiting,
        "signed": report.signed,
        "finding": None if finding is None else f"position {finding.position}: {finding.what}",
    }
