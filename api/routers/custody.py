"""A tip's chain of custody: what stands behind it, and what the own agency's log says of it."""

from __future__ import annotations

from fastapi import APIRouter

from api.conduct.cursors import cursor, place, whole
from api.conduct.desk import At
from api.conduct.keys import OnceRoute
from api.deps import After, PageLimit, TipKey
from api.schemas.common import one, some
from api.schemas.custody import CustodyAnswer, CustodyLog
from api.schemas.wire import wire
from graph.clock import iso
from graph.queries.custody import ABOUT, VERSIONS
from graph.services.custody import show_custody
from graph.services.custody_ledger import list_custody_log

router = APIRouter(tags=["custody"], route_class=OnceRoute)


@router.get("/tips/{tip}/custody")
def tip_custody(at: At, tip: TipKey) -> CustodyAnswer:
    """What was received of a tip, by which reader, where originals are, moves and hand-offs."""
    found = show_custody(at.caller, at.store, tip=tip, reads=at.reads)
    return one(CustodyAnswer, found, at, query=VERSIONS.name)


@router.get("/tips/{tip}/custody/log")
def tip_custody_log(at: At, tip: TipKey, *, after: After = "", limit: PageLimit = 50) -> CustodyLog:
    """What the own agency's log says of a tip: every view, decision, export and hand-off."""
    start = place(after, int, str)
    found = list_custody_log(
        at.caller,
        at.store,
        tip=tip,
        reads=at.reads,
        until_us=None if start is None else whole(start[0]),
        after="" if start is None else str(start[1]),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(found.until_us, found.next_after)
    return some(
        CustodyLog,
        at,
        query=ABOUT.name,
        items=wire(found.items),
        next_after=following,
        until_at=iso(found.until_us),
    )
