"""Bare routes for comparison: the same questions to the same store, and nothing around them.

No session, rights, log, notices, budgets or pace. `python -m bench.load.bare`, with the store's
settings in the environment, prints its port.
"""

from __future__ import annotations

import sys
from typing import Annotated, Any

from fastapi import FastAPI, Header, Response
from pydantic import BaseModel, TypeAdapter

from bench.load.plan import HOLDER
from crosstip.serving.api_server import server_of
from crosstip.serving.ports import listen, port_of
from graph.casework.tip_scope import TipScope
from graph.clock import now_us
from graph.opening import OpenStore, open_store
from graph.queries.claims import POINTERS, PointerRow, PointersParams
from graph.services.links import Links, links_of
from graph.services.tips import TipPage, TipView, list_tips, show_tip
from graph.settings import StoreSettings
from graph.store import Store

_Holder = Annotated[str, Header(alias=HOLDER)]


class Value(BaseModel):
    """An identifier, as the API's check takes it."""

    value: str


class Asked(BaseModel):
    """A check, as the API takes it."""

    investigation: str
    purpose: str
    values: list[Value]


def bare_app(opened: OpenStore) -> FastAPI:
    """Give the application."""
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    page, view = TypeAdapter(TipPage), TypeAdapter(TipView)
    links, pointers = TypeAdapter(Links), TypeAdapter(list[PointerRow])

    def seen_by(holder: str) -> Store:
        return opened.store.seen_by(TipScope(holder=holder))

    @app.get("/v1/tips")
    def tips(holder: _Holder, after: str = "", limit: int = 50) -> Response:
        return _json(page, list_tips(seen_by(holder), after=after, limit=limit))

    @app.get("/v1/tips/{tip}")
    def tip(holder: _Holder, tip: str) -> Response:
        return _json(view, show_tip(seen_by(holder), tip))

    @app.get("/v1/tips/{tip}/links")
    def tip_links(holder: _Holder, tip: str) -> Response:
        return _json(links, links_of(seen_by(holder), tip, basis=opened.basis))

    @app.post("/v1/checks")
    def check(holder: _Holder, asked: Asked) -> Response:
        keys = [item.value for item in asked.values]
        params = PointersParams(agency=holder, now_us=now_us(), keys=keys)
        return _json(pointers, opened.store.read(POINTERS, params))

    return app


def _json(kind: TypeAdapter[Any], found: object) -> Response:
    return Response(kind.dump_json(found), media_type="application/json")


def main() -> None:
    """Serve until told to end."""
    with open_store(StoreSettings()) as opened, listen("127.0.0.1", 0) as bound:
        sys.stdout.write(f"Bare       http://127.0.0.1:{port_of(bound)}\n")
        sys.stdout.flush()
        server_of(bare_app(opened)).run(sockets=[bound])


if __name__ == "__main__":
    main()
