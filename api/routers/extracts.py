"""Tips taken out for other tools: ordered here, made by a job, fetched as every export is."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter

from api.conduct.desk import AtOnce
from api.conduct.keys import OnceRoute
from api.routers.jobs import accepted
from api.schemas.extracts import ExtractThis
from api.schemas.jobs import JobAnswer
from graph.services.extract_orders import ExtractOrder, order_extract

router = APIRouter(tags=["jobs"], route_class=OnceRoute)


@router.post("/extracts", status_code=HTTPStatus.ACCEPTED)
def make_extract(at: AtOnce, wanted: ExtractThis) -> JobAnswer:
    """Have tips written for another tool, by a job whose file is fetched as an export's."""
    order = ExtractOrder(
        tips=wanted.tips,
        format=wanted.format,
        purpose=wanted.purpose,
        recipient=wanted.recipient,
        linked=wanted.linked,
        protected=wanted.protected,
        claims=wanted.claims,
    )
    return accepted(at, order_extract(at.caller, at.store, order=order))
