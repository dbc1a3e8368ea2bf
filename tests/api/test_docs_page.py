"""The page of the description: only where it is asked for, and with nothing from elsewhere."""

from __future__ import annotations

import re
from typing import Any, cast

import anyio
import httpx
from pydantic import SecretStr

from api.app import create_app, openapi_document
from api.docs_page import page
from api.settings import ApiSettings
from api.stores import StoreAccess
from graph.errors import StoreUnavailableError
from tests.api.live import failing


def _asked(path: str, *, docs: bool) -> httpx.Response:
    settings = ApiSettings(token=SecretStr("t" * 32), docs=docs)
    app = create_app(settings, StoreAccess(failing(StoreUnavailableError("away"))))

    async def ask() -> httpx.Response:
        way = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=way, base_url="http://127.0.0.1") as client:
            return await client.get(path)

    return anyio.run(ask)


def test_it_is_there_where_it_is_asked_for() -> None:
    assert _asked("/v1/docs", docs=False).status_code == 401
    shown = _asked("/v1/docs", docs=True)
    assert shown.status_code == 200
    assert shown.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src")
    assert _asked("/v1/docs/style.css", docs=True).headers["Content-Type"].startswith("text/css")
    assert _asked("/v1/openapi.json", docs=True).json() == openapi_document()


def test_nothing_in_it_runs_or_comes_from_elsewhere() -> None:
    document = cast("dict[str, Any]", openapi_document())
    document["info"] = {"description": "<script>alert(1)</script>"}
    text = page(document, style="/v1/docs/style.css")
    assert "<script" not in text
    assert re.findall(r'(?:src|href)="(?!#|/v1/)', text) == []
    assert re.search(r"\bon\w+=|style=", re.sub(r"<pre>.*?</pre>", "", text, flags=re.S)) is None
    for methods in document["paths"].values():
        for operation in methods.values():
            assert f'id="{operation["operationId"]}"' in text
