"""States of identifiers that counting found or people decided."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import PageLimit, Stores
from api.schemas.states import StatesAnswer
from api.tip_scope import seen
from graph.clock import now_us
from graph.services.states import list_decisions

router = APIRouter(tags=["states"])


@router.get("/states")
def states(stores: Stores, limit: PageLimit = 100) -> StatesAnswer:
    """Decisions about identifiers' states, newest first; those of one stand in its history."""
    with stores.use() as opened:
        at_us = now_us()
        rows = list_decisions(seen(opened), limit=limit + 1)
        return StatesAnswer.of(rows, opened, as_of_us=at_us, limit=limit)
