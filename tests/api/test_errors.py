"""Errors over HTTP: each class has its status, nothing leaks, a store that is away is no list."""

from __future__ import annotations

import inspect
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import pytest

from api.errors import ANSWERS, answer_for
from graph import errors
from graph.audit.errors import AuditError
from graph.opening import OpenStore
from graph.store import Store
from tests.api.live import failing, live_api, opener_of

CLASSES = sorted(
    (
        value
        for _, value in inspect.getmembers(errors, inspect.isclass)
        if issubclass(value, errors.CrosstipError)
    ),
    key=lambda value: value.__name__,
)
EXPECTED = {
    "AnswerLostError": (409, "answer-lost"),
    "GoneError": (409, "gone-meanwhile"),
    "InFlightError": (409, "in-flight"),
    "KeyReusedError": (422, "key-reused"),
    "ChangedError": (409, "changed"),
    "CrosstipError": (500, "failed"),
    "EngineError": (503, "engine"),
    "HashListError": (409, "hash-list"),
    "IntakeError": (422, "intake"),
    "LogOnError": (401, "log-on"),
    "NotFoundError": (404, "not-found"),
    "QuestionError": (422, "question"),
    "RightsError": (403, "rights"),
    "RowError": (422, "row"),
    "SchemaError": (500, "schema"),
    "SettingsError": (500, "settings"),
    "StorageFailedError": (503, "storage-failed"),
    "StorageFullError": (507, "storage-full"),
    "StoreBusyError": (503, "store-busy"),
    "StoreConflictError": (409, "store-conflict"),
    "StoreError": (503, "store-failed"),
    "StoreRefusedError": (500, "store-refused"),
    "StoreTimeoutError": (503, "store-timeout"),
    "StoreUnavailableError": (503, "store-unavailable"),
    "ThrottledError": (429, "throttled"),
    "TooManyJobsError": (429, "too-many-jobs"),
    "UnlikeRowError": (500, "unlike-row"),
    "UnreadableDocumentError": (422, "unreadable-document"),
    "WrongStoreError": (409, "wrong-store"),
}
CANARY = "/srv/secret/canary"


def test_every_class_has_a_line_and_a_test() -> None:
    assert {value.__name__ for value in CLASSES} == set(EXPECTED)
    assert set(ANSWERS) == {*CLASSES, AuditError}


@pytest.mark.parametrize("kind", CLASSES)
def test_each_class_over_http(kind: type[errors.CrosstipError]) -> None:
    status, code = EXPECTED[kind.__name__]
    with live_api(failing(kind(f"It failed at {CANARY}."))) as live:
        response = live.http.get("/v1/overlaps")
    body = response.json()
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    assert response.headers["content-type"] == "application/problem+json"
    assert body["title"] != ""
    assert body["detail"].endswith(".")
    waits = status in (429, 503, 507) or kind is errors.InFlightError
    assert ("Retry-After" in response.headers) is waits
    # What went wrong inside stays inside; what is wrong with the question is told.
    assert (CANARY in response.text) is (status < 500)


def test_a_class_of_its_own_is_answered_as_its_parent() -> None:
    class NoTipError(errors.NotFoundError):
        pass

    assert answer_for(NoTipError("x")).code == "not-found"


def test_a_defect_leaks_nothing(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="crosstip")
    with live_api(failing(RuntimeError(CANARY))) as live:
        response = live.http.get("/v1/tips")
        again = live.http.get("/v1/health")
    assert response.status_code == 500
    assert response.json()["code"] == "defect"
    assert CANARY not in response.text
    assert "Traceback" not in response.text
    assert CANARY not in caplog.text
    assert "RuntimeError" in caplog.text
    assert again.status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "figures",
        "investigations",
        "overlaps",
        "tips",
        "tips/ncmec:1",
        "tips/ncmec:1/links",
        "tips/ncmec:1/neighbourhood",
    ],
)
def test_a_store_that_is_away_is_never_an_empty_list(path: str) -> None:
    with live_api(failing(errors.StoreUnavailableError("away"))) as live:
        response = live.http.get(f"/v1/{path}")
    assert response.status_code == 503
    assert int(response.headers["Retry-After"]) > 0
    assert set(response.json()) == {"type", "title", "status", "code", "detail", "errors"}


def test_search_and_queries_say_so_too() -> None:
    with live_api(failing(errors.StoreUnavailableError("away"))) as live:
        searched = live.http.post("/v1/search", json={"text": "x"})
        queried = live.http.post("/v1/queries/meta.counts", json={})
    assert (searched.status_code, queried.status_code) == (503, 503)


def test_a_store_that_comes_back_is_used(store: Store) -> None:
    inner = opener_of(store)
    tries = 0

    @contextmanager
    def second_time() -> Iterator[OpenStore]:
        nonlocal tries
        tries += 1
        if tries == 1:
            raise errors.EngineError("not yet")
        with inner() as opened:
            yield opened

    with live_api(second_time) as live:
        assert live.http.get("/v1/tips").status_code == 503
        assert live.http.get("/v1/tips").status_code == 200
        assert live.http.get("/v1/tips").status_code == 200
    assert tries == 2


def test_a_store_that_is_away_is_not_asked_by_every_request() -> None:
    tries = 0

    def counted() -> NoReturn:
        nonlocal tries
        tries += 1
        raise errors.StoreUnavailableError("away")

    with live_api(counted, pause_s=60.0) as live:
        assert {live.http.get("/v1/tips").status_code for _ in range(5)} == {503}
    assert tries == 1


def test_a_request_that_is_no_json_is_refused_without_repeating_it(store: Store) -> None:
    with live_api(opener_of(store)) as live:
        broken = live.http.post("/v1/search", content=b'{"text": "canary')
        wrong = live.http.post("/v1/search", json={"text": ["canary"]})
    for response in (broken, wrong):
        assert response.status_code == 422
        assert response.json()["code"] == "request"
        assert "canary" not in response.text
