"""Tips in an agency's queue that its own open investigations claim something of."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.queries.queued import (
    MOST_CLAIMED,
    TIPS_OF_CASE,
    TIPS_OF_CLAIMS,
    CaseTipsParams,
    ClaimTipsParams,
)
from graph.services.places_due import place_or_note
from graph.services.triage_places import WALK_LIMIT
from graph.services.whole import halved, whole
from graph.store import ReadUnit, WriteUnit

_WHAT = "Tips that state what is claimed"
_TOGETHER = 500


def tips_of_claims(unit: ReadUnit, claims: Collection[str]) -> list[str]:
    """Give the tips that state what claims are on, and that the claims' agency holds.

    Raises:
        StoreRefusedError: one claim alone has too many.
    """
    keys = sorted(set(claims))
    found: set[str] = set()
    for start in range(0, len(keys), _TOGETHER):
        rows = halved(
            lambda some: unit.read(TIPS_OF_CLAIMS, ClaimTipsParams(keys=some, walk=WALK_LIMIT)),
            keys[start : start + _TOGETHER],
            most=MOST_CLAIMED,
            what=_WHAT,
        )
        found |= {row.tip for row in rows}
    return sorted(found)


def refresh_claimed(unit: WriteUnit, claims: Sequence[str], *, actor: str, at_us: int) -> None:
    """Let claims that are new, or changed, have their effect on the queue of their agency."""
    place_or_note(unit, tips_of_claims(unit, claims), actor=actor, at_us=at_us)


def refresh_case(unit: WriteUnit, investigation: str, *, actor: str, at_us: int) -> None:
    """Let an investigation that was closed or opened have its effect on its agency's queue.

    Raises:
        StoreRefusedError: its claims are stated by too many tips for one change.
    """
    params = CaseTipsParams(investigation=investigation, walk=WALK_LIMIT)
    rows = whole(unit.read(TIPS_OF_CASE, params), most=MOST_CLAIMED, what=_WHAT)
    place_or_note(unit, [row.tip for row in rows], actor=actor, at_us=at_us)
