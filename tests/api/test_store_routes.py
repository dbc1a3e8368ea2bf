"""Figures, schema and named queries; and that a real store is not called synthetic."""

from __future__ import annotations

import pytest

from graph.queries.catalogue import CATALOGUE
from graph.queries.core import Mode
from graph.schema import SCHEMA
from graph.services.walking import WALK_LIMIT
from tests.api.county import LINKED, SHARED_EMAIL, URGENT
from tests.api.live import LiveApi, live_api, opener_of
from tests.stores import RunningStore


def test_figures_count_what_is_there(api: LiveApi) -> None:
    answer = api.http.get("/v1/figures").json()
    figures = {figure["label"]: figure["total"] for figure in answer["figures"]}
    assert answer["tip_total"] == 4
    assert figures["Tip"] == 4
    # While nobody is entered, whoever has the machine sees every count; what is left of it for
    # people of agencies: tests/api/test_casework.py.
    assert {"Agency", "Claim", "Document", "File", "Provider", "TipVersion"} <= set(figures)
    assert answer["created_at"] == "1970-01-01T00:00:00Z"


def test_the_schema_is_the_declared_one(api: LiveApi) -> None:
    answer = api.http.get("/v1/schema").json()
    assert {node["label"] for node in answer["nodes"]} == set(SCHEMA.node_by_label)
    assert {rel["type"] for rel in answer["relationships"]} == set(SCHEMA.rel_by_type)


# The list is the program's: on one engine, as no text of it reaches either.
@pytest.mark.parametrize("running_store", ["embedded"], indirect=True)
def test_only_public_reads_are_offered(api: LiveApi) -> None:
    offered = {query["name"] for query in api.http.get("/v1/queries").json()["queries"]}
    public = {n for n, q in CATALOGUE.items() if q.public and q.mode is Mode.READ}
    assert offered == public
    for name in sorted(set(CATALOGUE) - public):
        response = api.http.post(f"/v1/queries/{name}", json={"params": {}})
        assert (response.status_code, response.json()["code"]) == (404, "not-found"), name


def test_a_named_query_gives_its_rows(api: LiveApi) -> None:
    params = {"tips": [URGENT], "walk_limit": 10, "limit": 10}
    answer = api.http.post("/v1/queries/links.shared", json={"params": params}).json()
    assert answer["queries"] == ["links.shared"]
    shared = [(row["tip"], row["identifier"]) for row in answer["rows"]]
    assert (LINKED, SHARED_EMAIL) in shared
    assert set(answer["columns"]) == set(answer["rows"][0])


def test_parameters_that_do_not_fit_are_refused_without_their_values(api: LiveApi) -> None:
    good: dict[str, object] = {"tips": [URGENT], "walk_limit": 10, "limit": 10}
    for wrong, place in (
        ({"tips": 5}, "tips"),
        ({"tips": ["x"] * 1001}, "tips"),
        ({"limit": "canary"}, "limit"),
        ({"limit": True}, "limit"),
        ({"limit": 10**9}, "limit"),
        ({"limit": -1}, "limit"),
        ({"walk_limit": WALK_LIMIT + 1}, "walk_limit"),
        # A name that is not declared is the asker's text, as a value is: it is not repeated.
        ({"canary": 1}, ""),
        ({"now_us": 0}, "now_us"),
    ):
        response = api.http.post("/v1/queries/links.shared", json={"params": good | wrong})
        assert response.status_code == 422, wrong
        assert [fault["place"] for fault in response.json()["errors"]] == [place]
        assert "canary" not in response.text


def test_a_real_store_is_not_called_synthetic(running_store: RunningStore) -> None:
    running_store.wipe(synthetic=False)
    with live_api(opener_of(running_store.store)) as live:
        for path in ("tips", "overlaps", "figures", "states"):
            answer = live.http.get(f"/v1/{path}").json()
            assert answer["synthetic"] is False
            assert answer["as_of"].startswith("20")
            assert len(answer["queries"]) > 0
