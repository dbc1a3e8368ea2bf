"""Whether requests can be answered now."""

from __future__ import annotations

from fastapi import APIRouter

from api.deps import Stores
from api.schemas.ready import ReadyAnswer
from graph.clock import now_us
from graph.services.readiness import look
from graph.settings import StoreSettings

router = APIRouter(tags=["service"])


@router.get("/ready")
def ready(stores: Stores) -> ReadyAnswer:
    """The store answers and has this version's schema; with what people should look at."""
    with stores.use() as opened:
        return ReadyAnswer.of(look(opened.store, StoreSettings().data_dir, at_us=now_us()))
