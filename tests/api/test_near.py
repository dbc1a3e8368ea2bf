"""Near hashes and first sights over HTTP."""

from __future__ import annotations

import pytest

from client.client import CrosstipClient
from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from graph.services.recording import record
from graph.store import Store
from tests.api.county import URGENT
from tests.api.live import LiveApi
from tests.deliveries import delivery, says

BASE = 0x0F1E2D3C4B5A69788796A5B4C3D2E1F00F1E2D3C4B5A69788796A5B4C3D2E1F0


@pytest.fixture
def pictures(store: Store, api: LiveApi) -> LiveApi:
    """The API over tips whose pictures look alike."""
    near = [
        delivery(
            str(n),
            [
                says(
                    IdentifierKind.FILE_HASH,
                    f"pdq:{BASE ^ ((1 << bits) - 1):064x}",
                    role=Role.FILE,
                    state="shared",
                )
            ],
        )
        for n, bits in ((101, 0), (102, 31), (103, 32))
    ]
    record(store, near, actor="test")
    return api


def test_near_hashes_are_hints_with_their_tips(pictures: LiveApi) -> None:
    with CrosstipClient(pictures.url, pictures.token) as client:
        answer = client.near(f"{BASE:064X}")
    assert [(hit.distance, [tip.tip for tip in hit.tips]) for hit in answer.hits] == [
        (0, ["ncmec:101"]),
        (31, ["ncmec:102"]),
    ]
    assert "not the same file" in answer.hint
    assert answer.synthetic
    assert answer.cut_off == ()
    assert "near.pages" in answer.queries


def test_nobody_asks_without_a_token_or_in_an_address(pictures: LiveApi) -> None:
    body = {"pdq": f"{BASE:064x}"}
    assert pictures.anonymous.post("/v1/near", json=body).status_code == 401
    assert pictures.http.get("/v1/near", params=body).status_code == 405


@pytest.mark.parametrize("text", ["0" * 64, "abc", "someone@example.com"])
def test_what_cannot_be_compared_is_refused_and_not_repeated(api: LiveApi, text: str) -> None:
    response = api.http.post("/v1/near", json={"pdq": text})
    assert (response.status_code, response.json()["code"]) == (422, "question")
    assert text not in response.text


def test_a_first_sight_is_told_with_tip_and_history(api: LiveApi) -> None:
    with CrosstipClient(api.url, api.token) as client:
        (file,) = client.tip(URGENT).files
        found = client.history("FileHash", "md5:0123456789abcdef0123456789abcdef")
    assert file.seen == "first seen here"
    assert "MD5" in file.seen_why
    assert found.first_seen is not None
    assert (found.first_seen.seen, found.first_seen.tip) == ("first seen here", URGENT)
