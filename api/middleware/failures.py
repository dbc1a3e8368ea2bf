"""The outer edge of a request: one log line for each, and nothing leaks from a defect."""

from __future__ import annotations

import logging
import time
import traceback
from http import HTTPStatus

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import problem

_LOG = logging.getLogger("crosstip.api")


class Failures:
    """Answers unknown errors without saying what they were; logs route, status and time.

    The log has the route's pattern, never the address asked for, and of an error its class and
    its places in the code, never its text: either may hold what a tip says.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
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

        try:
            await self._app(scope, receive, send_and_note)
        except Exception as error:  # noqa: BLE001 the last place that can keep it from leaking
            _log_defect(error, scope.get("state", {}).get("request_id", "-"))
            if status != 0:
                raise _CutShortError from None
            answer = problem(
                HTTPStatus.INTERNAL_SERVER_ERROR,
                "This failed because of a defect in Crosstip. The API's log says where.",
            )
            await answer(scope, receive, send_and_note)
        finally:
            pattern = getattr(scope.get("route"), "path", "-")
            took_ms = 1000 * (time.monotonic() - started)
            name = scope.get("state", {}).get("request_id", "-")
            _LOG.info("%s %s %d %.0f ms %s", scope["method"], pattern, status, took_ms, name)


class _CutShortError(Exception):
    """A response broke off after its start; the server has to close the connection."""


def _log_defect(error: Exception, name: str) -> None:
    places = " < ".join(
        f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}"
        for frame in reversed(traceback.extract_tb(error.__traceback__)[-12:])
    )
    _LOG.error("defect in %s: %s at %s", name, type(error).__name__, places)
