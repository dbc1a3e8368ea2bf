"""Anonymous reaches nothing but health, version and log-on, however the request is spelled."""

from __future__ import annotations

import base64
import http.client
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import cycle, islice

import httpx
import pytest

from api.app import OPEN_ROUTES
from graph.clock import now_us
from tests.api.live import LiveApi, live_api, opener_of
from tests.api.test_access import CLOSED, ROUTES
from tests.graph.services.people import staff
from tests.stores import RunningStore

METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "X")
OPEN_PATHS = {path for _, path in OPEN_ROUTES}
_OVERRIDES: Mapping[str, str] = {
    "X-HTTP-Method-Override": "GET",
    "X-Original-URL": "/v1/health",
    "X-Rewrite-URL": "/v1/health",
    "X-Forwarded-For": "127.0.0.1",
    "X-Forwarded-Prefix": "/v1/health",
    "Forwarded": "for=127.0.0.1",
    "X-Remote-User": "ops",
    "Cookie": "session=ops; token=ops",
}
"""What servers and proxies of others believe."""


@dataclass(frozen=True, slots=True)
class Said:
    """An answer but for its date and the request's name."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes


@pytest.fixture(scope="module")
def live(_open_engines: dict[str, RunningStore]) -> Iterator[LiveApi]:
    """The API over a store with people in it."""
    found = _open_engines["embedded"]
    found.wipe(synthetic=True)
    staff(found.store, "north", at_us=now_us())
    with live_api(opener_of(found.store)) as running:
        yield running


class Wire:
    """One connection, on which paths travel as they are written."""

    def __init__(self, live: LiveApi) -> None:
        """Take the API that is asked."""
        url = httpx.URL(live.url)
        self.line = http.client.HTTPConnection(url.host, url.port, timeout=60)

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> Said:
        """Send a request and give its answer."""
        self.line.putrequest(method, path, skip_accept_encoding=True)
        for name, value in (headers or {}).items():
            self.line.putheader(name, value)
        self.line.putheader("Content-Length", "0")
        self.line.endheaders()
        answer = self.line.getresponse()
        shown = [(n.lower(), v) for n, v in answer.getheaders()]
        kept = tuple((n, v) for n, v in shown if n not in ("date", "x-request-id"))
        return Said(answer.status, kept, answer.read())


def spelled(path: str) -> Iterator[str]:
    """Give other ways to write a path, and ways around one that is open."""
    last = path.rpartition("/")[2]
    encoded = "".join(f"%{ord(sign):02X}" for sign in last)
    yield from (f"{path}/", f"//{path[1:]}", f"{path};x", f"{path}?token=x", path.upper())
    yield path.replace(last, encoded)
    yield path.replace("/v1/", "/v1%2F")
    for opened in ("/v1/health", "/v1/version", "/v1/log-on"):
        yield f"{opened}/..{path.removeprefix('/v1')}"
        yield f"{opened}/..%2f{path.removeprefix('/v1/')}"
        yield f"{opened};{path}"
        yield f"{opened}%00{path}"


def credentials(live: LiveApi) -> Iterator[str]:
    """Give values of the header that are no log-on here."""
    pair = base64.b64encode(b"ops:ops").decode()
    yield from ("", "Bearer", "Bearer ", "Bearer x", f"Basic {pair}", "Negotiate YII=", "Digest x")
    yield from (f"Token {live.token}", f"ApiKey {live.token}", live.token, f"Bearer\t{live.token}")
    # The installation's own token opens a store without people only.
    yield f"Bearer {live.token}"


def _let_in(live: LiveApi, *, most: int) -> list[tuple[str, str, Said]]:
    """Give what was not refused, of so many spellings and methods of each route, in turn."""
    wire = Wire(live)
    with closing(wire.line):
        refusal = wire.ask("GET", "/v1/nothing-of-the-kind")
        assert refusal.status == 401
        assert b'"code":"token"' in refusal.body
        asked: list[tuple[str, str, Mapping[str, str]]] = []
        for number, (method, route) in enumerate(CLOSED):
            ways = cycle(spelled(route))
            asked += [(method, way, {}) for way in islice(ways, number, number + most)]
        for number, path in enumerate(sorted({path for _, path in ROUTES})):
            ways = cycle(METHODS)
            count = len(METHODS) if path in OPEN_PATHS else most
            methods = islice(ways, number, number + count)
            asked += [(each, path, _OVERRIDES) for each in methods]
        answers = [
            (method, path, wire.ask(method, path, brought))
            for method, path, brought in asked
            if (method, path) not in OPEN_ROUTES
        ]
    head = replace(refusal, body=b"")
    return [
        (method, path, said)
        for method, path, said in answers
        if said != (head if method == "HEAD" else refusal)
    ]


def test_every_spelling_and_method_is_refused_alike(live: LiveApi) -> None:
    """Of open routes too: what is open is one method of each, as it is written."""
    assert _let_in(live, most=2) == []


@pytest.mark.long
def test_all_spellings_and_methods_of_every_route_are(live: LiveApi) -> None:
    assert _let_in(live, most=max(len(METHODS), len([*spelled("/v1/x")]))) == []


def test_no_other_credential_is_believed(live: LiveApi) -> None:
    wire = Wire(live)
    with closing(wire.line):
        for value in credentials(live):
            for path in ("/v1/figures", "/v1/nothing-of-the-kind"):
                said = wire.ask("GET", path, {"Authorization": value})
                assert said.status == 401, value
                assert ("www-authenticate", "Bearer") in said.headers
                assert live.token.encode() not in said.body


def test_what_is_open_says_nothing_of_the_store(live: LiveApi) -> None:
    """Health and version are the same bytes whoever asks, and whatever they bring."""
    wire = Wire(live)
    with closing(wire.line):
        for path in ("/v1/health", "/v1/version"):
            plain = wire.ask("GET", path)
            assert plain.status == 200
            brought = {**_OVERRIDES, "Authorization": f"Bearer {live.token}"}
            assert wire.ask("GET", path, brought) == plain
            assert wire.ask("GET", f"{path}?x=1") == plain
