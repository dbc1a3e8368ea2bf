"""Overlaps and investigations."""

from __future__ import annotations

from dataclasses import replace

from api.schemas.overlaps import MAX_MEETINGS, OverlapsAnswer
from graph.services.links import CAVEAT
from graph.services.overlaps import find_overlaps
from graph.services.snapshot import take_snapshot
from graph.store import Store
from tests.api.county import HOSTILE, SHARED_EMAIL, fill
from tests.api.live import LiveApi, opener_of


def test_the_two_that_collide(api: LiveApi) -> None:
    answer = api.http.get("/v1/overlaps").json()
    (pair,) = answer["overlaps"]
    assert [pair["first"]["agency"], pair["second"]["agency"]] == ["alder", "birch"]
    assert pair["is_direct"] is True
    assert pair["first"]["agency_contact"] == "555-555-0101"
    assert pair["first"]["opened_at"] == "2023-11-14T22:13:20Z"
    assert pair["first"]["title"] == f"Operation {HOSTILE}"
    assert pair["meeting_total"] == len(pair["meetings"])
    assert SHARED_EMAIL in {meeting["first_identifier"] for meeting in pair["meetings"]}
    assert answer["caveat"] == CAVEAT
    assert answer["synthetic"] is True
    assert answer["low_value"] == []


def test_the_same_child_is_apart(api: LiveApi) -> None:
    (pair,) = api.http.get("/v1/overlaps").json()["protective"]
    assert [pair["first"]["agency"], pair["second"]["agency"]] == ["alder", "cedar"]
    assert {meeting["is_protective"] for meeting in pair["meetings"]} == {True}


def test_what_is_too_much_is_counted_and_said(store: Store) -> None:
    fill(store)
    take_snapshot(store, actor="test")
    with opener_of(store)() as opened:
        found = find_overlaps(store)
        (pair,) = found.overlaps
        many = replace(pair, meetings=pair.meetings[:1] * (MAX_MEETINGS + 5))
        answer = OverlapsAnswer.of(replace(found, overlaps=(many, many)), opened, limit=1)
    assert len(answer.overlaps) == 1
    assert len(answer.overlaps[0].meetings) == MAX_MEETINGS
    assert answer.overlaps[0].meeting_total == MAX_MEETINGS + 5
    assert answer.cut_off == ("1 further overlaps are not shown.",)
