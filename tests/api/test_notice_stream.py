"""Notices as server-sent events: as they come, after a break, and to nobody else."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from api import streams
from api.conduct.stream_counts import MOST
from client.client import CrosstipClient
from graph.store import Store
from tests.api.offices import SUBJECT, Offices, two_offices

LEAD, OTHER = "lead.alder", "lead.birch"


def test_notices_come_as_they_are_written(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "PAUSE_S", 0.05)
    monkeypatch.setattr(streams, "LONGEST_S", 200.0)
    with two_offices(store, LEAD, OTHER) as offices:
        offices.opened(LEAD, "A-1")
        offices.claimed(LEAD, "A-1", SUBJECT)
        mine, theirs = (_reader(offices, user) for user in (LEAD, OTHER))
        with mine, theirs:
            waiting = mine.notification_stream()
            with ThreadPoolExecutor(2) as pool:
                both = [pool.submit(next, waiting), pool.submit(next, theirs.notification_stream())]
                time.sleep(0.5)
                _meet(offices, "B-1", SUBJECT)
                (last, first), (_, other) = (one.result(timeout=120) for one in both)
            assert first.object == other.object
            assert first.key != other.key
        # What comes up while nobody reads is there after the break.
        offices.claimed(LEAD, "A-1", "two@example.com")
        offices.claimed(OTHER, "B-1", "two@example.com")
        with _reader(offices, LEAD) as client:
            _, second = next(client.notification_stream(last=last))
        assert second.key != first.key
        _bounded(offices)


def _reader(offices: Offices, user: str) -> CrosstipClient:
    carried = offices.people[user].headers["Authorization"].removeprefix("Bearer ")
    return CrosstipClient(offices.live.url, carried)


def _meet(offices: Offices, reference: str, value: str) -> None:
    offices.opened(OTHER, reference)
    offices.claimed(OTHER, reference, value)


def _bounded(offices: Offices) -> None:
    lead = offices.people[LEAD]
    assert lead.get("/v1/notifications/stream", headers={"Last-Event-ID": "x"}).status_code == 422
    app = offices.live.app
    counts = app.state.streams
    with counts.counted(LEAD), counts.counted(LEAD), counts.counted(LEAD), counts.counted(LEAD):
        assert MOST == 4
        refused = lead.get("/v1/notifications/stream")
    assert (refused.status_code, refused.json()["code"]) == (429, "too-many")
    assert "Retry-After" in refused.headers
