"""Routes of tips: list, one tip, links, neighbourhood."""

from __future__ import annotations

from typing import Any, cast

from graph.services.links import CAVEAT
from graph.services.recording import record
from graph.services.walking import WALK_LIMIT
from graph.store import Store
from tests.api.county import (
    ALONE,
    CHILD,
    CHILD_EMAIL,
    HOSTILE,
    LINKED,
    SHARED_EMAIL,
    URGENT,
)
from tests.api.live import LiveApi
from tests.deliveries import delivery, email
from tests.linking import BASIS


def _get(api: LiveApi, path: str, **query: Any) -> dict[str, Any]:
    response = api.http.get(f"/v1/{path}", params=query)
    assert response.status_code == 200, response.text
    return cast("dict[str, Any]", response.json())


def test_the_list_shows_danger_first(api: LiveApi) -> None:
    page = _get(api, "tips")
    assert [tip["key"] for tip in page["tips"]][:2] == [URGENT, LINKED]
    assert page["tips"][0]["urgency_reasons"] == ["The reporter ticked imminent danger."]
    assert page["synthetic"] is True
    assert page["queries"] == ["tips.page"]
    assert page["next_after"] is None


def test_pages_together_are_the_whole_list(api: LiveApi) -> None:
    whole = [tip["key"] for tip in _get(api, "tips")["tips"]]
    found: list[str] = []
    after: str | None = ""
    while after is not None:
        page = _get(api, "tips", after=after, limit=1)
        assert len(page["tips"]) == 1
        found += [tip["key"] for tip in page["tips"]]
        after = page["next_after"]
    assert found == whole
    assert len(found) == 4


def test_a_tip_carries_utc_times_and_what_was_received(api: LiveApi) -> None:
    answer = _get(api, f"tips/{URGENT}")
    assert answer["tip"]["incident_at"] == "2023-11-14T21:13:20Z"
    assert answer["tip"]["incident_time_raw"] == "11/14/2023 9:13 PM"
    stated = {a["identifier"]: a for a in answer["assertions"]}
    assert stated[SHARED_EMAIL]["at"] == "2023-11-14T22:13:20Z"
    assert stated[SHARED_EMAIL]["time_raw"] == "14 Nov 2023 22:13"
    assert stated[SHARED_EMAIL]["port"] == 4000
    assert stated[CHILD_EMAIL]["linking"] is False
    assert answer["files"][0]["name"] == f"{HOSTILE}.jpg"
    assert [r["tip"] for r in answer["references"]] == [ALONE]
    assert {row["agency"] for row in answer["investigations"]} == {"alder", "birch", "cedar"}
    assert answer["caveat"] == CAVEAT
    assert answer["versions"][0]["receipts"] == ["2023-11-14T22:13:20Z"]


def test_no_stored_statement_is_sent(api: LiveApi) -> None:
    assert "statement" not in _get(api, f"tips/{URGENT}")["versions"][0]


def test_links_have_reasons_that_add_up(api: LiveApi) -> None:
    answer = _get(api, f"tips/{URGENT}/links")
    assert answer["tip_total"] == 4
    assert answer["caveat"] == CAVEAT
    assert answer["weights"] == BASIS.weights.version
    assert "has not been counted yet" in answer["cut_off"][0]
    by_tip = {link["tip"]["key"]: link for link in answer["links"]}
    assert set(by_tip) == {LINKED, CHILD, ALONE}
    assert by_tip[LINKED]["score"] == BASIS.weights.of("email").weight
    assert by_tip[LINKED]["grade"] == "strong"
    assert [r["identifier"] for r in by_tip[LINKED]["reasons"]] == [SHARED_EMAIL]
    assert by_tip[CHILD]["score"] == 0
    assert by_tip[CHILD]["reasons"][0]["relation"] == "possible same child or account"
    assert by_tip[ALONE]["refers"] == ["names"]
    for link in answer["links"]:
        assert link["score"] == sum(reason["weight"] for reason in link["reasons"])


def test_a_limit_is_said(api: LiveApi) -> None:
    answer = _get(api, f"tips/{URGENT}/links", limit=1)
    assert len(answer["links"]) == 1
    assert answer["cut_off"][-1] == "2 further links are not shown."


def test_a_pair_is_explained_from_both_sides(api: LiveApi) -> None:
    there = _get(api, f"tips/{URGENT}/links/{LINKED}")
    back = _get(api, f"tips/{LINKED}/links/{URGENT}")
    assert there["score"] == back["score"] == sum(r["weight"] for r in there["reasons"])
    assert (there["own"]["key"], there["other"]["key"]) == (URGENT, LINKED)
    assert there["cut_offs"]["strong"] >= there["cut_offs"]["moderate"]
    for reason in there["reasons"]:
        assert reason["alone"] == sum(part["weight"] for part in reason["parts"])
    assert there["caveat"] == CAVEAT


def test_a_history_is_asked_for_in_the_body_and_says_who_when_as_what(api: LiveApi) -> None:
    question = {"kind": "Email", "key": SHARED_EMAIL}
    answer = api.http.post("/v1/history", json=question).json()
    assert answer["identifier"]["key"] == SHARED_EMAIL
    assert {use["tip"] for use in answer["uses"]} >= {URGENT, LINKED}
    assert sum(row["tips"] for row in answer["spread"]) >= 2
    assert api.anonymous.post("/v1/history", json=question).status_code == 401
    nobody = api.http.post("/v1/history", json={"kind": "Email", "key": "nobody@example.com"})
    assert nobody.status_code == 404
    assert "nobody@example.com" not in nobody.text
    assert api.http.post("/v1/history", json={"kind": "Cat", "key": "x"}).status_code == 422


def test_the_picture_has_opaque_ids_and_places(api: LiveApi) -> None:
    answer = _get(api, f"tips/{URGENT}/neighbourhood")
    assert all(
        node["id"].startswith("n") and node["id"][1:].isdecimal() for node in answer["nodes"]
    )
    assert all(-1 <= node["x"] <= 1 and -1 <= node["y"] <= 1 for node in answer["nodes"])
    ids = {node["id"] for node in answer["nodes"]}
    assert {end for edge in answer["edges"] for end in (edge["start"], edge["end"])} <= ids
    assert {"Tip", "Email", "Investigation"} <= {node["kind"] for node in answer["nodes"]}
    assert answer["caveat"] == CAVEAT


def test_a_hub_is_counted_and_not_walked(api: LiveApi, store: Store) -> None:
    many = [delivery(str(300000 + n), [email("hub@example.com")]) for n in range(WALK_LIMIT + 1)]
    record(store, many, actor="test")
    record(store, [delivery("299999", [email("hub@example.com")])], actor="test")
    answer = _get(api, "tips/ncmec:299999/links")
    assert answer["links"] == []
    assert [(hub["identifier"], hub["mention_count"]) for hub in answer["hubs"]] == [
        ("hub@example.com", WALK_LIMIT + 2)
    ]


def test_a_group_says_what_holds_its_members(api: LiveApi) -> None:
    answer = _get(api, f"tips/{LINKED}/group")
    assert [member["tip"]["key"] for member in answer["members"]] == [URGENT, LINKED]
    (link,) = answer["members"][1]["links"]
    assert link["tip"]["key"] == URGENT
    assert link["score"] == sum(reason["weight"] for reason in link["reasons"])
    assert [value["identifier"] for value in answer["weakest"]["needs"]] == [SHARED_EMAIL]
    assert answer["members"][1]["attached"]
    assert (answer["partial"], answer["caveat"]) == (False, CAVEAT)


def test_chains_between_tips_and_none_is_no_statement(api: LiveApi) -> None:
    answer = _get(api, f"tips/{URGENT}/paths/{LINKED}", limit=1)
    (chain,) = answer["chains"]
    assert [tip["key"] for tip in chain["tips"]] == [URGENT, LINKED]
    assert chain["steps"][0]["reasons"][0]["identifier"] == SHARED_EMAIL
    assert [met["reference"] for met in answer["investigations"]] == ["A-7", "B-9"]
    none = _get(api, f"tips/{URGENT}/paths/{CHILD}")
    assert (none["chains"], none["investigations"]) == ([], [])
    assert "does not say that there is none" in none["summary"]
    path = f"/v1/tips/{URGENT}/paths/{LINKED}"
    assert api.http.get(path, params={"longest": 7}).status_code == 422


def test_no_such_tip(api: LiveApi) -> None:
    parts = ("", "/links", "/neighbourhood", f"/links/{URGENT}", "/group", f"/paths/{URGENT}")
    for part in parts:
        response = api.http.get(f"/v1/tips/ncmec:404{part}")
        assert response.status_code == 404
        assert response.json()["code"] == "not-found"


def test_a_limit_out_of_bounds_is_refused(api: LiveApi) -> None:
    response = api.http.get("/v1/tips", params={"limit": 100000})
    assert response.status_code == 422
    assert response.json()["errors"][0]["place"] == "query.limit"
