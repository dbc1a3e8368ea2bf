"""The API's description in OpenAPI. It is committed as `docs/openapi.json` and never served."""

from __future__ import annotations

import json
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from pydantic import JsonValue

from api.conduct.without_key import WITHOUT_KEY
from api.errors import MEDIA_TYPE
from api.examples import put_examples

_DESCRIPTION = (
    "Crosstip over HTTP: tips and links, investigations and claims, checks and conflicts. A link "
    "is an investigative lead, not an identification; `nothing to show` is no statement that "
    "nobody works something. Identifiers travel in bodies, never in addresses. Errors are problem "
    "details (RFC 9457) with a stable `code`. A POST that changes something takes an "
    "`Idempotency-Key`, or says why not; what edits a record takes the `ETag` that it had "
    "as `If-Match`. Lists come in pages: `next_after` of one is `after` of the next."
)


def operation_id(route: APIRoute) -> str:
    """Give the name of a route's operation: the function's."""
    return route.name


def describe(
    app: FastAPI, *, version: str, open_routes: frozenset[tuple[str, str]]
) -> dict[str, JsonValue]:
    """Give the OpenAPI document of the application."""
    document = get_openapi(
        title="Crosstip", version=version, description=_DESCRIPTION, routes=app.routes
    )
    document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    document["security"] = [{"token": []}]
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if (method.upper(), path) in open_routes:
                operation["security"] = []
            if operation["operationId"] in WITHOUT_KEY:
                why = WITHOUT_KEY[operation["operationId"]]
                operation["description"] += f"\n\nTakes no `Idempotency-Key`. {why}"
            _say_errors(operation)
    put_examples(document)
    return document


def _say_errors(operation: dict[str, Any]) -> None:
    """Leave only the errors that an operation can give, each as a problem."""
    headers = {p["name"] for p in operation.get("parameters", ()) if p["in"] == "header"}
    conditional = {"If-Match": ("412", "428")}
    for header, statuses in conditional.items():
        for status in statuses if header not in headers else ():
            operation["responses"].pop(status, None)
    for status, response in operation["responses"].items():
        if int(status) >= 400:
            (content,) = list(response["content"].values())[:1]
            response["content"] = {MEDIA_TYPE: content}


def as_text(document: dict[str, JsonValue]) -> str:
    """Give the document as it is committed."""
    return json.dumps(document, indent=2, sort_keys=True, ensure_ascii=False) + "\n"
