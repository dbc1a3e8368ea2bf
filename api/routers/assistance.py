"""Assistance that agencies ask of each other."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref
from api.schemas.assistance import (
    AskAssistance,
    AssistanceAnswer,
    AssistancePage,
    AssistanceStoryAnswer,
    HelpPreview,
    StepAssistance,
)
from api.schemas.common import one, page, some
from api.schemas.wire import wire
from graph.clock import to_us
from graph.queries.assistance import ASKED, HELPED, ONE
from graph.services.assistance import NewHelp, ask_help, preview_help, step_help
from graph.services.assistance_reading import HelpDirection, list_help, show_help, view_of

router = APIRouter(tags=["assistance"], route_class=OnceRoute)


@router.get("/assistance")
def assistance_requests(
    at: At,
    *,
    direction: Annotated[
        HelpDirection, Query(description="Asked of others, or by others of the own agency.")
    ] = HelpDirection.HELPED,
    with_done: Annotated[bool, Query(description="What is done as well.")] = False,
    after: After = "",
    limit: PageLimit = 50,
) -> AssistancePage:
    """What the own agency asked of others, or was asked: what waits first."""
    start = place(after, str)
    found = list_help(
        at.caller,
        at.store,
        direction=direction,
        reads=at.reads,
        with_done=with_done,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    query = ASKED if direction is HelpDirection.ASKED else HELPED
    following = None if found.next_after is None else cursor(found.next_after)
    return page(AssistancePage, found.items, at, query=query.name, next_after=following)


@router.post("/assistance/preview")
def preview_assistance(at: At, wanted: AskAssistance) -> HelpPreview:
    """Exactly what the other agency would be shown; nothing is sent."""
    found = preview_help(at.caller, at.store, new=_new(wanted), reads=at.reads)
    return one(HelpPreview, found, at, query=ONE.name)


@router.post("/assistance", status_code=HTTPStatus.CREATED)
def ask_assistance(at: AtOnce, wanted: AskAssistance) -> AssistanceAnswer:
    """Ask another agency for assistance. It gives it no access to any tip."""
    row = ask_help(at.caller, at.store, new=_new(wanted))
    at.tag(row.version)
    return one(AssistanceAnswer, view_of(row, at.caller), at, query=ONE.name)


@router.get("/assistance/{request}")
def assistance_request(at: At, request: Ref) -> AssistanceStoryAnswer:
    """A request of the own agency's, and the own side's receipts, each checked."""
    found = show_help(at.caller, at.store, key=request, reads=at.reads)
    at.tag(found.request.version)
    return some(
        AssistanceStoryAnswer,
        at,
        query=ONE.name,
        request=wire(found.request),
        receipts=wire(found.receipts),
    )


@router.post("/assistance/{request}/steps")
def step_assistance(
    at: AtOnce, request: Ref, expected: Expected, wanted: StepAssistance
) -> AssistanceAnswer:
    """Accept, decline, deliver, receive or withdraw, from the version that you looked at."""
    row = step_help(
        at.caller, at.store, key=request, step=wanted.step, expected=expected, why=wanted.why
    )
    at.tag(row.version)
    return one(AssistanceAnswer, view_of(row, at.caller), at, query=ONE.name)


def _new(wanted: AskAssistance) -> NewHelp:
    return NewHelp(
        to=wanted.to,
        kind=wanted.kind,
        reference=wanted.reference,
        needed=wanted.needed,
        due_us=to_us(wanted.due_at),
        contact=wanted.contact,
    )
