"""Puts the API together: routes, guards, error handlers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from pydantic import JsonValue
from starlette.types import Lifespan, Scope
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.authentication import Authenticator
from api.conduct.allowances import Allowances
from api.conduct.looks import NOTICE_COUNT, URGENT_COUNT
from api.errors import HANDLERS
from api.log_on_desk import LogOnDesk, log_on_desk
from api.middleware.body_limit import BodyLimit, BodyLimits
from api.middleware.callers import Callers
from api.middleware.compression import Compression
from api.middleware.crowding import Crowding
from api.middleware.docs import Docs
from api.middleware.failures import Failures
from api.middleware.headers import SecurityHeaders
from api.middleware.hosts import Hosts
from api.middleware.metrics import Metrics
from api.middleware.request_ids import RequestIds
from api.openapi import describe, operation_id
from api.ports import CaseFilePort, UploadPort
from api.routers import log_on
from api.routers.health import API_VERSION
from api.routes import include_routes
from api.scraping import Figures
from api.settings import ApiSettings
from api.stores import StoreAccess

PREFIX = f"/v{API_VERSION}"
OPEN_ROUTES = frozenset(
    (method, f"{PREFIX}{path}")
    for method, path in (("GET", "/health"), ("GET", "/version"), *log_on.OPEN)
)
"""Routes that need no log-on. Everything else does, whether there is such a route or not."""
LONG_LIVED = frozenset({f"{PREFIX}/notifications/stream"})
"""Answers that last for minutes, and hold no thread meanwhile."""
_URGENT = frozenset(
    {
        f"{PREFIX}/ready",
        f"{PREFIX}/notifications",
        NOTICE_COUNT,
        URGENT_COUNT,
        f"{PREFIX}/sessions/current",
    }
)
_SPARE_THREADS = 16
"""For what is admitted whatever else is asked: log-ons, urgent requests, finding out who asks."""


def create_app(
    settings: ApiSettings,
    stores: StoreAccess,
    *,
    desk: LogOnDesk | None = None,
    files: CaseFilePort | None = None,
    uploads: UploadPort | None = None,
) -> FastAPI:
    """Give the application. It closes the store when it ends.

    Without `files` it takes no files of casework, without `uploads` no documents.

    Raises:
        SettingsError: there is no token, or it is too weak.
    """
    token = settings.require_token()
    app = _with_routes(_lifespan(settings, stores))
    app.state.stores = stores
    app.state.log_on = desk if desk is not None else log_on_desk()
    app.state.files = files
    app.state.uploads = uploads
    app.state.allowances = Allowances(
        user_minute=settings.user_minute, agency_minute=settings.agency_minute
    )
    # The last one added is the outermost.
    app.add_middleware(BodyLimit, limits=BodyLimits.of(settings))
    app.add_middleware(Compression)
    authenticator = Authenticator(stores, token=token)
    app.add_middleware(Callers, authenticator=authenticator, open_routes=OPEN_ROUTES)
    if settings.docs:
        app.add_middleware(Docs, prefix=PREFIX, document=openapi_document())
    app.add_middleware(Hosts, allowed=settings.allowed_hosts)
    exempt = frozenset({path for _, path in OPEN_ROUTES} | LONG_LIVED)
    app.add_middleware(Crowding, most=settings.max_at_once, exempt=exempt, is_urgent=is_urgent)
    app.add_middleware(Failures)
    app.add_middleware(SecurityHeaders)
    app.state.figures = Figures(stores)
    app.add_middleware(Metrics, figures=app.state.figures.requests)
    app.add_middleware(RequestIds)
    if len(settings.trusted_proxies) > 0:
        app.add_middleware(ProxyHeadersMiddleware, trusted_hosts=[*settings.trusted_proxies])
    return app


def openapi_document() -> dict[str, JsonValue]:
    """Give the API's description, which is committed as `docs/openapi.json`."""
    return describe(_with_routes(None), version=API_VERSION, open_routes=OPEN_ROUTES)


def _lifespan(settings: ApiSettings, stores: StoreAccess) -> Lifespan[FastAPI]:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        limiter = current_default_thread_limiter()
        # Else an admitted request could wait for a thread behind others that wait for the store.
        limiter.total_tokens = max(limiter.total_tokens, settings.max_at_once + _SPARE_THREADS)
        try:
            yield
        finally:
            stores.close()

    return lifespan


def is_urgent(scope: Scope) -> bool:
    """Say whether a request waits for no turn: is it ready, what is new, end this session."""
    return scope["path"] in _URGENT


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
    include_routes(app, prefix=PREFIX)
    for kind, handler in HANDLERS.items():
        app.add_exception_handler(kind, handler)
    return app
