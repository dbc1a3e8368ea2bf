"""Puts the API together: routes, guards, error handlers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from pydantic import JsonValue
from starlette.exceptions import HTTPException
from starlette.types import Lifespan

from api.authentication import Authenticator
from api.errors import (
    ParametersError,
    Problem,
    handle_http,
    handle_own,
    handle_parameters,
    handle_validation,
)
from api.log_on_desk import LogOnDesk, log_on_desk
from api.middleware.body_limit import BodyLimit
from api.middleware.callers import Callers
from api.middleware.failures import Failures
from api.middleware.headers import SecurityHeaders
from api.middleware.hosts import Hosts
from api.openapi import describe, operation_id
from api.routers import accounts, health, log_on, overlaps, search, sessions, states, store, tips
from api.routers.health import API_VERSION
from api.settings import ApiSettings
from api.stores import StoreAccess
from graph.errors import CrosstipError

PREFIX = f"/v{API_VERSION}"
OPEN_ROUTES = frozenset(
    (method, f"{PREFIX}{path}")
    for method, path in (("GET", "/health"), ("GET", "/version"), *log_on.OPEN)
)
"""Routes that need no log-on. Everything else does, whether there is such a route or not."""

_ERRORS: dict[int | str, dict[str, Any]] = {
    401: {"model": Problem, "description": "Nobody is logged on."},
    413: {"model": Problem, "description": "The body is too large."},
    421: {"model": Problem, "description": "Addressed to another host."},
    422: {"model": Problem, "description": "The request does not fit."},
    500: {"model": Problem, "description": "A defect or a wrong setting."},
    503: {"model": Problem, "description": "The store does not answer: nothing is known."},
}
_NOT_FOUND: dict[int | str, dict[str, Any]] = {
    404: {"model": Problem, "description": "No such record or query."}
}

_FORBIDDEN: dict[int | str, dict[str, Any]] = {
    403: {"model": Problem, "description": "No policy permits it, or one forbids it."}
}
_LOG_ON: dict[int | str, dict[str, Any]] = {
    409: {"model": Problem, "description": "Another banner is to be accepted first."},
    429: {"model": Problem, "description": "It failed too often from this address."},
}


def create_app(
    settings: ApiSettings, stores: StoreAccess, *, desk: LogOnDesk | None = None
) -> FastAPI:
    """Give the application. It closes the store when it ends.

    Raises:
        SettingsError: there is no token, or it is too weak.
    """
    token = settings.require_token()

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        try:
            yield
        finally:
            stores.close()

    app = _with_routes(lifespan)
    app.state.stores = stores
    app.state.log_on = desk if desk is not None else log_on_desk()
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    authenticator = Authenticator(stores, token=token)
    app.add_middleware(Callers, authenticator=authenticator, open_routes=OPEN_ROUTES)
    app.add_middleware(Hosts, allowed=settings.allowed_hosts)
    app.add_middleware(Failures)
    app.add_middleware(SecurityHeaders)
    return app


def openapi_document() -> dict[str, JsonValue]:
    """Give the API's description, which is committed as `docs/openapi.json`."""
    return describe(_with_routes(None), version=API_VERSION, open_routes=OPEN_ROUTES)


def _with_routes(lifespan: Lifespan[FastAPI] | None) -> FastAPI:
    app = FastAPI(
        title="Crosstip",
        version=API_VERSION,
        lifespan=lifespan,
        generate_unique_id_function=operation_id,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,
    )
    app.include_router(health.router, prefix=PREFIX, responses=_only(421, 500))
    app.include_router(tips.router, prefix=PREFIX, responses=_ERRORS | _NOT_FOUND)
    app.include_router(search.router, prefix=PREFIX, responses=_ERRORS)
    app.include_router(overlaps.router, prefix=PREFIX, responses=_ERRORS)
    app.include_router(states.router, prefix=PREFIX, responses=_ERRORS)
    app.include_router(log_on.router, prefix=PREFIX, responses=_ERRORS | _LOG_ON)
    app.include_router(sessions.router, prefix=PREFIX, responses=_ERRORS)
    app.include_router(accounts.router, prefix=PREFIX, responses=_ERRORS | _NOT_FOUND | _FORBIDDEN)
    app.include_router(store.router, prefix=PREFIX, responses=_ERRORS | _NOT_FOUND)
    app.add_exception_handler(CrosstipError, handle_own)
    app.add_exception_handler(ParametersError, handle_parameters)
    app.add_exception_handler(RequestValidationError, handle_validation)
    app.add_exception_handler(HTTPException, handle_http)
    return app


def _only(*statuses: int) -> dict[int | str, dict[str, Any]]:
    return {status: _ERRORS[status] for status in statuses}
