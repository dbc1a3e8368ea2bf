"""Overlaps, and the investigations that may overlap."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.deps import After, PageLimit, Stores
from api.schemas.overlaps import InvestigationsAnswer, OverlapsAnswer
from api.tip_scope import seen
from graph.clock import now_us
from graph.services.investigation_pages import page_investigations
from graph.services.overlaps import find_overlaps

router = APIRouter(tags=["overlaps"])


@router.get("/overlaps")
def overlaps(
    stores: Stores,
    limit: Annotated[int, Query(ge=1, le=1000, description="How many are wanted.")] = 200,
) -> OverlapsAnswer:
    """Open investigations of different agencies that meet, the most urgent first."""
    with stores.use() as opened:
        return OverlapsAnswer.of(find_overlaps(seen(opened)), opened, limit=limit)


@router.get("/investigations")
def investigations(
    stores: Stores, after: After = "", limit: PageLimit = 200
) -> InvestigationsAnswer:
    """Investigations with their agencies."""
    with stores.use() as opened:
        at_us = now_us()
        rows = page_investigations(seen(opened), after=after, limit=limit + 1)
        return InvestigationsAnswer.of(rows, opened, as_of_us=at_us, limit=limit)
