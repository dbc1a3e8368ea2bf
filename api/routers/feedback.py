"""Feedback to NCMEC: outcomes of the own agency's closed tips, written once and remembered."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.deps import After, PageLimit, Ref
from api.schemas.common import one, page, some
from api.schemas.feedback import (
    FeedbackLines,
    FeedbackMade,
    FeedbackPage,
    FeedbackTrial,
    MakeFeedback,
)
from api.schemas.wire import wire
from graph.clock import to_us
from graph.feedback.lines import FeedbackFormat
from graph.queries.caseload_rows import MADE_ROWS
from graph.queries.feedback import LINES, ONE, SENT
from graph.services import feedback_trials
from graph.services.feedback import NewFeedback, make_feedback
from graph.services.feedback_reading import feedback_file, list_feedback, show_feedback

Kind = Annotated[FeedbackFormat, Query(description="How it is written.")]

router = APIRouter(tags=["feedback"], route_class=OnceRoute)


@router.post("/feedback")
def tell_ncmec(at: AtOnce, wanted: MakeFeedback) -> FeedbackMade:
    """Write what NCMEC is to be told of tips that were closed or reopened in a time."""
    new = NewFeedback(
        from_us=to_us(wanted.from_at), until_us=to_us(wanted.until_at), synthetic=at.synthetic
    )
    row = make_feedback(at.caller, at.store, new=new)
    return one(FeedbackMade, row, at, query=ONE.name)


@router.post("/feedback/dry-run")
def try_feedback(at: At, wanted: MakeFeedback) -> FeedbackTrial:
    """What a feedback of a time would tell NCMEC if it were written now. Nothing is written."""
    new = NewFeedback(
        from_us=to_us(wanted.from_at), until_us=to_us(wanted.until_at), synthetic=at.synthetic
    )
    found = feedback_trials.try_feedback(at.caller, at.store, new=new, reads=at.reads)
    return one(FeedbackTrial, found, at, query=MADE_ROWS.name)


@router.get("/feedback")
def feedback_told(at: At, *, after: After = "", limit: PageLimit = 50) -> FeedbackPage:
    """What the own agency told NCMEC, the newest first."""
    start = place(after, str)
    found = list_feedback(
        at.caller,
        at.store,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return page(FeedbackPage, found.items, at, query=SENT.name, next_after=following)


@router.get("/feedback/{feedback}")
def feedback_lines(
    at: At, feedback: Ref, *, after: After = "", limit: PageLimit = 50
) -> FeedbackLines:
    """One feedback of the own agency with a page of its lines."""
    start = place(after, str)
    found = show_feedback(
        at.caller,
        at.store,
        key=feedback,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return some(
        FeedbackLines,
        at,
        query=LINES.name,
        items=wire(found.lines),
        next_after=following,
        feedback=wire(found.row),
    )


@router.get(
    "/feedback/{feedback}/file",
    response_class=Response,
    responses={
        200: {
            "content": {"text/csv": {}, "application/octet-stream": {}},
            "description": "The file, as it was written.",
            "headers": {"Content-Disposition": {"schema": {"type": "string"}}},
        }
    },
)
def feedback_as_file(at: At, feedback: Ref, *, kind: Kind = FeedbackFormat.CSV) -> Response:
    """A feedback's file, as it was written: CSV or JSON."""
    found = feedback_file(at.caller, at.store, key=feedback, kind=kind, reads=at.reads)
    made_up = "SYNTHETIC-" if found.row.synthetic else ""
    name = f"ncmec-feedback-{made_up}{found.row.key[:8]}.{kind.value}"
    return Response(
        found.data,
        media_type=found.media_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
