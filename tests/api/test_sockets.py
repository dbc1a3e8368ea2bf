"""What only a raw connection can ask: headers that no client writes, bodies that do not fit."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import httpx
import pytest

from tests.api.live import LiveApi, live_api, opener_of
from tests.stores import RunningStore

LARGE = 20_000_000
"""More than any socket's buffers hold: a server that stops reading is noticed by its sender."""


@pytest.fixture(scope="module")
def closed(_open_engines: dict[str, RunningStore]) -> Iterator[LiveApi]:
    """An API over a store in which nobody is entered: the installation's token opens it."""
    found = _open_engines["embedded"]
    found.wipe(synthetic=True)
    with live_api(opener_of(found.store)) as live:
        yield live


def connection_to(live: LiveApi) -> socket.socket:
    url = httpx.URL(live.url)
    return socket.create_connection((url.host, url.port or 0), timeout=60)


def all_of(connection: socket.socket) -> bytes:
    """Give everything up to the end; a connection that is reset is an error."""
    parts = []
    while part := connection.recv(65_536):
        parts.append(part)
    return b"".join(parts)


def head(live: LiveApi, *lines: str, method: str = "POST", host: str = "127.0.0.1") -> bytes:
    path = "/v1/search" if method == "POST" else "/v1/schema"
    own = (f"{method} {path} HTTP/1.1", f"Host: {host}", f"Authorization: Bearer {live.token}")
    return "\r\n".join([*own, "Content-Type: application/json", *lines, "", ""]).encode("latin-1")


@pytest.mark.parametrize(
    "host",
    [
        "x@127.0.0.1",
        "x:y@127.0.0.1:80",
        "@localhost",
        "127.0.0.1/x",
        "127.0.0.1?x",
        "127.0.0.1#x",
        "127.0.0.1:80:80",
        "127.0.0.1:x",
        "[::1]x",
        "[::1%25lo]",
        "::1",
        "127.0.0.1, evil.example",
        "localhost%2eevil.example",
        "http://127.0.0.1",
        "127.0.0.1\xe4",
    ],
)
def test_a_host_that_is_no_host_is_refused(closed: LiveApi, host: str) -> None:
    with connection_to(closed) as connection:
        connection.sendall(head(closed, "Connection: close", method="GET", host=host))
        assert all_of(connection)[:12] in (b"HTTP/1.1 421", b"HTTP/1.1 400")


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:", "LocalHost:80", "[::1]:80"])
def test_a_host_of_this_machine_is_served(closed: LiveApi, host: str) -> None:
    with connection_to(closed) as connection:
        connection.sendall(head(closed, "Connection: close", method="GET", host=host))
        assert all_of(connection).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("is_chunked", [False, True])
def test_a_body_too_large_gets_its_answer_and_then_the_end(
    closed: LiveApi,
    *,
    is_chunked: bool,
) -> None:
    """The sender writes all of it before it reads, as simple clients do."""
    if is_chunked:
        piece = b"x" * 1_000_000
        body = (b"%x\r\n" % len(piece) + piece + b"\r\n") * (LARGE // len(piece)) + b"0\r\n\r\n"
        start = head(closed, "Transfer-Encoding: chunked")
    else:
        body = b"x" * LARGE
        start = head(closed, f"Content-Length: {LARGE}")
    with connection_to(closed) as connection:
        connection.sendall(start + body)
        answer = all_of(connection)
    assert answer.startswith(b"HTTP/1.1 413")
    assert answer.lower().count(b"connection: close") == 1
    assert b'"code":"too-large"' in answer
    assert answer.count(b"HTTP/1.1") == 1


def test_a_sender_that_asks_first_is_told_before_it_sends(closed: LiveApi) -> None:
    with connection_to(closed) as connection:
        lines = ("Expect: 100-continue", f"Content-Length: {LARGE}")
        connection.sendall(head(closed, *lines))
        assert connection.recv(65_536).startswith(b"HTTP/1.1 413")


def test_a_sender_that_never_ends_does_not_stay(
    closed: LiveApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.middleware.body_limit._DRAIN_S", 0.5)
    with connection_to(closed) as connection:
        connection.sendall(head(closed, f"Content-Length: {LARGE}") + b"x" * 100_000)
        # The sender waits for longer than that, and is told by the other side that it is over.
        assert all_of(connection).startswith(b"HTTP/1.1 413")


def test_a_body_that_does_not_come_holds_nothing_up(
    closed: LiveApi, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two such uploads would stop all others, and a dozen everything."""
    monkeypatch.setattr("api.middleware.body_limit._BODY_S", 0.2)
    monkeypatch.setattr("api.middleware.body_limit._LEAST_RATE", 1 << 40)
    with connection_to(closed) as connection:
        connection.sendall(head(closed, "Content-Length: 100") + b"x")
        assert all_of(connection).startswith(b"HTTP/1.1 408")
