"""Reviews of the own agency's claims: what is to be validated, and how many days are left."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place
from api.conduct.desk import At
from api.conduct.keys import OnceRoute
from api.deps import After, PageLimit
from api.schemas.claims import ReviewQueue
from api.schemas.common import page
from graph.queries.reviews import QUEUE
from graph.services.claim_reviews import review_queue

router = APIRouter(tags=["reviews"], route_class=OnceRoute)
"""Before the router of claims: a claim is read under its name at the same place."""


@router.get("/claims/queue")
def claims_to_validate(
    at: At,
    *,
    days: Annotated[int, Query(ge=1, le=1825, description="Within so many days.")] = 60,
    after: After = "",
    limit: PageLimit = 50,
) -> ReviewQueue:
    """The validation queue: claims by review date, with the days that are left."""
    start = place(after, int, str)
    found = review_queue(
        at.caller,
        at.store,
        days=days,
        reads=at.reads,
        after=None if start is None else (int(start[0]), str(start[1])),
        limit=limit,
    )
    following = None if found.next_after is None else cursor(*found.next_after)
    return page(ReviewQueue, found.lines, at, query=QUEUE.name, next_after=following)
