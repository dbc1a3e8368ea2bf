"""Whether requests can be answered now."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter

from api.conduct.desk import Desk, asks
from api.schemas.ready import ReadyAnswer
from graph.casework.deeds import Deed
from graph.clock import now_us
from graph.services.disks import places
from graph.services.readiness import look

router = APIRouter(tags=["service"])


@router.get("/ready")
def ready(at: Annotated[Desk, asks(Deed.FIGURES_READ)]) -> ReadyAnswer:
    """The store answers and has this version's schema; with what people should look at."""
    return ReadyAnswer.of(look(at.opened.store, places(), at_us=now_us()))
