"""Where three of the county's tips belong, as whoever routes tips is told."""

from __future__ import annotations

from collections.abc import Iterator

from crosstip.story.people import OPERATOR
from graph.routing.site_files import RoutingFiles
from graph.services.audit_reads import ReadLog
from graph.services.callers import caller_of
from graph.services.routing_areas import load_areas
from graph.services.routing_proposals import Proposal, Routes, routes
from graph.services.tip_access import unheld_tips
from graph.store import Store
from world.places import areas_csv
from world.truth import Truth

_LOOKED_AT = 60
"""Tips among which one is sought whose place is unknown."""


def proposals_of(store: Store, truth: Truth, files: RoutingFiles) -> Iterator[str]:
    """Enter the areas, and give what is proposed for the ring's first tip and for one unknown.

    Raises:
        StoreError: the store could not do it.
    """
    operator = caller_of(store, OPERATOR)
    load_areas(operator, store, text=areas_csv(), name="areas of the county")
    yield "Where tips belong is proposed with reasons, and a person decides (crosstip route):"
    start = f"ncmec:{truth.showcase.start}"
    reads = ReadLog(store)
    yield from _said(routes(operator, store, tip=start, files=files, reads=reads))
    for tip in next(unheld_tips(store), [])[:_LOOKED_AT]:
        found = routes(operator, store, tip=tip, files=files, reads=reads)
        if found.outcome == "unknown":
            yield from _said(found)
            return


def _said(found: Routes) -> Iterator[str]:
    if found.outcome == "unknown":
        yield f"- {found.tip}: unknown. {' '.join(found.helps[:2])}"
        return
    yield f"- {found.tip}: " + "; ".join(_one(each) for each in found.proposals) + "."


def _one(each: Proposal) -> str:
    proposed = each.proposed
    kinds = ", ".join(dict.fromkeys(f"{r.source.value} ({r.points_to})" for r in proposed.reasons))
    return f"{proposed.candidate.key} ({proposed.confidence.value}) by {kinds}"
