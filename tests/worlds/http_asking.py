"""Somebody who asks the API, and every answer of it as text: status, headers, body."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random
from typing import Any, Final

import httpx

_HASHES = re.compile(r" /audit/|/custody|/handoffs")
_PLACE = re.compile(rb'"next_after":"([A-Za-z0-9_-]+)"')
_HASH = re.compile(r"\b[0-9a-f]{64}\b|[A-Za-z0-9+/]{43,}={0,2}")
"""Hashes and signatures of the log: over random names, salts and other agencies' heads."""
_AT_RANDOM = re.compile(r'"position": ?\d+,')
"""Of a log's head among the salted ones of a checkpoint, which are in the order of their hashes."""
_BY_KEY: Final = {"/custody/log": "items", "/audit/ledger": "lines"}
"""Where entries of a log are shown, and in which list."""
_OF_THE_RUN: Final = (b"date",)
"""The one header that is not asked for and not the same: the server's wall clock."""
_MOST_PAGES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Hidden:
    """Names of what the asker is not to know of, as the world that has it calls it."""

    claims: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    judgements: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()


@dataclass(slots=True, kw_only=True)
class Asker:
    """One of the asker's people, at one moment of a history.

    Every request carries an id of its own choice, and comes at an instant of its own.
    """

    user: str
    http: httpx.Client
    token: str
    begin: Callable[[], str]
    """Lets the clock go on and gives the id of the next request."""
    dice: Random
    hidden: Hidden
    is_last: bool
    """Whether this is the last look of a history, which asks everything."""
    said: list[str] = field(default_factory=list)

    def get(self, path: str, /, **params: str | int) -> httpx.Response:
        """Ask for something."""
        return self.ask("GET", path, params={name: str(value) for name, value in params.items()})

    def post(self, path: str, body: object, /, **headers: str) -> httpx.Response:
        """Send something; header names have underscores here."""
        return self.ask("POST", path, body=body, headers=headers)

    def ask(
        self,
        method: str,
        path: str,
        *,
        params: Mapping[str, str] | None = None,
        body: object = None,
        content: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """Send any request and keep its answer."""
        sent = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        sent |= {"X-Request-Id": self.begin(), "Accept-Encoding": "identity"}
        sent["Authorization"] = f"Bearer {self.token}"
        if content is not None:
            sent["Content-Type"] = "text/csv"
        response = self.http.request(
            method,
            f"/v1{path}",
            params=dict(params or {}),
            headers=sent,
            content=content,
            json=body,
        )
        told = {name: _place(value) for name, value in (params or {}).items()}
        self.said.append(answer_text(f"{self.user} {method} {path} {told}", response))
        return response

    def pages(self, path: str, /, *, limit: int, **params: str | int) -> list[dict[str, Any]]:
        """Ask for a whole list, page after page, and give its items."""
        found: list[dict[str, Any]] = []
        after: str | None = ""
        for _ in range(_MOST_PAGES):
            if after is None:
                return found
            answer = self.get(path, after=after, limit=limit, **params)
            body = answer.json()
            if answer.status_code != httpx.codes.OK:
                return found
            found += body.get("items", body.get("tips", []))
            after = body["next_after"]
        raise AssertionError(f"{path} does not end")


def answer_text(asked: str, response: httpx.Response) -> str:
    """Give all that an answer says, in its order; places in lists are spelled out.

    Where the log is shown, or receipts that name each other, hashes are left out: the records that
    they are over are compared.
    """
    headers = [
        f"{name.decode()}: {value.decode()}"
        for name, value in response.headers.raw
        if name.lower() not in _OF_THE_RUN
    ]
    content = response.content
    for route, rows in _BY_KEY.items():
        if f"{route} " in asked and response.is_success:
            content = _by_instant(content, rows)
    body = _PLACE.sub(_spelled, content).decode()
    text = "\n".join((asked, str(response.status_code), *headers, "", body))
    return (
        _AT_RANDOM.sub("", _HASH.sub("hash", text)) if _HASHES.search(asked) is not None else text
    )


def _by_instant(content: bytes, rows: str) -> bytes:
    """Order entries of one instant by what they say, and leave their numbers out.

    Names and numbers within an instant go by the entries' keys, which are drawn. How many entries
    a log has is compared where its head is asked for.
    """
    body = json.loads(content)
    for item in body[rows]:
        item.pop("number", None)
        item.pop("entry", None)
    body[rows].sort(key=lambda item: (item["at"], item["action"], item["outcome"]), reverse=True)
    return json.dumps(body).encode()


def _spelled(match: re.Match[bytes]) -> bytes:
    return b'"next_after":' + _place(match[1].decode()).encode()


def _place(text: str) -> str:
    """Spell a place in a list out; give any other text as it is."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except ValueError:
        return text
    return json.dumps(parts)
