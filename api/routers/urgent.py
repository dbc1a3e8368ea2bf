"""Urgent tips of the own agency: which wait, acknowledging one, and the clocks."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from api.conduct.cursors import cursor, place
from api.conduct.desk import At, AtOnce, Desk, looks
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit, TipKey
from api.schemas.common import one, page
from api.schemas.urgent import (
    SetUrgentClocks,
    UrgentAcknowledged,
    UrgentClocks,
    UrgentCount,
    UrgentPage,
)
from graph.casework.deeds import Deed
from graph.queries.urgent import CLOCKS, END, OPEN, WAITING
from graph.services.urgent_tips import (
    NewClocks,
    acknowledge_urgent,
    count_urgent,
    list_urgent,
    set_clocks,
    show_clocks,
)

router = APIRouter(tags=["urgent"], route_class=OnceRoute)


@router.get("/urgent")
def urgent_tips(at: At, *, after: After = "", limit: PageLimit = 50) -> UrgentPage:
    """The own agency's urgent tips that nobody acknowledged, whoever waits longest first."""
    start = place(after, str)
    found = list_urgent(
        at.caller,
        at.store,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.next_after)
    return page(UrgentPage, found.lines, at, query=OPEN.name, next_after=following)


@router.get("/urgent/count")
def urgent_count(at: Annotated[Desk, looks(Deed.URGENT_READ)]) -> UrgentCount:
    """How many urgent tips nobody acknowledged. Asking is no sign of life of a session."""
    return one(UrgentCount, count_urgent(at.caller, at.store), at, query=WAITING.name)


@router.post("/urgent/{tip}/acknowledge")
def acknowledge_urgent_tip(at: AtOnce, tip: TipKey) -> UrgentAcknowledged:
    """Say that you have seen an urgent tip; of two at once one does, and 409 names who."""
    done = acknowledge_urgent(at.caller, at.store, tip=tip)
    return one(UrgentAcknowledged, done, at, query=END.name)


@router.get("/urgent/clocks")
def urgent_clocks(at: At) -> UrgentClocks:
    """How long urgent tips wait until further people are told, and who is on duty."""
    row = show_clocks(at.caller, at.store, reads=at.reads)
    at.tag(row.version or 0)
    return one(UrgentClocks, row, at, query=CLOCKS.name)


@router.put("/urgent/clocks")
def set_urgent_clocks(at: AtOnce, expected: Expected, wanted: SetUrgentClocks) -> UrgentClocks:
    """Set the clocks, for tips that come to be urgent from now on."""
    new = NewClocks(
        supervisors_minutes=wanted.supervisors_minutes,
        administrators_minutes=wanted.administrators_minutes,
        unit=wanted.unit,
    )
    row = set_clocks(at.caller, at.store, expected=expected, new=new)
    at.tag(row.version or 0)
    return one(UrgentClocks, row, at, query=CLOCKS.name)
