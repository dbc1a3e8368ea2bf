"""Suggestions while typing: own tips alone, as they are now, and the same whatever others hold."""

from __future__ import annotations

import pytest

from graph.casework.caller import Caller
from graph.casework.tip_scope import scope_of
from graph.clock import now_us
from graph.services.holders import release_tips
from graph.services.suggesting import FRESH_US, MOST, Suggestions
from graph.store import Store
from tests.graph.services.people import staff
from tests.graph.services.queueing import take_in


def _suggested(kept: Suggestions, store: Store, caller: Caller, text: str) -> list[str]:
    found = kept.like(store.seen_by(scope_of(caller)), text)
    return [f"{item.kind} {item.key}" for item in found.suggested]


def test_each_agency_is_told_of_its_own_tips_alone(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = staff(store, "north", "south", at_us=now_us())
    lead, other = people["lead.north"], people["lead.south"]
    kept = Suggestions(store)
    take_in(store, 198000001, said="dark.fox@example.com")
    take_in(store, 198000002, holder="south", said="dark.hare@example.com")
    take_in(store, 198000003, holder=None, said="dark.owl@example.com")
    assert _suggested(kept, store, lead, "Dark.") == ["Email dark.fox@example.com"]
    assert _suggested(kept, store, other, "Dark.") == ["Email dark.hare@example.com"]
    assert _suggested(kept, store, people["ops"], "dark.") == []
    assert _suggested(kept, store, lead, "19800") == ["Tip ncmec:198000001"]
    assert _suggested(kept, store, other, "ncmec:198") == ["Tip ncmec:198000002"]
    assert _suggested(kept, store, lead, "198000002") == []
    assert _suggested(kept, store, people["ops"], "198") == []
    taken = kept.like(store.seen_by(scope_of(lead)), "dark.owl@example.com").taken_for
    assert "Email" in {item.kind.value for item in taken}, "what it is says nothing of who has it"
    # What was given up a moment ago is gone at once, although the beginnings are kept.
    release_tips(lead, store, ["ncmec:198000001"], agency="north")
    assert _suggested(kept, store, lead, "dark.") == []
    assert _suggested(kept, store, lead, "19800") == []
    # What came since is there when they are made anew.
    take_in(store, 198000004, said="dark.wolf@example.com")
    assert _suggested(kept, store, lead, "dark.") == []
    later = now_us() + FRESH_US
    monkeypatch.setattr("graph.services.suggesting.now_us", lambda: later)
    assert _suggested(kept, store, lead, "dark.") == ["Email dark.wolf@example.com"]


def test_whoever_sees_all_is_told_of_all_and_no_more_than_is_read(store: Store) -> None:
    for at in range(MOST + 2):
        take_in(store, 1000 + at, holder=None, said=f"fox{at}@example.com")
    found = Suggestions(store).like(store, "100")
    assert len(found.suggested) == MOST
    assert found.cut_off == ()
    assert len(Suggestions(store).like(store, "fox").suggested) == MOST
