"""Tips that one agency hands to another: offers, answers, receipts."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, Ref
from api.schemas.common import micro, one, page, some
from api.schemas.handoffs import (
    HandoffAnswer,
    HandoffPage,
    HandoffReceipts,
    OfferTip,
    StepHandoff,
)
from api.schemas.wire import wire
from graph.queries.handoffs import GIVEN, ONE, RECEIPTS, RECEIVED, HandoffRow
from graph.services.handoff_offering import NewOffer, offer
from graph.services.handoff_reading import (
    Direction,
    list_handoffs,
    show_handoff,
    show_receipts,
    view_of,
)
from graph.services.handoff_steps import take_step

router = APIRouter(tags=["handoffs"], route_class=OnceRoute)


@router.get("/handoffs")
def handoffs(
    at: At,
    *,
    direction: Annotated[Direction, Query(description="Which list.")] = Direction.RECEIVED,
    with_done: Annotated[bool, Query(description="What is answered as well.")] = False,
    after: After = "",
    limit: PageLimit = 50,
) -> HandoffPage:
    """What the own agency was offered, or offered: what waits first."""
    start = place(after, str)
    found = list_handoffs(
        at.caller,
        at.store,
        direction=direction,
        reads=at.reads,
        with_done=with_done,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    query = GIVEN if direction is Direction.GIVEN else RECEIVED
    following = None if found.next_after is None else cursor(found.next_after)
    return page(HandoffPage, found.items, at, query=query.name, next_after=following)


@router.post("/handoffs", status_code=HTTPStatus.CREATED)
def offer_tip(at: AtOnce, wanted: OfferTip) -> HandoffAnswer:
    """Offer a tip to another agency; of two at once one does, and 409 names who."""
    new = NewOffer(
        tip=wanted.tip,
        to=wanted.to,
        kind=wanted.kind,
        why=wanted.why,
        level=wanted.level,
        purpose=wanted.purpose,
        contact=wanted.contact,
        place=wanted.place,
        due_us=micro(wanted.due_at),
        scope=wanted.scope,
        until_us=micro(wanted.until_at),
        investigation=wanted.investigation,
    )
    return _one(at, offer(at.caller, at.store, new=new))


@router.get("/handoffs/{handoff}")
def handoff(at: At, handoff: Ref) -> HandoffAnswer:
    """A hand-off of the own agency, as giver or as receiver."""
    found = show_handoff(at.caller, at.store, key=handoff, reads=at.reads)
    at.tag(found.version)
    return one(HandoffAnswer, found, at, query=ONE.name)


@router.get("/handoffs/{handoff}/receipts")
def handoff_receipts(at: At, handoff: Ref) -> HandoffReceipts:
    """The own side's receipts, each checked against its text, the one before, and the log."""
    found = show_receipts(at.caller, at.store, key=handoff, reads=at.reads)
    return some(HandoffReceipts, at, query=RECEIPTS.name, items=wire(found))


@router.post("/handoffs/{handoff}/steps")
def step_handoff(
    at: AtOnce, handoff: Ref, expected: Expected, wanted: StepHandoff
) -> HandoffAnswer:
    """Accept, decline, withdraw, return or recall, from the version that you looked at."""
    done = take_step(
        at.caller, at.store, key=handoff, step=wanted.step, expected=expected, why=wanted.why
    )
    return _one(at, done)


def _one(at: At, row: HandoffRow) -> HandoffAnswer:
    at.tag(row.version)
    return one(HandoffAnswer, view_of(row, at.caller), at, query=ONE.name)
