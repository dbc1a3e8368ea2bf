"""What a question may see of claims: three filters, each the same text in every query that has it.

Query texts are constant, so the filters are written out where they are used, with `c` for the
claim; `tests/graph/queries/test_scope.py` finds any query on claims that has none of them. They
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
