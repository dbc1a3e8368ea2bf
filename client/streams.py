"""Notices as they come, over one answer that stays open."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
from pydantic import ValidationError

from client.calls import Calls, refusal
from client.errors import ApiError
from client.resources.notifications import Notice

_SILENCE_S = 60.0
"""The API says something every 20 s; after so long nobody is there any more."""


class Streams(Calls):
    """Calls whose answer stays open."""

    def notification_stream(self, *, last: str = "") -> Iterator[tuple[str, Notice]]:
        """Give your notices as they come, each with the id to go on after it (`last`).

        Each comes at least once; its key says which it is. The answer ends after some minutes: ask
        again with the id of the last one. Raises `ApiError` where there is no answer.
        """
        headers = {"Last-Event-ID": last} if last != "" else {}
        try:
            with self._http.stream(
                "GET", "/v1/notifications/stream", headers=headers, timeout=_SILENCE_S
            ) as response:
                if not response.is_success:
                    response.read()
                    raise refusal(response)
                yield from _events(response)
        except httpx.TransportError:
            raise ApiError(
                "api-away", "The stream broke off. Ask again after the last id."
            ) from None


def _events(response: httpx.Response) -> Iterator[tuple[str, Notice]]:
    name = ""
    for line in response.iter_lines():
        kind, _, value = line.partition(": ")
        if kind == "id":
            name = value
        elif kind == "data":
            try:
                yield name, Notice.model_validate_json(value)
            except ValidationError:
                raise ApiError("bad-answer", "What streams is not this API.") from None
