"""Documents that could not be taken in: each agency's own, looked at, tried again, dismissed."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter

from api.conduct.cursors import cursor, place
from api.conduct.desk import Desk, asks, asks_once
from api.conduct.keys import OnceRoute
from api.deps import After, PageLimit, Ref
from api.ports import Uploads
from api.quarantined import own, own_entry, page_of, tally_of
from api.routers.jobs import accepted
from api.schemas.cases import Reason
from api.schemas.common import one, page, some
from api.schemas.jobs import JobAnswer
from api.schemas.quarantine import (
    QuarantineAnswer,
    QuarantinePage,
    QuarantineTallyAnswer,
)
from api.schemas.wire import wire
from graph.casework.deeds import Deed
from graph.errors import QuestionError
from graph.queries.jobs import ONE
from graph.services.job_orders import order_retry

router = APIRouter(tags=["quarantine"], route_class=OnceRoute)
Reads = Annotated[Desk, asks(Deed.QUARANTINE_READ)]
Settles = Annotated[Desk, asks_once(Deed.QUARANTINE_SETTLE)]


@router.get("/quarantine")
def quarantine(
    at: Reads, uploads: Uploads, after: After = "", limit: PageLimit = 50
) -> QuarantinePage:
    """What was handed in for your agency and could not be taken in, with why."""
    found = place(after, str)
    entries = own(at, uploads, Deed.QUARANTINE_READ)
    rows = page_of(entries, "" if found is None else str(found[0]), limit)
    at.shows(None, *(row.id for row in rows))
    following = cursor(rows[-1].id) if len(rows) == limit else None
    return page(QuarantinePage, rows, at, query=ONE.name, next_after=following)


@router.get("/quarantine/tally")
def tally_quarantine(at: Reads, uploads: Uploads) -> QuarantineTallyAnswer:
    """Your agency's quarantine by the provider that each document names."""
    rows = tally_of(own(at, uploads, Deed.QUARANTINE_READ))
    at.shows(None, outcome="counted by provider")
    return some(QuarantineTallyAnswer, at, query=ONE.name, items=wire(tuple(rows)))


@router.get("/quarantine/{entry}")
def quarantined(at: Reads, uploads: Uploads, entry: Ref) -> QuarantineAnswer:
    """One document that could not be taken in; its text stays where it is."""
    found = own_entry(at, uploads, entry, Deed.QUARANTINE_READ)
    at.shows(found.id)
    return one(QuarantineAnswer, found, at, query=ONE.name)


@router.post("/quarantine/{entry}/retry", status_code=HTTPStatus.ACCEPTED)
def retry_quarantined(at: Settles, uploads: Uploads, entry: Ref) -> JobAnswer:
    """Have a document tried again, for example after an update; a job does it."""
    found = own_entry(at, uploads, entry, Deed.QUARANTINE_SETTLE)
    if found.dismissed_us is not None:
        raise QuestionError("It was dismissed and its text is gone. Hand the document in again.")
    at.shows(found.id, outcome="tried again")
    return accepted(at, order_retry(at.caller, at.store, entry=found.id))


@router.post("/quarantine/{entry}/dismiss")
def dismiss_quarantined(
    at: Settles, uploads: Uploads, entry: Ref, wanted: Reason
) -> QuarantineAnswer:
    """Decide that a document is not taken in: its text goes, who, when and why stay."""
    found = own_entry(at, uploads, entry, Deed.QUARANTINE_SETTLE)
    at.shows(found.id, outcome="dismissed")
    done = uploads.dismiss(found.id, by=at.caller.user, why=wanted.why)
    return one(QuarantineAnswer, done, at, query=ONE.name)
