"""States of identifiers that counting found or people decided."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from api.conduct.desk import Desk, asks
from api.deps import PageLimit
from api.schemas.states import StatesAnswer
from graph.casework.deeds import Deed
from graph.clock import now_us
from graph.services.states import list_decisions

router = APIRouter(tags=["states"])


@router.get("/states")
def states(at: Annotated[Desk, asks(Deed.STATE_READ)], limit: PageLimit = 100) -> StatesAnswer:
    """Decisions about identifiers' states, newest first; those of one stand in its history."""
    at_us = now_us()
    rows = list_decisions(at.store, limit=limit + 1)
    return StatesAnswer.of(rows, at.opened, as_of_us=at_us, limit=limit)
