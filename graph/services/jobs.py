"""Jobs as those who order them see them: ordered, listed, looked at, called off.

A job is its orderer's own: nobody else sees it, whatever their role. What it does needs the right
to do that; `graph.services.job_work` is the worker's side.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms, permits
from graph.casework.terms import DAY_US
from graph.errors import NotFoundError, QuestionError
from graph.queries.holders import WHOSE
from graph.queries.jobs import (
    CALL_OFF,
    CALLED_OFF,
    LOCK,
    MINE,
    ONE,
    CalledOffParams,
    CallOffParams,
    JobRow,
    MyJobParams,
    MyJobsParams,
    TurnParams,
)
from graph.queries.recording import TipKeysParams
from graph.services.acting import About, Seen, act, leaf, look, named, note
from graph.services.audit_reads import ReadLog
from graph.services.job_outcomes import DocumentsOutcome, ExportOutcome
from graph.store import ReadUnit, Store, WriteUnit

MOST = 200
KEPT_US = 7 * DAY_US
"""An ended job, and what it gave, is kept for so long."""
_NOT_THERE = "There is no such job of yours. It may be older than it is kept for."


class JobKind(StrEnum):
    """What a job does."""

    DOCUMENTS = "documents"
    """Takes in what was uploaded."""
    RETRY = "retry"
    """Tries a quarantined document again."""
    EXPORT = "export"
    """Writes a list into a file."""


class JobLane(StrEnum):
    """Jobs of one lane are done one after the other, by turns of agencies; a lane waits for none.

    What an agency hands in must not wait for what another one takes out.
    """

    INTAKE = "intake"
    EXPORTS = "exports"


KINDS: Mapping[JobLane, tuple[JobKind, ...]] = {
    JobLane.INTAKE: (JobKind.DOCUMENTS, JobKind.RETRY),
    JobLane.EXPORTS: (JobKind.EXPORT,),
}
"""The kinds of jobs of each lane."""


class JobState(StrEnum):
    """How far a job is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class JobView:
    """A job and what came of it."""

    row: JobRow
    documents: DocumentsOutcome | None
    """With those tips alone that the caller may see now."""
    export: ExportOutcome | None


def list_jobs(
    caller: Caller, store: Store, *, reads: ReadLog, after_key: str = "", limit: int = 50
) -> tuple[JobRow, ...]:
    """Give the caller's jobs, the newest first, those after a job of theirs where one is named.

    Raises:
        RightsError: the caller has no rights.
        NotFoundError: the job that was named is not there any more.
    """
    start, end = places_of(caller)

    def work(unit: ReadUnit) -> Seen[tuple[JobRow, ...]]:
        after = start
        if after_key != "":
            after = own_job(unit, caller, after_key, Deed.JOB_READ).place
        params = MyJobsParams(after=after, end=end, limit=min(limit, MOST))
        rows = tuple(row for row in unit.read(MINE, params) if _is_own(caller, row, Deed.JOB_READ))
        return Seen(answer=rows, outcome="listed", disclosed=tuple(row.key for row in rows))

    return look(caller, store, deed=Deed.JOB_READ, about=About(), reads=reads, work=work)


def show_job(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> JobView:
    """Give one of the caller's jobs with what came of it.

    Raises:
        NotFoundError: there is no such job of theirs.
    """

    def work(unit: ReadUnit) -> Seen[JobView]:
        row = own_job(unit, caller, key, Deed.JOB_READ)
        documents = _documents(unit, caller, row)
        export = None
        if row.kind == JobKind.EXPORT and row.outcome is not None:
            export = ExportOutcome.model_validate_json(row.outcome)
        shown = documents.tips if documents is not None else ()
        view = JobView(row=row, documents=documents, export=export)
        return Seen(answer=view, outcome="shown", disclosed=shown)

    about = About(object=named(key))
    return look(caller, store, deed=Deed.JOB_READ, about=about, reads=reads, work=work)


def cancel_job(caller: Caller, store: Store, *, key: str) -> JobRow:
    """Call a job off. What it has done stays done; one that runs ends after the part at hand.

    Raises:
        NotFoundError: there is no such job of the caller's.
        QuestionError: it has ended.
    """
    about = About(object=named(key))
    at_us = caller.as_of_us

    def work(unit: WriteUnit) -> JobRow:
        unit.run(LOCK, TurnParams(key=key, turn=uuid.uuid4().hex))
        row = own_job(unit, caller, key, Deed.JOB_CANCEL)
        if row.ended_us is not None:
            raise QuestionError(f"This job has ended already: {row.state}. Nothing was changed.")
        over = CalledOffParams(key=key, at_us=at_us, expires_us=at_us + KEPT_US)
        if len(unit.run(CALLED_OFF, over)) == 0:
            unit.run(CALL_OFF, CallOffParams(key=key, at_us=at_us))
        note(unit, caller, [leaf(caller, Deed.JOB_CANCEL, about, outcome="called off")])
        return own_job(unit, caller, key, Deed.JOB_CANCEL)

    return act(caller, store, deed=Deed.JOB_CANCEL, about=about, work=work)


def own_job(unit: ReadUnit, caller: Caller, key: str, deed: Deed) -> JobRow:
    """Give a job of the caller's.

    Raises:
        NotFoundError: there is none.
    """
    params = MyJobParams(key=key, agency=agency_of(caller), user=caller.user)
    rows = unit.read(ONE, params)
    if len(rows) == 0 or not _is_own(caller, rows[0], deed):
        raise NotFoundError(_NOT_THERE)
    return rows[0]


def _documents(unit: ReadUnit, caller: Caller, row: JobRow) -> DocumentsOutcome | None:
    """Give what became of a job's documents, with the tips that the caller may see now."""
    if row.kind == JobKind.EXPORT or row.outcome is None:
        return None
    found = DocumentsOutcome.model_validate_json(row.outcome)
    named = {*found.tips, *(part.tip for part in found.parts if part.tip is not None)}
    held = unit.read(WHOSE, TipKeysParams(keys=sorted(named)))
    seen = {
        one.tip
        for one in held
        if permits(
            caller,
            Deed.TIP_READ,
            resource=Resource(owner=caller.agency, holders=frozenset(one.holders)),
        )
    }
    parts = tuple(
        part if part.tip is None or part.tip in seen else part.model_copy(update={"tip": None})
        for part in found.parts
    )
    tips = tuple(tip for tip in found.tips if tip in seen)
    return found.model_copy(update={"tips": tips, "parts": parts})


def resource_of(row: JobRow) -> Resource:
    """Give a job as the policies are asked about it."""
    return Resource(owner=row.agency if row.agency != "" else None, asked_by=row.user)


def _is_own(caller: Caller, row: JobRow, deed: Deed) -> bool:
    return confirms(caller, deed, resource=resource_of(row))


def places_of(caller: Caller) -> tuple[str, str]:
    """Give between which places a caller's jobs stand."""
    start = f"{agency_of(caller)}|{caller.user}|"
    return start, f"{start}~"
