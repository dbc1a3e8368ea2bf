"""Records that are old enough for a policy to be asked about them."""

from __future__ import annotations

from graph.queries.casework import LockParams
from graph.queries.core import Params, Query, Row
from graph.queries.recording import MANY, TipKeysParams
from graph.queries.retention import RangeParams


class PlaceRow(Row):
    """A tip's place in its agency's order of receipt."""

    key: str
    place: str


class PlaceKeysParams(Params):
    """Keys of places."""

    keys: list[str]


class TipPlaceRow(Row):
    """What decides about a tip at an agency."""

    key: str
    tip: str
    agency: str
    state: str
    since_us: int
    stood_us: int
    changed_us: int | None
    raised_us: int | None
    set_us: int | None


class LastRow(Row):
    """When the last version of a tip was recorded."""

    tip: str
    last_us: int


class OffersParams(Params):
    """Tips, and who offers them."""

    keys: list[str]
    agency: str


class TipKeyRow(Row):
    """A tip."""

    tip: str


class OldParams(Params):
    """An agency's records from before a time, after a key."""

    agency: str
    after: str
    before_us: int
    limit: int


class OldRow(Row):
    """A record, from when its days are counted, and the investigation that it is about."""

    key: str
    at_us: int
    investigation: str | None


class OldCaseRow(Row):
    """A closed investigation."""

    key: str
    closed_us: int
    active_us: int
    conflicts: int


HELD_BEFORE = Query(
    name="retention_rows.held_before",
    doc="Places of tips that an agency holds, by when it came to hold them.",
    text="""
    MATCH (q:Triage)
    WHERE q.since_place > $after AND q.since_place < $end
    RETURN q.key AS key, q.since_place AS place ORDER BY place LIMIT $limit
    """,
    params=RangeParams,
    row=PlaceRow,
    public=False,
)

TIP_PLACES = Query(
    name="retention_rows.tip_places",
    doc="Where tips stand at an agency, and when something last happened there.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {key: k})
    WHERE q.held = true
    RETURN q.key AS key, q.tip AS tip, q.agency AS agency, q.state AS state,
           q.since_us AS since_us, q.stood_us AS stood_us, q.changed_us AS changed_us,
           q.raised_us AS raised_us, q.set_us AS set_us
    ORDER BY key LIMIT 1000000
    """,
    params=PlaceKeysParams,
    row=TipPlaceRow,
    max_rows=MANY,
    public=False,
)

LAST_VERSIONS = Query(
    name="retention_rows.last_versions",
    doc="When the last version of each tip was recorded.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[:HAS_VERSION]->(v:TipVersion)
    RETURN k AS tip, max(v.recorded_us) AS last_us ORDER BY tip LIMIT 1000000
    """,
    params=TipKeysParams,
    row=LastRow,
    max_rows=MANY,
    public=False,
)

OFFERED = Query(
    name="retention_rows.offered",
    doc="Of some tips those whose hand-off by or to an agency is under way.",
    text="""
    UNWIND $keys AS k
    MATCH (d:Handoff {tip: k})
    WHERE d.clock_us IS NOT NULL AND (d.giver = $agency OR d.receiver = $agency)
    RETURN DISTINCT k AS tip ORDER BY tip LIMIT 1000000
    """,
    params=OffersParams,
    row=TipKeyRow,
    max_rows=MANY,
    public=False,
)

OLD_CHECKS = Query(
    name="retention_rows.old_checks",
    doc="An agency's checks from before a time whose answer is gone, by key.",
    text="""
    MATCH (c:Check {agency: $agency})
    WHERE c.at_us <= $before_us AND c.key > $after AND c.expires_us IS NULL
    RETURN c.key AS key, c.at_us AS at_us, c.investigation AS investigation
    ORDER BY key LIMIT $limit
    """,
    params=OldParams,
    row=OldRow,
    public=False,
)

OLD_NOTICES = Query(
    name="retention_rows.old_notices",
    doc="An agency's acknowledged notices from before a time, by key.",
    text="""
    MATCH (n:Notification {agency: $agency})
    WHERE n.at_us <= $before_us AND n.key > $after AND n.seen_us IS NOT NULL
      AND n.due_us IS NULL
    RETURN n.key AS key, n.at_us AS at_us, n.investigation AS investigation
    ORDER BY key LIMIT $limit
    """,
    params=OldParams,
    row=OldRow,
    public=False,
)

OLD_CASES = Query(
    name="retention_rows.old_cases",
    doc="An agency's closed investigations from before a time, by key.",
    text="""
    MATCH (g:Agency {key: $agency})-[:RUNS]->(i:Investigation)
    WHERE i.status = 'closed' AND i.closed_us <= $before_us AND i.key > $after
    RETURN i.key AS key, i.closed_us AS closed_us,
           coalesce(i.changed_us, i.closed_us) AS active_us,
           COUNT { (i)-[:MEETS_IN]->(:Conflict) } AS conflicts
    ORDER BY key LIMIT $limit
    """,
    params=OldParams,
    row=OldCaseRow,
    public=False,
)

OLD_CASE = Query(
    name="retention_rows.old_case",
    doc="One investigation, where it is closed.",
    text="""
    MATCH (i:Investigation {key: $key})
    WHERE i.status = 'closed'
    RETURN i.key AS key, i.closed_us AS closed_us,
           coalesce(i.changed_us, i.closed_us) AS active_us,
           COUNT { (i)-[:MEETS_IN]->(:Conflict) } AS conflicts
    LIMIT 1
    """,
    params=LockParams,
    row=OldCaseRow,
    public=False,
)
