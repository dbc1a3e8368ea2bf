"""Overlaps: open investigations of different agencies that meet."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.desk import Desk, asks
from api.schemas.overlaps import OverlapsAnswer
from graph.casework.deeds import Deed
from graph.services.overlaps import find_overlaps

router = APIRouter(tags=["overlaps"])


@router.get("/overlaps")
def overlaps(
    at: Annotated[Desk, asks(Deed.OVERLAP_READ)],
    limit: Annotated[int, Query(ge=1, le=1000, description="How many are wanted.")] = 200,
) -> OverlapsAnswer:
    """Open investigations of different agencies that meet, the most urgent first."""
    answer = OverlapsAnswer.of(find_overlaps(at.store), at.opened, limit=limit)
    at.shows(None, *answer.shown)
    return answer
