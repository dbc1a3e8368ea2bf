"""Whose the county's tips are, once the story is told: each agency's people see their own."""

from __future__ import annotations

from crosstip.story.people import HARROW, LARKSPUR, OPERATOR, STONEPINE
from crosstip.story.supervising import spread
from graph.casework.terms import DAY_US
from graph.services.band_telling import tell_bands
from graph.services.callers import caller_of
from graph.services.holders import hold_tips
from graph.services.tip_access import unheld_tips
from graph.store import Store
from world.truth import Truth


def route(store: Store, truth: Truth, *, end_us: int) -> dict[str, list[str]]:
    """Give harrow the ring of the showcase, and the other two agencies every other tip in turn.

    They came over the days before the last one. Gives whose they are.

    Raises:
        StoreError: the store could not do it.
    """
    ring = truth.showcase
    theirs = {f"ncmec:{number}" for number in (ring.start, *ring.direct)}
    parts: dict[str, list[str]] = {HARROW: [], LARKSPUR: [], STONEPINE: []}
    for tip in (tip for part in list(unheld_tips(store)) for tip in part):
        if tip in theirs:
            parts[HARROW].append(tip)
        else:
            parts[LARKSPUR if int(tip[-1], 16) % 2 == 0 else STONEPINE].append(tip)
    for agency, tips in parts.items():
        for days, some in spread(tips):
            operator = caller_of(store, OPERATOR, at_us=end_us - days * DAY_US)
            hold_tips(operator, store, some, agency=agency)
    # Values were counted before anybody held anything.
    tell_bands(store)
    return parts
