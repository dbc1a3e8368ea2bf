"""Jobs as those who order them see them: ordered, listed, looked at, called off.

A job is its orderer's own: nobody else sees it, whatever their role. What it does needs the right
to do that; `graph.services.job_work` is the worker's side.
"""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from graph.casework.caller import Caller
from graph.casework.resource import Resource
from graph.casework.rights import Deed, agency_of, confirms, permits, require
from graph.casework.terms import DAY_US
from graph.errors import CrosstipError, NotFoundError, QuestionError
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
from graph.services.acting import About, Seen, act, leaf, look, named, note, refusal
from graph.services.audit_reads import ReadLog
from graph.services.holders import require_routing
from graph.services.job_outcomes import DocumentsOutcome, ExportOutcome
from graph.store import ReadUnit, Store, WriteUnit

MOST = 200
KEPT_US = 7 * DAY_US
"""An ended job, and what it gave, is kept for so long."""
Wanted: TypeAlias = "Mapping[str, str | bool | None]"
_LATEST_US = 1 << 62
_NOT_THERE = "There is no such job of yours. It may be older than it is kept for."


class JobKind(StrEnum):
    """What a job does."""

    DOCUMENTS = "documents"
    """Takes in what was uploaded."""
    RETRY = "retry"
    """Tries a quarantined document again."""
    EXPORT = "export"
    """Writes a list into a file."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What somebody wants done."""

    key: str
    kind: JobKind
    deed: Deed
    wanted: Wanted
    total: int | None = None
    """How much there is to do, where that is known."""


def fresh_key() -> str:
    """Give the key of a new job."""
    return uuid.uuid4().hex


def order_documents(
    caller: Caller,
    store: Store,
    *,
    holder: str | None,
    wanted: Wanted,
    receive: Callable[[str, str | None], int],
    reads: ReadLog,
) -> JobRow:
    """Have documents taken in that are in a spool when `receive` has come back.

    It is given the job's key and the holder that is meant (the caller's agency where none is
    named), and gives how many documents there are.

    Raises:
        RightsError: the caller takes in no tips, or may not say that this agency holds them;
            nothing was received.
        IntakeError: they could not be received.
        StoreError: the store could not; what was received without a job is deleted in a day.
    """
    try:
        require(caller, Deed.TIP_TAKE_IN)
        meant = holder if holder is not None else caller.agency
        if meant is not None:
            require_routing(caller, meant)
        key = fresh_key()
        total = receive(key, meant)
    except CrosstipError as error:
        reads.note([refusal(caller, Deed.TIP_TAKE_IN, About(), error)], actor=caller.user)
        raise
    return _ordered(
        caller,
        store,
        Order(
            key=key,
            kind=JobKind.DOCUMENTS,
            deed=Deed.TIP_TAKE_IN,
            wanted={**wanted, "holder": meant},
            total=total,
        ),
    )


def order_retry(caller: Caller, store: Store, *, entry: str) -> JobRow:
    """Have a quarantined document tried again, which the caller may see (asked before).

    Raises:
        RightsError: the caller settles no quarantine.
        StoreError: the store could not; nothing was ordered.
    """
    order = Order(
        key=fresh_key(),
        kind=JobKind.RETRY,
        deed=Deed.QUARANTINE_SETTLE,
        wanted={"entry": entry},
        total=1,
    )
    return _ordered(caller, store, order)


def order_export(caller: Caller, store: Store, *, deed: Deed, wanted: Wanted) -> JobRow:
    """Have a list written into a file; `deed` is what reading it needs.

    Raises:
        RightsError: the caller takes no lists out, or may not read this one.
        StoreError: the store could not; nothing was ordered.
    """
    order = Order(key=fresh_key(), kind=JobKind.EXPORT, deed=Deed.EXPORT_MAKE, wanted=wanted)
    return _ordered(caller, store, order, also=deed)


def list_jobs(
    caller: Caller, store: Store, *, reads: ReadLog, after_key: str = "", limit: int = 50
) -> tuple[JobRow, ...]:
    """Give the caller's jobs, the newest first, those after a job of theirs where one is named.

    Raises:
        RightsError: the caller has no rights.
        NotFoundError: the job that was named is not there any more.
    """
    start, end = _places(caller)

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
    held = unit.read(WHOSE, TipKeysParams(keys=sorted(found.tips)))
    seen = {
        one.tip
        for one in held
        if permits(
            caller,
            Deed.TIP_READ,
            resource=Resource(owner=caller.agency, holders=frozenset(one.holders)),
        )
    }
    return found.model_copy(update={"tips": tuple(tip for tip in found.tips if tip in seen)})


def resource_of(row: JobRow) -> Resource:
    """Give a job as the policies are asked about it."""
    return Resource(owner=row.agency if row.agency != "" else None, asked_by=row.user)


def _is_own(caller: Caller, row: JobRow, deed: Deed) -> bool:
    return confirms(caller, deed, resource=resource_of(row))


def _places(caller: Caller) -> tuple[str, str]:
    start = f"{agency_of(caller)}|{caller.user}|"
    return start, f"{start}~"


def _ordered(caller: Caller, store: Store, order: Order, *, also: Deed | None = None) -> JobRow:
    at_us = caller.as_of_us
    about = About(object=order.key)
    row = JobRow(
        key=order.key,
        agency=agency_of(caller),
        user=caller.user,
        place=f"{_places(caller)[0]}{_LATEST_US - at_us:020d}|{order.key}",
        kind=order.kind.value,
        wanted=json.dumps(order.wanted, ensure_ascii=True, sort_keys=True),
        state=JobState.QUEUED.value,
        made_us=at_us,
        started_us=None,
        moved_us=None,
        ended_us=None,
        expires_us=None,
        total=order.total,
        done=0,
        outcome=None,
        problem=None,
        cancel_us=None,
        fence=0,
        until_us=0,
        request=caller.request,
    )

    def work(unit: WriteUnit) -> JobRow:
        if also is not None:
            require(caller, also)
        unit.insert_nodes("Job", [{**row.model_dump(), "open_us": at_us}])
        outcome = f"ordered: {order.kind.value}"
        note(unit, caller, [leaf(caller, order.deed, about, outcome=outcome)])
        return row

    return act(caller, store, deed=order.deed, about=about, work=work)
