"""Who gets in: every route by itself, without a token, with wrong ones, from another host."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import SecretStr

from api.app import OPEN_ROUTES, create_app
from api.middleware.headers import SECURITY_HEADERS
from api.settings import ApiSettings
from api.stores import StoreAccess
from graph.errors import SettingsError, StoreUnavailableError
from tests.api.live import LiveApi, failing, live_api, opener_of
from tests.stores import RunningStore

NOT_ROUTES = (
    "/",
    "/docs",
    "/redoc",
    "/openapi.json",
    "/v1/openapi.json",
    "/metrics",
    "/v1",
    "/v1/",
)


NO_STORE = failing(StoreUnavailableError("nothing here"))
"""Whoever gets this far has been let in."""


@pytest.fixture(scope="module")
def closed(_open_engines: dict[str, RunningStore]) -> Iterator[LiveApi]:
    """An API over a store in which nobody is entered: the installation's token opens it."""
    found = _open_engines["embedded"]
    found.wipe(synthetic=True)
    with live_api(opener_of(found.store)) as live:
        yield live


def routes_of(app: FastAPI) -> list[tuple[str, str]]:
    """Give method and path of every route of the application, with the parameters filled in."""
    found = []
    for included in app.routes:
        # FastAPI keeps an included router as it was, under the prefix it was included with.
        prefix = included.include_context.prefix  # type: ignore[attr-defined]
        for route in included.original_router.routes:  # type: ignore[attr-defined]
            assert isinstance(route, APIRoute)
            path = re.sub(r"{\w+}", "ncmec:1", f"{prefix}{route.path}")
            found += [(method, path) for method in sorted(route.methods or ())]
    return found


ROUTES = routes_of(create_app(ApiSettings(token=SecretStr("t" * 32)), StoreAccess(NO_STORE)))
CLOSED = [route for route in ROUTES if route not in OPEN_ROUTES]


def test_the_routes_are_those_of_the_issue() -> None:
    assert len(ROUTES) > 90
    assert {route for route in ROUTES if route not in CLOSED} == OPEN_ROUTES
    assert not any("{" in path for _, path in ROUTES)


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_nobody_gets_in_without_a_token(closed: LiveApi, method: str, path: str) -> None:
    response = closed.anonymous.request(method, path)
    assert response.status_code == 401
    assert response.json()["code"] == "token"
    assert response.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("path", NOT_ROUTES)
def test_nothing_tells_which_routes_there_are(closed: LiveApi, path: str) -> None:
    assert closed.anonymous.get(path).status_code == 401
    assert closed.http.get(path).status_code == 404


@pytest.mark.parametrize(("method", "path"), sorted(OPEN_ROUTES))
def test_the_open_routes_need_none(closed: LiveApi, method: str, path: str) -> None:
    # Without a body it may not fit, but nobody asks for a token.
    assert closed.anonymous.request(method, path).status_code in (200, 422)


def test_the_token_lets_in(closed: LiveApi) -> None:
    assert closed.http.get("/v1/figures").status_code == 200
    assert closed.http.get("/v1/schema").status_code == 200


def wrong_tokens(token: str) -> list[list[tuple[str, str]]]:
    """Give headers that are not the token, though near it."""
    return [
        [("Authorization", token)],
        [("Authorization", f"Basic {token}")],
        [("Authorization", "Bearer")],
        [("Authorization", f"Bearer  {token}")],
        [("Authorization", f"Bearer {token[:-1]}")],
        [("Authorization", f"Bearer {token}x")],
        [("Authorization", f"Bearer {token.swapcase()}")],
        [("Authorization", f"Bearer {token}"), ("Authorization", f"Bearer {token}")],
        [("X-Authorization", f"Bearer {token}")],
        [("Cookie", f"token={token}")],
    ]


def test_what_is_nearly_the_token_does_not(closed: LiveApi) -> None:
    for headers in wrong_tokens(closed.token):
        response = closed.anonymous.get("/v1/schema", headers=headers)
        assert response.status_code == 401, headers
        assert closed.token not in response.text
    assert closed.anonymous.get(f"/v1/schema?token={closed.token}").status_code == 401


def test_a_scheme_in_another_case_is_the_same(closed: LiveApi) -> None:
    headers = {"Authorization": f"bEaReR {closed.token}"}
    assert closed.anonymous.get("/v1/schema", headers=headers).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example",
        "169.254.169.254",
        "",
        "[",
    ],
)
@pytest.mark.parametrize("path", ["/v1/schema", "/v1/health"])
def test_another_host_name_is_refused(closed: LiveApi, host: str, path: str) -> None:
    response = closed.http.get(path, headers={"Host": host})
    assert response.status_code in (400, 421)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost:1", "LOCALHOST", "[::1]", "[::1]:80"])
def test_own_names_are_served(closed: LiveApi, host: str) -> None:
    assert closed.http.get("/v1/schema", headers={"Host": host}).status_code == 200


def test_another_site_is_told_nothing(closed: LiveApi) -> None:
    asked = {
        "Origin": "https://evil.example",
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization",
    }
    response = closed.anonymous.request("OPTIONS", "/v1/search", headers=asked)
    assert response.status_code == 401
    assert not any(name.startswith("access-control") for name in response.headers)


def test_every_answer_carries_the_headers(closed: LiveApi) -> None:
    answers = [
        closed.http.get("/v1/schema"),
        closed.http.get("/v1/none"),
        closed.http.get("/v1/figures"),
        closed.anonymous.get("/v1/schema"),
        closed.http.get("/v1/schema", headers={"Host": "evil.example"}),
        closed.http.post("/v1/search", content=b"x" * 100_000),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 200, 401, 421, 413]
    for answer in answers:
        assert {name: answer.headers.get(name) for name in SECURITY_HEADERS} == SECURITY_HEADERS
        assert "server" not in answer.headers


def test_a_large_body_is_refused_with_and_without_its_length(closed: LiveApi) -> None:
    assert closed.http.post("/v1/search", content=b"x" * 65_537).json()["code"] == "too-large"
    chunks = (b"x" * 1000 for _ in range(100))
    assert closed.http.post("/v1/search", content=chunks).status_code == 413
    assert closed.http.post("/v1/search", content=b"x" * 65_536).status_code == 422


def test_a_body_is_not_read_before_the_token(closed: LiveApi) -> None:
    """The answer comes although the body that was announced never does."""
    url = httpx.URL(closed.url)
    with socket.create_connection((url.host, url.port or 0), timeout=10) as connection:
        connection.sendall(
            b"POST /v1/search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 1000000\r\n\r\n"
        )
        assert connection.recv(64).startswith(b"HTTP/1.1 401")


@pytest.mark.parametrize(
    "token", [None, "", "short", "x" * 31, "ü" * 40, "x" * 40 + "\n", "x " * 20]
)
def test_without_a_good_token_there_is_no_api(token: str | None) -> None:
    secret = None if token is None else SecretStr(token)
    with pytest.raises(SettingsError):
        create_app(ApiSettings(token=secret), StoreAccess(NO_STORE))


def test_the_token_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    assert ApiSettings().token is None
    monkeypatch.setenv("CROSSTIP_API_TOKEN", "e" * 40)
    assert ApiSettings().require_token().get_secret_value() == "e" * 40
    assert "e" * 40 not in repr(ApiSettings())


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "localhost"])
def test_what_is_loopback(host: str) -> None:
    assert ApiSettings(host=host).is_loopback


@pytest.mark.parametrize(
    "host", [".".join("0000"), "::", "192.0.2.1", "api", "localhost.evil.example", ""]
)
def test_what_is_not_loopback(host: str) -> None:
    assert not ApiSettings(host=host).is_loopback
