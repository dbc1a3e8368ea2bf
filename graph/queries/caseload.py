"""What supervisors count: ranges of places and moves of one agency, and their rows.

Each place begins with its agency, so that a range is one agency's. A query that gives rows gives
them from its index; one that counts reads its range once, and groups.
"""

from __future__ import annotations

from graph.queries.core import Params, Query, Row

MOST_GROUPS = 100_000


class SpanParams(Params):
    """A range of places."""

    after: str
    end: str


class OpenParams(SpanParams):
    """Open places, and the times that divide them."""

    now_us: int
    soon_us: int
    day_us: int
    two_us: int
    week_us: int
    month_us: int


class BucketParams(SpanParams):
    """A range of places, and the buckets of one width that it is cut into."""

    begin_us: int
    width_us: int


class PartnerParams(Params):
    """Whose conflicts, as of when; `user` is for what is sealed to one supervisor."""

    agency: str
    user: str
    two_us: int
    week_us: int
    month_us: int


class OpenRow(Row):
    """Open places that are alike."""

    state: str
    priority: str
    band: str
    due: str
    is_owned: bool
    is_old: bool
    total: int


class ChangedRow(Row):
    """Places whose tips say more since they were last moved, and that are alike."""

    state: str
    priority: str
    total: int


class BucketRow(Row):
    """How many places are in a bucket, counted from the first."""

    nth: int
    total: int


class OwnerRow(Row):
    """What one person has of one class."""

    owner: str
    priority: str
    total: int
    oldest_us: int
    stood_us: int


class PartnerRow(Row):
    """Conflicts with one other agency that are not resolved, of one age."""

    other: str
    band: str
    total: int
    oldest_us: int


OPEN = Query(
    name="caseload.open",
    doc="How many open tips of an agency are alike in state, class, age, clock and owner.",
    text="""
    MATCH (q:Triage)
    WHERE q.queue_place > $after AND q.queue_place < $end
    WITH q.state AS state, coalesce(q.set_priority, q.priority) AS priority,
         CASE WHEN q.since_us > $two_us THEN '0-1 days' WHEN q.since_us > $week_us THEN '2-7 days'
              WHEN q.since_us > $month_us THEN '8-30 days' ELSE 'over 30 days' END AS band,
         CASE WHEN q.due_us IS NULL THEN 'none' WHEN q.due_us < $now_us THEN 'overdue'
              WHEN q.due_us < $soon_us THEN 'soon' ELSE 'later' END AS due,
         q.owner IS NOT NULL AS is_owned, q.since_us < $day_us AS is_old, count(q) AS total
    RETURN state, priority, band, due, is_owned, is_old, total
    ORDER BY state, priority, band, due, is_owned, is_old LIMIT 100000
    """,
    params=OpenParams,
    row=OpenRow,
    max_rows=MOST_GROUPS,
    public=False,
)

OPEN_SINCE = Query(
    name="caseload.open_since",
    doc="How many open tips an agency holds since each bucket of time.",
    text="""
    MATCH (q:Triage)
    WHERE q.queue_place > $after AND q.queue_place < $end
    WITH (q.since_us - $begin_us) / $width_us AS nth, count(q) AS total
    RETURN nth, total ORDER BY nth LIMIT 100000
    """,
    params=BucketParams,
    row=BucketRow,
    max_rows=MOST_GROUPS,
    public=False,
)

OPEN_WITHIN = Query(
    name="caseload.open_within",
    doc="The same, of those that came in one range of time.",
    text="""
    MATCH (q:Triage)
    WHERE q.since_place > $after AND q.since_place < $end
    WITH (q.since_us - $begin_us) / $width_us AS nth,
         sum(CASE WHEN q.queue_place IS NULL THEN 0 ELSE 1 END) AS total
    RETURN nth, total ORDER BY nth LIMIT 100000
    """,
    params=BucketParams,
    row=BucketRow,
    max_rows=MOST_GROUPS,
    public=False,
)

CHANGED = Query(
    name="caseload.changed",
    doc="How many tips of an agency say more since they were last moved, by state and class.",
    text="""
    MATCH (q:Triage)
    WHERE q.news_place > $after AND q.news_place < $end
    WITH q.state AS state, coalesce(q.set_priority, q.priority) AS priority, count(q) AS total
    RETURN state, priority, total ORDER BY state, priority LIMIT 100
    """,
    params=SpanParams,
    row=ChangedRow,
    max_rows=100,
    public=False,
)

OWNERS = Query(
    name="caseload.owners",
    doc="What people have of each class: how many, the oldest, and the one longest in its state.",
    text="""
    MATCH (q:Triage)
    WHERE q.owner_place > $after AND q.owner_place < $end
    WITH q.owner AS owner, coalesce(q.set_priority, q.priority) AS priority, count(q) AS total,
         min(q.since_us) AS oldest_us, min(q.stood_us) AS stood_us
    RETURN owner, priority, total, oldest_us, stood_us ORDER BY owner, priority LIMIT 100000
    """,
    params=SpanParams,
    row=OwnerRow,
    max_rows=MOST_GROUPS,
    public=False,
)

PARTNERS = Query(
    name="caseload.partners",
    doc="Conflicts that are not resolved, and that the caller's side is told of, by the other one.",
    text="""
    CALL () {
      MATCH (f:Conflict {first_agency: $agency})
      WHERE f.first_told <> 'none' AND f.status <> 'resolved'
        AND (f.first_sealed_to IS NULL OR f.first_sealed_to = $user)
      RETURN f, f.second_agency AS other
      UNION ALL
      MATCH (f:Conflict {second_agency: $agency})
      WHERE f.second_told <> 'none' AND f.status <> 'resolved'
        AND (f.second_sealed_to IS NULL OR f.second_sealed_to = $user)
      RETURN f, f.first_agency AS other
    }
    WITH other, f.since_us AS since_us,
         CASE WHEN f.since_us > $two_us THEN '0-1 days' WHEN f.since_us > $week_us THEN '2-7 days'
              WHEN f.since_us > $month_us THEN '8-30 days' ELSE 'over 30 days' END AS band
    RETURN other, band, count(*) AS total, min(since_us) AS oldest_us
    ORDER BY other, band LIMIT 10000
    """,
    params=PartnerParams,
    row=PartnerRow,
    max_rows=10_000,
    public=False,
)
