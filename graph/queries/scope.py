"""What a question may see of claims and tips: filters, each the same text wherever it is used.

Query texts are constant, so the filters are written out where they are used, with `c` for the
claim and `t` for the tip; `tests/graph/queries/test_scope.py` finds any query that lacks them. They
are part of the question: what a caller may not see is never counted, ordered or cut off.
"""

from __future__ import annotations

from typing import LiteralString

from pydantic import Field

from graph.clock import now_us
from graph.queries.core import Params

OWN: LiteralString = """
c.agency = $agency AND c.review_due_us > $now_us
AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
"""
"""A caller of the owning agency: all but what is sealed to another one, and what has lapsed."""

OTHERS: LiteralString = """
c.agency <> $agency AND c.role <> 'victim' AND c.review_due_us > $now_us
AND (c.visibility IN ['open', 'pointer'] OR
(c.visibility = 'silent' AND c.role = 'suspect' AND c.silent_until_us <= $now_us))
"""
"""A caller of another agency, about an identifier that they name: open claims and pointers, and
suspects' whose silence was not approved any longer. An officer's persona stays silent."""

ANYBODY: LiteralString = "c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us"
"""Nobody in particular: answers of earlier issues, until they have a caller."""


HELD: LiteralString = "($everything OR $holder IN t.holders)"
"""Tips that the caller's agency holds now. One that nobody holds is seen by no agency."""

TOLD_BAND: LiteralString = """
CASE WHEN $everything THEN x.band WHEN x.told_to IN ['*', $holder] THEN x.told_band END
"""
"""How common an identifier is, from the dated snapshot: told of five tips or more of two agencies
or more, and to an agency of its own five."""

TOLD_STATE: LiteralString = """
CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting' OR x.told_to IN ['*', $holder]
THEN x.state ELSE coalesce(x.base_state, 'normal') END
"""
"""An identifier's state; one that counting found where the band it rests on is told."""

SEEN_COUNT: LiteralString = """
COUNT { MATCH (x)<-[m:ASSERTS]-(v)
WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL AND $holder IN v.holders RETURN DISTINCT v }
"""
"""How many tips that the caller may see mention an identifier: in the place of a counter that
counts all of them."""


TIME = "now_us"
"""The parameter that nobody outside sets: who could would see what has lapsed."""


class AsOf(Params):
    """The time of the question: claims whose review date has passed are not there."""

    now_us: int = Field(default_factory=now_us)


class ScopeParams(AsOf):
    """Who asks."""

    agency: str
    """Key of the caller's agency; empty for an operator, whose claims nobody has."""
    user: str
    """Key of the caller."""


class Seeing(Params):
    """Whose tips are seen. The unit of work fills both in: see `graph.units`."""

    everything: bool = False
    holder: str = ""


NOT_GIVEN = frozenset({TIME, *Seeing.model_fields})
"""Parameters that nobody outside sets."""
