"""Crowds: what hundreds of tips mention is told by the snapshot's band, and not walked for."""

from __future__ import annotations

import pytest

from graph.casework.tip_scope import TipScope
from graph.clock import now_us
from graph.services import band_telling
from graph.services.links import links_of
from graph.services.search import search
from graph.services.snapshot import take_snapshot
from graph.services.tips import show_tip
from graph.services.withdrawal import withdraw
from graph.store import Store
from tests.graph.services.people import staff
from tests.graph.services.test_tips_apart import take_in
from tests.linking import BASIS

CROWDED, OWN, FEW = "desk@example.com", "south@example.com", "few@example.com"


def _mentioned(store: Store, agency: str, tip: str) -> dict[str, int]:
    seen = store.seen_by(TipScope(holder=agency))
    return {row.identifier: row.mention_count for row in show_tip(seen, tip).assertions}


def test_a_crowd_is_told_by_its_band_to_whom_it_may_be_told(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two agencies' crowd is told to both, one agency's own to it alone, and nothing smaller."""
    monkeypatch.setattr(band_telling, "CROWD", 5)
    staff(store, "north", "south", at_us=now_us())
    for number in range(1, 7):
        take_in(store, number, CROWDED, OWN, holder="south")
    take_in(store, 7, CROWDED, FEW, holder="north")
    take_in(store, 8, OWN, FEW, holder=None)
    assert _mentioned(store, "south", "ncmec:1") == {CROWDED: 6, OWN: 6}
    take_snapshot(store, actor="test")
    assert _mentioned(store, "south", "ncmec:1") == {CROWDED: 4, OWN: 4}
    assert _mentioned(store, "north", "ncmec:7") == {CROWDED: 4, FEW: 1}
    found = search(store.seen_by(TipScope(holder="north")), OWN)
    assert [item for item in found.found if item.identifier.key == OWN] == []
    # Without agencies in the question every tip is counted, as it is now.
    assert {row.identifier: row.mention_count for row in show_tip(store, "ncmec:1").assertions} == {
        CROWDED: 7,
        OWN: 7,
    }


def test_a_crowd_that_broke_up_is_counted_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(band_telling, "CROWD", 5)
    staff(store, "south", at_us=now_us())
    for number in range(1, 6):
        take_in(store, number, CROWDED, holder="south")
    take_snapshot(store, actor="test")
    withdraw(store, "ncmec:5", why="Sent in error.", actor="test")
    assert _mentioned(store, "south", "ncmec:1") == {CROWDED: 4}
    withdraw(store, "ncmec:4", why="Sent in error.", actor="test")
    take_snapshot(store, actor="test")
    assert _mentioned(store, "south", "ncmec:1") == {CROWDED: 3}


def test_links_are_found_through_a_crowd_that_may_be_walked(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The band is no reason to walk less: the limit of the walk is."""
    monkeypatch.setattr(band_telling, "CROWD", 5)
    staff(store, "south", at_us=now_us())
    for number in range(1, 7):
        take_in(store, number, CROWDED, holder="south")
    seen = store.seen_by(TipScope(holder="south"))
    before = [link.tip.key for link in links_of(seen, "ncmec:1", basis=BASIS).links]
    take_snapshot(store, actor="test")
    assert len(before) == 5
    assert [link.tip.key for link in links_of(seen, "ncmec:1", basis=BASIS).links] == before
