"""Counts requests for Prometheus, by method, route template and status. Nothing of a request."""

from __future__ import annotations

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.middleware.crowding import CROWDED

_BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
NO_ROUTE = "none"
"""For everything asked for that is no route: what was asked for would be somebody's text."""
UNAVAILABLE = 503


class RequestFigures:
    """The figures of one API process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        """Declare them in a registry."""
        self.requests = Counter(
            "crosstip_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=registry,
        )
        self.seconds = Histogram(
            "crosstip_request_seconds",
            "How long requests took.",
            ("method", "route"),
            buckets=_BUCKETS,
            registry=registry,
        )
        self.running = Gauge(
            "crosstip_requests_running", "Requests that are being answered.", registry=registry
        )
        self.crowded = Counter(
            "crosstip_requests_crowded",
            "Requests that were refused because too much was asked at once.",
            registry=registry,
        )
        self.store_errors = Counter(
            "crosstip_store_errors",
            "Requests that got no answer because of the store.",
            ("route",),
            registry=registry,
        )


class Metrics:
    """Counts what passes; the outermost layer, so that refusals count too."""

    def __init__(self, app: ASGIApp, *, figures: RequestFigures) -> None:
        """Take what is counted and where."""
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and count it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.monotonic()
        status = 0

        async def send_and_note(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        self._figures.running.inc()
        try:
            await self._app(scope, receive, send_and_note)
        finally:
            self._figures.running.dec()
            self._count(scope, status, time.monotonic() - started)

    def _count(self, scope: Scope, status: int, took_s: float) -> None:
        route = str(getattr(scope.get("route"), "path", NO_ROUTE))
        method = scope["method"] if scope["method"] in _METHODS else "other"
        self._figures.requests.labels(method, route, str(status)).inc()
        self._figures.seconds.labels(method, route).observe(took_s)
        if CROWDED in scope:
            self._figures.crowded.inc()
        elif status == UNAVAILABLE:
            self._figures.store_errors.labels(route).inc()
