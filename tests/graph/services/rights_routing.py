"""What may be done about routing."""

from __future__ import annotations

from collections.abc import Mapping

from graph.routing.site_files import RoutingFiles
from graph.services.routing_areas import list_areas, load_areas
from graph.services.routing_decisions import Routing, decide
from graph.services.routing_proposals import routes
from graph.services.routing_receipts import list_receipts
from tests.graph.services.rights_trying import Operation
from tests.graph.services.routing_world import HEADER

_AREA = f"{HEADER}\nnorth,US,CO,,,2020-01-01,,yes,test,2026-11-23\n"
_FILES = RoutingFiles()
_WHY = "Because of the test."

ROUTING: Mapping[str, Operation] = {
    "routing_proposals.routes": lambda at: routes(
        at.caller, at.store, tip=at.key, files=_FILES, reads=at.reads
    ),
    "routing_decisions.decide": lambda at: decide(
        at.caller, at.store, files=_FILES, wanted=Routing(tip=at.key, agency="west", why=_WHY)
    ),
    "routing_receipts.list_receipts": lambda at: list_receipts(at.caller, at.store, reads=at.reads),
    "routing_areas.list_areas": lambda at: list_areas(at.caller, at.store, reads=at.reads),
    "routing_areas.load_areas": lambda at: load_areas(
        at.caller, at.store, text=_AREA, name="areas.csv"
    ),
}
