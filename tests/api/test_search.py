"""Search: what is found, and that nothing of it gets into a log."""

from __future__ import annotations

import logging

import pytest

from tests.api.county import CHILD_EMAIL, LINKED, SHARED_EMAIL, URGENT
from tests.api.live import LiveApi


def test_an_address_in_another_spelling_is_found(api: LiveApi) -> None:
    answer = api.http.post("/v1/search", json={"text": " Dark.Fox@EXAMPLE.com "}).json()
    assert "Email" in {taken["kind"] for taken in answer["taken_for"]}
    (found,) = answer["found"]
    assert found["identifier"]["key"] == SHARED_EMAIL
    assert [tip["key"] for tip in found["tips"]] == [URGENT, LINKED]
    assert {claim["agency"] for claim in found["claims"]} == {"alder", "birch"}
    assert answer["synthetic"] is True
    assert answer["cut_off"] == []


def test_a_number_finds_its_tip(api: LiveApi) -> None:
    answer = api.http.post("/v1/search", json={"text": "198000002"}).json()
    assert [tip["key"] for tip in answer["tips"]] == [LINKED]


def test_nothing_is_an_answer_with_a_time(api: LiveApi) -> None:
    answer = api.http.post("/v1/search", json={"text": "nobody@example.com"}).json()
    assert answer["found"] == []
    assert answer["tips"] == []
    assert answer["as_of"].endswith("Z")


@pytest.mark.parametrize("text", ["", "x" * 2001, "\ud800"])
def test_a_text_that_cannot_be_one_is_refused(api: LiveApi, text: str) -> None:
    response = api.http.post("/v1/search", content=f'{{"text": "{ascii(text)[1:-1]}"}}')
    assert response.status_code == 422
    assert response.json()["code"] == "request"


def test_search_text_is_not_taken_from_an_address(api: LiveApi) -> None:
    assert api.http.get("/v1/search", params={"text": SHARED_EMAIL}).status_code == 405


def test_logs_hold_the_route_and_nothing_that_was_asked(
    api: LiveApi, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    api.http.post("/v1/search", json={"text": SHARED_EMAIL})
    api.http.get(f"/v1/tips/{URGENT}")
    api.http.get("/v1/tips/ncmec:secret-canary")
    api.http.post("/v1/queries/identifiers.by_key", json={"params": {"keys": [CHILD_EMAIL]}})
    ours = [r.getMessage() for r in caplog.records if r.name.startswith(("crosstip", "uvicorn"))]
    assert any(line.startswith("GET /tips/{tip} 200") for line in ours)
    written = "\n".join(ours)
    for asked in (SHARED_EMAIL, CHILD_EMAIL, URGENT, "canary", api.token):
        assert asked not in written
