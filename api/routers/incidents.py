"""Records of one incident in the own agency's queue: moved together."""

from __future__ import annotations

from fastapi import APIRouter

from api.conduct.desk import AtOnce
from api.conduct.keys import OnceRoute
from api.deps import TipKey
from api.routers.queue import asked
from api.schemas.common import some
from api.schemas.queue import MovedTogether, MoveTogether
from api.schemas.wire import wire
from graph.queries.triage import MOVED
from graph.services.triage_together import Looked, move_together

router = APIRouter(tags=["incidents"], route_class=OnceRoute)


@router.post("/queue/{tip}/records/moves")
def move_records(at: AtOnce, tip: TipKey, wanted: MoveTogether) -> MovedTogether:
    """Make one move of every record of an incident: all of them, or none."""
    done = move_together(
        at.caller,
        at.store,
        tip=tip,
        records=[Looked(tip=each.tip, version=each.version) for each in wanted.records],
        wanted=asked(wanted),
        leave_others=wanted.leave_others,
    )
    return some(MovedTogether, at, query=MOVED.name, items=wire(done))
