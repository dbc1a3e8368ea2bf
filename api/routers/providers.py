"""Requests to providers, their clocks, and what runs out."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref
from api.routers.desk import OfCase, OfTip
from api.schemas.common import one, page, some
from api.schemas.providers import (
    EnterProviderRequest,
    ProviderClocks,
    ProviderRequestAnswer,
    ProviderStoryAnswer,
    RunningOutPage,
    StepProviderRequest,
)
from api.schemas.wire import wire
from graph.queries.providers import BY_END, OF_SUBJECT, REQUESTS
from graph.services.desk_subjects import Subject
from graph.services.provider_reading import list_ends, show_clocks_of, show_request, view_of
from graph.services.providers import (
    NewProviderRequest,
    ProviderChange,
    enter_request,
    step_request,
)

router = APIRouter(tags=["provider-requests"], route_class=OnceRoute)


@router.get("/running-out")
def running_out(at: At, *, after: After = "", limit: PageLimit = 50) -> RunningOutPage:
    """Letters, processes and presumed ends of open tips, whichever runs out first."""
    start = place(after, str)
    found = list_ends(
        at.caller,
        at.store,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return page(RunningOutPage, found.items, at, query=BY_END.name, next_after=following)


@router.get("/provider-requests")
def provider_requests(at: At, *, tip: OfTip = None, investigation: OfCase = None) -> ProviderClocks:
    """What was asked of providers about a tip or an investigation."""
    subject = Subject(tip=tip, investigation=investigation)
    found = show_clocks_of(at.caller, at.store, subject=subject, reads=at.reads)
    return one(ProviderClocks, found, at, query=OF_SUBJECT.name)


@router.post("/provider-requests", status_code=HTTPStatus.CREATED)
def enter_provider_request(at: AtOnce, wanted: EnterProviderRequest) -> ProviderRequestAnswer:
    """Enter a letter or a process that was sent; its clock follows from kind and day."""
    new = NewProviderRequest(
        subject=Subject(tip=wanted.tip, investigation=wanted.investigation),
        kind=wanted.kind,
        provider=wanted.provider,
        reference=wanted.reference,
        sent_on=wanted.sent_on,
        due_on=wanted.due_on,
    )
    row = enter_request(at.caller, at.store, new=new)
    at.tag(row.version)
    return one(ProviderRequestAnswer, view_of(row, at.caller), at, query=REQUESTS.name)


@router.get("/provider-requests/{request}")
def provider_request(at: At, request: Ref) -> ProviderStoryAnswer:
    """A request to a provider and its steps."""
    found = show_request(at.caller, at.store, key=request, reads=at.reads)
    at.tag(found.request.version)
    return some(
        ProviderStoryAnswer,
        at,
        query=REQUESTS.name,
        request=wire(found.request),
        steps=wire(found.steps),
    )


@router.post("/provider-requests/{request}/steps")
def step_provider_request(
    at: AtOnce, request: Ref, expected: Expected, wanted: StepProviderRequest
) -> ProviderRequestAnswer:
    """Renew, return or call off a request, from the version that you looked at."""
    change = ProviderChange(step=wanted.step, on=wanted.on, why=wanted.why)
    row = step_request(at.caller, at.store, key=request, expected=expected, change=change)
    at.tag(row.version)
    return one(ProviderRequestAnswer, view_of(row, at.caller), at, query=REQUESTS.name)
