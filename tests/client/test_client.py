"""The client against a real API, and against what is none."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from client.client import CrosstipClient
from client.errors import ApiError
from graph.errors import StoreUnavailableError
from graph.store import Store
from tests.api.county import LINKED, SHARED_EMAIL, URGENT, fill
from tests.api.live import failing, live_api, opener_of


def test_every_method_gives_its_answer(store: Store) -> None:
    fill(store)
    with live_api(opener_of(store)) as live, CrosstipClient(live.url, live.token) as client:
        assert client.health().up
        assert client.version().api == "1"
        assert [tip.key for tip in client.tips(limit=1).tips] == [URGENT]
        assert client.tip(URGENT).tip.urgency == 0
        assert LINKED in {link.tip.key for link in client.tip_links(URGENT).links}
        assert len(client.tip_neighbourhood(URGENT).nodes) > 2
        assert client.search(SHARED_EMAIL).found[0].identifier.mention_count == 2
        assert len(client.overlaps().overlaps) == 1
        assert client.figures().tip_total == 4
        assert len(client.schema().nodes) > 5
        assert "meta.counts" in {query.name for query in client.queries().queries}
        assert len(client.run_query("meta.counts", {}).rows) > 0
        with pytest.raises(ApiError) as caught:
            client.tip("ncmec:../figures")
        assert caught.value.status == 404


@pytest.mark.parametrize("token", ["x" * 43, None])
def test_a_wrong_token(token: str | None) -> None:
    with (
        live_api(failing(StoreUnavailableError("away"))) as live,
        CrosstipClient(live.url, token) as client,
        pytest.raises(ApiError) as caught,
    ):
        client.figures()
    assert caught.value.is_token_refused
    assert caught.value.status == 401


@pytest.mark.parametrize("token", ["", "with blank", "line\nbreak", "umläut", "\udcff"])
def test_what_cannot_be_a_token_is_not_sent(token: str) -> None:
    with pytest.raises(ApiError) as caught:
        CrosstipClient("http://127.0.0.1:9", token)
    assert caught.value.is_token_refused


def test_a_store_that_is_away() -> None:
    with (
        live_api(failing(StoreUnavailableError("away"))) as live,
        CrosstipClient(live.url, live.token) as client,
        pytest.raises(ApiError) as caught,
    ):
        client.tips()
    assert (caught.value.code, caught.value.status) == ("store-unavailable", 503)


@contextmanager
def answering(reply: bytes) -> Iterator[str]:
    """Run a server that gives one fixed reply to whatever is asked; nothing when it is empty."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(65_536)
                if reply:
                    connection.sendall(reply)
                else:
                    over.wait(60)

        over = threading.Event()
        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.getsockname()[1]}"
        over.set()
        thread.join(5)


def _http(status: str, body: str, more: str = "") -> bytes:
    head = f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\nConnection: close\r\n{more}"
    return f"{head}\r\n{body}".encode()


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        (_http("200 OK", "{}"), "bad-answer"),
        (_http("200 OK", '{"as_of": "canary"}'), "bad-answer"),
        (_http("200 OK", "<html>"), "bad-answer"),
        (_http("500 Oh", "<html>"), "bad-answer"),
        (_http("503 Service Unavailable", "Service Unavailable"), "api-busy"),
        (_http("503 Oh", '{"code": "store-busy", "detail": "Busy."}'), "store-busy"),
        (_http("302 Found", "", "Location: http://127.0.0.1:9/\r\n"), "bad-answer"),
        (b"SSH-2.0-whatever\r\n", "api-away"),
        (b"", "api-slow"),
    ],
)
def test_what_is_not_the_api(reply: bytes, code: str) -> None:
    timeout_s = 60.0 if reply else 0.5
    with (
        answering(reply) as url,
        CrosstipClient(url, "t" * 40, timeout_s=timeout_s) as client,
        pytest.raises(ApiError) as caught,
    ):
        client.figures()
    assert caught.value.code == code
    assert "canary" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None or caught.value.__suppress_context__


def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
    with CrosstipClient(url, "t" * 40) as client, pytest.raises(ApiError) as caught:
        client.figures()
    assert caught.value.code == "api-away"
    assert "crosstip up" in caught.value.sentence


def test_no_proxy_of_the_environment_sees_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with (
        live_api(failing(StoreUnavailableError("away"))) as live,
        CrosstipClient(live.url, live.token) as client,
    ):
        assert client.health().up
