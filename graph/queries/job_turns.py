"""Which job comes next: of each agency one, so that nobody's line makes another's longer."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Params, Query, Row
from graph.queries.jobs import JobKeyRow
from graph.queries.scope import AsOf

MOST_WAITING = 50
"""Agencies that are served in one round."""


class WaitingParams(AsOf):
    """Which worker asks, as it goes on at once with what it had, and for jobs of which kinds."""

    holder: str
    kinds: list[str] = Field(max_length=10)


class OpenOfParams(Params):
    """An agency (empty: operators), and a user."""

    agency: str
    user: str


class OpenRow(Row):
    """How many jobs wait or run."""

    agency: int
    """Of the agency, its users' all together."""
    user: int
    """Of the user alone."""


# Times of this century and the next have sixteen digits, so that their texts have their order. To
# sort the jobs and collect them took the embedded engine six times as long.
WAITING = Query(
    name="job_turns.waiting",
    doc="Jobs of some kinds that no worker has: of each agency the oldest one, the oldest first.",
    text="""
    MATCH (j:Job)
    WHERE j.open_us > 0 AND (j.until_us <= $now_us OR j.holder = $holder) AND j.kind IN $kinds
    WITH j.agency AS agency, toString(j.open_us) AS at, j.key AS key
    WITH agency, min(at + '|' + key) AS first
    RETURN split(first, '|')[1] AS key ORDER BY first LIMIT 50
    """,
    params=WaitingParams,
    row=JobKeyRow,
    max_rows=MOST_WAITING,
    public=False,
)

OPEN_OF = Query(
    name="job_turns.open_of",
    doc="How many jobs of an agency, and of one of its users, wait or run.",
    text="""
    MATCH (j:Job)
    WHERE j.open_us > 0 AND j.agency = $agency
    WITH j LIMIT 100000
    RETURN count(j) AS agency, sum(CASE WHEN j.user = $user THEN 1 ELSE 0 END) AS user
    LIMIT 1
    """,
    params=OpenOfParams,
    row=OpenRow,
    max_rows=1,
    public=False,
)
