"""Tables of tips: handed in with a mapping, and a mapping proposed for one."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter

from api.conduct.desk import AtOnce, Desk, asks
from api.conduct.keys import OnceRoute
from api.ports import Handed, Uploads
from api.routers.jobs import accepted
from api.schemas.common import some
from api.schemas.jobs import JobAnswer
from api.schemas.tables import MappingProposal, TableOfTips, TableToLookAt
from api.schemas.wire import wire
from graph.casework.deeds import Deed
from graph.casework.keys import folded
from graph.queries.meta import STORE_INFO
from graph.services.job_orders import order_documents

router = APIRouter(tags=["jobs"], route_class=OnceRoute)


@router.post("/documents/table", status_code=HTTPStatus.ACCEPTED)
def upload_table(at: AtOnce, uploads: Uploads, given: TableOfTips) -> JobAnswer:
    """Hand in a table of tips with its mapping. A job records it, and says it row by row."""
    name = "".join(c for c in given.name if c.isprintable()).strip() or "table"

    def receive(key: str, meant: str | None) -> int:
        handed = Handed(name=name, holder=meant, synthetic=given.synthetic, mapping=given.mapping)
        return uploads.receive(key, given.table, handed)

    row = order_documents(
        at.caller,
        at.store,
        holder=None if given.holder is None else folded(given.holder),
        wanted={"name": name, "synthetic": given.synthetic, "bytes": str(len(given.table))},
        receive=receive,
        reads=at.reads,
    )
    return accepted(at, row)


@router.post("/documents/table/proposal")
def propose_mapping(
    at: Annotated[Desk, asks(Deed.TIP_TAKE_IN)], uploads: Uploads, given: TableToLookAt
) -> MappingProposal:
    """Propose what a table's columns say, and what that would give. Nothing is taken in."""
    found = uploads.propose(given.table, mapping=given.mapping)
    at.shows(None, outcome="a mapping was proposed; nothing was taken in")
    return some(
        MappingProposal,
        at,
        query=STORE_INFO.name,
        mapping=found.mapping,
        columns=wire(found.columns),
        rows=found.rows,
        would=dict(found.would),
    )
