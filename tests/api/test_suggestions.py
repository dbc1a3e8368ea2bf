"""Suggestions over HTTP: refused to strangers, and to the point."""

from __future__ import annotations

from tests.api.county import LINKED, SHARED_EMAIL, URGENT
from tests.api.live import LiveApi

PATH = "/v1/suggestions"


def test_suggestions_are_for_whoever_is_logged_on(api: LiveApi) -> None:
    assert api.anonymous.post(PATH, json={"text": "dark"}).status_code == 401
    assert api.http.get(PATH, params={"text": "dark"}).status_code == 405
    for text in ("d", "x" * 201):
        assert api.http.post(PATH, json={"text": text}).status_code == 422
    found = api.http.post(PATH, json={"text": "Dark.F"}).json()
    assert found["suggested"] == [{"kind": "Email", "key": SHARED_EMAIL, "tip": URGENT}]
    assert found["cut_off"] == []
    found = api.http.post(PATH, json={"text": "198000002"}).json()
    assert [item["key"] for item in found["suggested"]] == [LINKED]
    said = api.http.post(PATH, json={"text": SHARED_EMAIL}).json()
    assert "Email" in {taken["kind"] for taken in said["taken_for"]}
