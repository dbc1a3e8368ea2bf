"""Where a query lets another agency's tip through, the policies keep it back over HTTP too."""

from __future__ import annotations

import pytest

from graph.casework.tip_scope import EVERYTHING
from graph.clock import now_us
from graph.services.recording import record
from graph.store import Store
from tests.api.live import live_api, opener_of
from tests.api.logging_on import logged_on_as
from tests.deliveries import delivery, email
from tests.graph.services.people import staff


def test_without_the_queries_filter_the_policies_show_no_more(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    staff(store, "north", "south", at_us=now_us())
    said = [email("said@example.com")]
    for number, holder in (("1", "north"), ("2", "south"), ("3", "south")):
        record(store, [delivery(number, said, holder=holder)], actor="test")
    monkeypatch.setattr("api.conduct.desk.scope_of", lambda _: EVERYTHING)
    with live_api(opener_of(store)) as live, logged_on_as(live, store, "lead.north") as http:
        asked = {"text": "said@example.com"}
        answers = [
            http.get("/v1/tips"),
            http.get("/v1/tips/ncmec:2"),
            http.get("/v1/tips/ncmec:1/links"),
            http.get("/v1/tips/ncmec:2/links/ncmec:3"),
            http.post("/v1/search", json=asked),
        ]
        assert [answer.status_code for answer in answers] == [404] * len(answers)
        assert http.get("/v1/tips/ncmec:1").status_code == 200
