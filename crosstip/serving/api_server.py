"""The API on a thread of this process."""

from __future__ import annotations

import socket
import threading
import time

import uvicorn
from starlette.types import ASGIApp

from crosstip.serving.errors import ServingError

MAX_REQUESTS_AT_ONCE = 512
"""Connections; requests are bounded by the API itself, which says so politely."""
_START_LIMIT_S = 20.0
_STOP_LIMIT_S = 5
_POLL_S = 0.02


def server_of(app: ASGIApp) -> uvicorn.Server:
    """Give the server that runs the API, without a log of addresses and without a banner."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_config=None,
            log_level="warning",
            server_header=False,
            proxy_headers=False,
            limit_concurrency=MAX_REQUESTS_AT_ONCE,
            timeout_graceful_shutdown=_STOP_LIMIT_S,
        )
    )


class ApiThread:
    """Serves the API until it is stopped."""

    def __init__(self, app: ASGIApp, bound: socket.socket) -> None:
        """Take the application and a bound socket; nothing runs yet."""
        self._server = server_of(app)
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [bound]}, name="api", daemon=True
        )

    def start(self) -> None:
        """Start it, and come back when it answers.

        Raises:
            ServingError: it did not start.
        """
        self._thread.start()
        deadline = time.monotonic() + _START_LIMIT_S
        while not self._server.started:
            if not self._thread.is_alive() or time.monotonic() > deadline:
                raise ServingError("The API did not start. Its log says why.")
            time.sleep(_POLL_S)

    @property
    def is_alive(self) -> bool:
        """Whether it still serves."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Finish what is being answered, for five seconds at most, and end."""
        self._server.should_exit = True
        self._thread.join(_STOP_LIMIT_S + 2)
