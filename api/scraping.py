"""The port for Prometheus and for whatever looks whether the API is ready; apart from the API.

`/metrics` and `/ready`. On loopback it asks for nothing; elsewhere for a bearer token of its own.
"""

from __future__ import annotations

import hmac
from http import HTTPStatus

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from api.middleware.metrics import RequestFigures
from api.settings import is_loopback
from api.store_figures import StoreFigures
from api.stores import StoreAccess
from graph.clock import now_us
from graph.errors import CrosstipError, SettingsError
from graph.services.disks import places
from graph.services.readiness import look
from graph.settings import StoreSettings

_LEAST = 32


class MetricsSettings(BaseSettings):
    """Where Prometheus asks. Environment variables start with `CROSSTIP_METRICS_`."""

    model_config = SettingsConfigDict(env_prefix="CROSSTIP_METRICS_", extra="ignore", frozen=True)

    host: str = Field(default="127.0.0.1", description="Address of the port for Prometheus.")
    port: int | None = Field(
        default=None, ge=0, le=65535, description="That port; without one there is none."
    )
    token: SecretStr | None = Field(
        default=None,
        description="Bearer token that a scraper sends; required when `host` is not this machine's "
        "own address.",
    )

    def checked_token(self) -> str | None:
        """Give the token, None where none is asked for.

        Raises:
            SettingsError: one is needed and missing, or too short.
        """
        if self.token is None:
            if is_loopback(self.host):
                return None
            raise SettingsError(
                f"The metrics on {self.host} need a token: set CROSSTIP_METRICS_TOKEN to 32 or "
                "more random characters."
            )
        if len(self.token.get_secret_value()) < _LEAST:
            raise SettingsError("CROSSTIP_METRICS_TOKEN must have 32 or more characters.")
        return self.token.get_secret_value()


class Figures:
    """The figures of one API process, and the application that gives them."""

    def __init__(self, stores: StoreAccess) -> None:
        """Take where the store is asked."""
        self._stores = stores
        self._registry = CollectorRegistry()
        self.requests = RequestFigures(self._registry)
        self._registry.register(StoreFigures(stores, StoreSettings().data_dir))

    def app(self, settings: MetricsSettings) -> ASGIApp:
        """Give the application for the port of its own.

        Raises:
            SettingsError: a token is needed and missing, or too short.
        """
        token = settings.checked_token()

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http":
                response = await run_in_threadpool(self._answer, Request(scope), token)
                await response(scope, receive, send)
            elif scope["type"] == "lifespan":
                await _live(receive, send)

        return answer

    def _answer(self, request: Request, token: str | None) -> Response:
        if token is not None and not _carries(request, token):
            return _said(HTTPStatus.UNAUTHORIZED, "A token is needed.")
        if request.method != "GET":
            return _said(HTTPStatus.METHOD_NOT_ALLOWED, "Only GET.")
        if request.url.path == "/metrics":
            return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
        if request.url.path == "/ready":
            return self._ready()
        return _said(HTTPStatus.NOT_FOUND, "There are /metrics and /ready.")

    def _ready(self) -> Response:
        try:
            with self._stores.use() as opened:
                found = look(opened.store, places(), at_us=now_us())
        except CrosstipError as error:
            return _said(HTTPStatus.SERVICE_UNAVAILABLE, f"not ready: {type(error).__name__}")
        return _said(HTTPStatus.OK, "\n".join(("ready", *found.warnings)))


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return


def _carries(request: Request, token: str) -> bool:
    given = request.headers.get("authorization", "")
    return hmac.compare_digest(given.encode(), f"Bearer {token}".encode())


def _said(status: HTTPStatus, text: str) -> Response:
    return PlainTextResponse(f"{text}\n", status_code=status.value)
