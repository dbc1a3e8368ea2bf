"""Routing: who may hold a tip and why, what whoever routes tips decides, and its receipts."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.deps import After, PageLimit, TipKey
from api.schemas.common import one, page, some
from api.schemas.routing import (
    AgencyAreaPage,
    DecideRoute,
    RouteDecided,
    RouteReceiptPage,
    RoutesAnswer,
)
from api.schemas.wire import Plain, fields, wire
from graph.queries.holders import ADD_HOLDERS
from graph.queries.routing import AREAS, RECEIPTS, STATEMENTS
from graph.routing.recipients import Purpose
from graph.services.routing_areas import list_areas
from graph.services.routing_decisions import Routing, decide
from graph.services.routing_proposals import Proposal, routes
from graph.services.routing_receipts import list_receipts

router = APIRouter(tags=["routing"], route_class=OnceRoute)


@router.get("/tips/{tip}/routes")
def tip_routes(
    at: At,
    tip: TipKey,
    *,
    purpose: Annotated[
        Purpose | None, Query(description="What for; by default the usual of each agency.")
    ] = None,
) -> RoutesAnswer:
    """Who may hold a tip, with every reason; several, or none, is a normal answer."""
    found = routes(
        at.caller,
        at.store,
        tip=tip,
        files=at.opened.routing,
        reads=at.reads,
        purpose=purpose,
    )
    return some(
        RoutesAnswer,
        at,
        query=STATEMENTS.name,
        tip=found.tip,
        outcome=found.outcome,
        proposals=[_proposal(each) for each in found.proposals],
        holders=wire(found.holders),
        left_out=wire(found.left_out),
        helps=wire(found.helps),
        versions=wire(found.versions),
        cut_off=wire(found.cut_off),
        seen=found.seen,
        caveat=found.caveat,
    )


@router.post("/tips/{tip}/routes")
def decide_route(at: AtOnce, tip: TipKey, wanted: DecideRoute) -> RouteDecided:
    """Let an agency hold a tip, or move it: one transaction, with a receipt for each side."""
    asked = Routing(
        tip=tip,
        agency=wanted.agency,
        from_agency=wanted.from_agency,
        why=wanted.why,
        purpose=wanted.purpose,
        acknowledged=wanted.acknowledged,
        seen=wanted.seen,
    )
    done = decide(at.caller, at.store, files=at.opened.routing, wanted=asked)
    return one(RouteDecided, done, at, query=ADD_HOLDERS.name)


@router.get("/route-receipts")
def route_receipts(at: At, *, after: After = "", limit: PageLimit = 50) -> RouteReceiptPage:
    """The own agency's receipts: tips that were given to it or taken from it, and why."""
    start = place(after, str)
    found = list_receipts(
        at.caller,
        at.store,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return page(RouteReceiptPage, found.receipts, at, query=RECEIPTS.name, next_after=following)


@router.get("/areas")
def areas(at: At, *, after: After = "", limit: PageLimit = 50) -> AgencyAreaPage:
    """Which agency covers which area, from when until when, ended ones too."""
    start = place(after, str)
    rows = list_areas(
        at.caller,
        at.store,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = cursor(rows[-1].key) if len(rows) == limit else None
    return page(AgencyAreaPage, rows, at, query=AREAS.name, next_after=following)


def _proposal(each: Proposal) -> Plain:
    proposed = each.proposed
    who = proposed.candidate
    reasons: list[Plain] = [
        {**fields(reason), "points_to": reason.points_to} for reason in proposed.reasons
    ]
    return {
        "agency": who.key,
        "name": who.name,
        "kind": who.kind.value,
        "contact": who.contact,
        "confidence": proposed.confidence.value,
        "reasons": reasons,
        "against": wire(proposed.against),
        "permit": {**fields(each.permit), "is_warning": each.permit.is_warning},
        "holds": each.holds,
    }
