"""Whatever lets the watch look for hidden claims takes as long whether it finds any or not."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace

import pytest

from graph.casework.vocabulary import ClaimRole, Visibility
from graph.errors import CrosstipError, RowError
from graph.services import claims, pacing
from graph.services.cases import close_case, reopen_case
from graph.services.claim_entry import claim
from graph.services.claims import ClaimEdit, edit_claim, show_to_others
from graph.services.holders import hold_tips
from graph.services.pacing import Pace
from graph.services.recording import record
from tests.deliveries import MONDAY_US, delivery, email
from tests.graph.services.casework import case, claimed, draft
from tests.graph.services.people import staff
from tests.stores import RunningStore

_EXACT = ClaimEdit(source="Search warrant 26-12, executed 4 March.")


class Sleeps:
    """A pace that notes how often an answer was held, and waits for nothing."""

    def __init__(self) -> None:
        self.held = 0

    def pace(self, *, bucket_s: float) -> Pace:
        return replace(Pace(bucket_s=bucket_s * 1000), sleep=lambda _: None, clock=self._clock())

    def _clock(self) -> Callable[[], float]:
        self.held += 1
        ticks = iter(range(10_000))
        return lambda: float(next(ticks))


def test_answers_and_refusals_are_held(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = running_store.store
    people = staff(store, "north")
    lead, boss = people["lead.north"], people["boss.north"]
    key = case(lead, store)
    (ref,) = claimed(lead, store, key, draft())
    record(store, [delivery("1", [email("x@example.com")])], actor="test", at_us=MONDAY_US)
    close_case(lead, store, key=key, expected=1, why="Done.")
    sleeps = Sleeps()
    monkeypatch.setattr(pacing, "Pace", sleeps.pace)
    expected = 0
    works: list[Callable[[], object]] = [
        lambda: reopen_case(lead, store, key=key, expected=2, why="New tips."),
        lambda: claim(lead, store, investigation=key, drafts=[draft("y@example.com")]),
        lambda: edit_claim(lead, store, ref=ref, expected=1, edit=_EXACT),
        lambda: show_to_others(boss, store, ref=ref, expected=2, visibility=Visibility.OPEN),
        lambda: hold_tips(lead, store, ["ncmec:1"], agency="north"),
    ]
    for work in works:
        for _ in ("done", "refused, or nothing to do"):
            expected += 1
            with suppress(CrosstipError):
                work()
            assert sleeps.held == expected


def test_only_what_changes_who_is_met_lets_the_watch_look(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = running_store.store
    boss = staff(store, "north")["boss.north"]
    (ref,) = claimed(boss, store, case(boss, store), draft())
    watched: list[str] = []

    def watch(*_: object, **__: object) -> None:
        watched.append("looked")

    monkeypatch.setattr(claims, "watch_claims", watch)
    with pytest.raises(RowError, match="what is to change"):
        edit_claim(boss, store, ref=ref, expected=1, edit=ClaimEdit())
    edit_claim(boss, store, ref=ref, expected=1, edit=_EXACT)
    edit_claim(boss, store, ref=ref, expected=2, edit=ClaimEdit(role=ClaimRole.SUSPECT))
    show_to_others(boss, store, ref=ref, expected=3, visibility=Visibility.POINTER)
    assert watched == []
    show_to_others(boss, store, ref=ref, expected=4, visibility=Visibility.OPEN)
    edit_claim(boss, store, ref=ref, expected=5, edit=ClaimEdit(role=ClaimRole.VICTIM))
    assert watched == ["looked"] * 2
