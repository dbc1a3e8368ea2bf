"""Documents handed in, and jobs: how far they are, and what came of them."""

from __future__ import annotations

from email.message import Message
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Header, Query, Request

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce, Desk
from api.conduct.keys import OnceRoute
from api.deps import After, PageLimit, Ref
from api.ports import Handed, Uploads
from api.schemas.common import one, page
from api.schemas.jobs import JobAnswer, JobPage, line_of, rate_of, result_of
from graph.casework.keys import folded
from graph.queries.jobs import MINE, ONE, JobRow
from graph.services.job_orders import order_documents
from graph.services.job_outcomes import DocumentsOutcome, ExportOutcome
from graph.services.jobs import (
    JobState,
    cancel_job,
    list_jobs,
    show_job,
)
from graph.services.timetable import runner_of

router = APIRouter(tags=["jobs"], route_class=OnceRoute)
_NO_WORKER = (
    "No worker has looked for a minute, so nothing begins it: whoever runs the installation starts "
    "`crosstip serve worker`. It is kept."
)
_LONGEST_NAME = 200
_BODY = {
    "requestBody": {
        "required": True,
        "description": "One document, an archive or a table of them, as a file has it.",
        "content": {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}},
    }
}
Disposition = Annotated[
    str | None,
    Header(
        alias="Content-Disposition",
        max_length=600,
        description='Names the file, for display: `attachment; filename="delivery.zip"`.',
    ),
]
_Number = Query(
    max_length=64,
    pattern=r"^[0-9]+$",
    description="Report number of the one document, where it does not say its own.",
)
_Provider = Query(max_length=200, description="Reporting provider of documents that name none.")


async def _whole(request: Request) -> bytes:
    return await request.body()


Whole = Annotated[bytes, Depends(_whole)]


@router.post("/documents", status_code=HTTPStatus.ACCEPTED, openapi_extra=_BODY)
def upload_documents(
    at: AtOnce,
    uploads: Uploads,
    data: Whole,
    *,
    holder: Annotated[
        str | None, Query(max_length=200, description="Whose tips they are; your own agency's.")
    ] = None,
    synthetic: Annotated[bool, Query(description="Declares them synthetic.")] = False,
    report_number: Annotated[str | None, _Number] = None,
    provider: Annotated[str | None, _Provider] = None,
    disposition: Disposition = None,
) -> JobAnswer:
    """Hand documents in. Answered once they are received; a job records them."""
    name = _name(disposition)

    def receive(key: str, meant: str | None) -> int:
        handed = Handed(
            name=name,
            holder=meant,
            synthetic=synthetic,
            report_number=report_number,
            provider=provider,
        )
        return uploads.receive(key, data, handed)

    row = order_documents(
        at.caller,
        at.store,
        holder=None if holder is None else folded(holder),
        wanted={"name": name, "synthetic": synthetic, "bytes": str(len(data))},
        receive=receive,
        reads=at.reads,
    )
    return accepted(at, row)


@router.get("/jobs")
def jobs(at: At, after: After = "", limit: PageLimit = 50) -> JobPage:
    """Your jobs, the newest first."""
    found = place(after, str)
    rows = list_jobs(
        at.caller,
        at.store,
        reads=at.reads,
        after_key="" if found is None else str(found[0]),
        limit=limit,
    )
    following = cursor(rows[-1].key) if len(rows) == limit else None
    lines = [line_of(row) for row in rows]
    return page(JobPage, lines, at, query=MINE.name, next_after=following)


@router.get("/jobs/{job}")
def job(at: At, job: Ref) -> JobAnswer:
    """One of your jobs: how far it is, and what came of it."""
    view = show_job(at.caller, at.store, key=job, reads=at.reads)
    return _answer(at, view.row, view.documents, view.export)


@router.post("/jobs/{job}/cancel")
def cancel_one_job(at: AtOnce, job: Ref) -> JobAnswer:
    """Call a job off. What is recorded stays; one that runs ends after the batch at hand."""
    return _answer(at, cancel_job(at.caller, at.store, key=job), None, None)


def accepted(at: Desk, row: JobRow) -> JobAnswer:
    """Answer that something was ordered, and where it is looked at."""
    at.response.headers["Location"] = f"/v1/jobs/{row.key}"
    return _answer(at, row, None, None)


def _answer(
    at: Desk, row: JobRow, documents: DocumentsOutcome | None, export: ExportOutcome | None
) -> JobAnswer:
    note = None
    if row.state == JobState.QUEUED and runner_of(at.store, at_us=at.caller.as_of_us) is None:
        note = _NO_WORKER
    more = result_of(documents, export)
    return one(JobAnswer, row, at, query=ONE.name, rate=rate_of(row), note=note, **more)


def _name(disposition: str | None) -> str:
    """Give the file's name, for display (RFC 6266; RFC 8187 for what is no ASCII)."""
    if disposition is None:
        return "upload"
    read = Message()
    read["Content-Disposition"] = disposition
    found = read.get_filename()
    if found is None:
        return "upload"
    # The sender chooses how it is coded, and may have it hold what no answer can.
    shown = "".join(c for c in found.encode("utf-8", "replace").decode() if c.isprintable())
    return shown.strip()[:_LONGEST_NAME] or "upload"
