"""Conflicts that are over, and the steps that leave nothing of one."""

from __future__ import annotations

from graph.queries.conflicts import ConflictKeysParams
from graph.queries.core import Mode, Params, Query, Row


class OverParams(Params):
    """Until when nothing happened to it, and after which key."""

    before_us: int
    after: str
    limit: int


class OverRow(Row):
    """A resolved conflict."""

    key: str
    ref: str
    first_agency: str
    first_case: str | None
    first_told: str
    second_agency: str
    second_case: str | None
    second_told: str
    changed_us: int
    open_cases: int
    """Its investigations that are not closed."""


class NoticeKeyRow(Row):
    """A notice."""

    key: str


OVER = Query(
    name="purging_conflicts.over",
    doc="Resolved conflicts to which nothing happened since before a time, by key.",
    text="""
    MATCH (f:Conflict)
    WHERE f.status = 'resolved' AND f.key > $after
      AND coalesce(f.changed_us, f.resolved_us, f.since_us) <= $before_us
    WITH f ORDER BY f.key LIMIT $limit
    OPTIONAL MATCH (i:Investigation)-[:MEETS_IN]->(f) WHERE i.status <> 'closed'
    WITH f, count(i) AS open_cases
    RETURN f.key AS key, f.ref AS ref, f.first_agency AS first_agency, f.first_case AS first_case,
           f.first_told AS first_told, f.second_agency AS second_agency,
           f.second_case AS second_case, f.second_told AS second_told,
           coalesce(f.changed_us, f.resolved_us, f.since_us) AS changed_us, open_cases
    ORDER BY key LIMIT 1000
    """,
    params=OverParams,
    row=OverRow,
    public=False,
)

RESOLVED = Query(
    name="purging_conflicts.resolved",
    doc="Of some conflicts those that are resolved.",
    text="""
    UNWIND $keys AS k
    MATCH (f:Conflict {key: k})
    WHERE f.status = 'resolved'
    OPTIONAL MATCH (i:Investigation)-[:MEETS_IN]->(f) WHERE i.status <> 'closed'
    WITH f, count(i) AS open_cases
    RETURN f.key AS key, f.ref AS ref, f.first_agency AS first_agency, f.first_case AS first_case,
           f.first_told AS first_told, f.second_agency AS second_agency,
           f.second_case AS second_case, f.second_told AS second_told,
           coalesce(f.changed_us, f.resolved_us, f.since_us) AS changed_us, open_cases
    ORDER BY key LIMIT 1000
    """,
    params=ConflictKeysParams,
    row=OverRow,
    public=False,
)

NOTICES_ABOUT = Query(
    name="purging_conflicts.notices_about",
    doc="Notices about conflicts, of every side.",
    text="""
    UNWIND $keys AS k
    MATCH (f:Conflict {key: k})
    MATCH (n:Notification {object: f.ref})
    RETURN n.key AS key ORDER BY key LIMIT 100000
    """,
    params=ConflictKeysParams,
    row=NoticeKeyRow,
    max_rows=100_000,
    public=False,
)

DROP_CONFLICTS = Query(
    name="purging_conflicts.drop",
    doc="Deletes conflicts with what met and what was written about them.",
    text="""
    UNWIND $keys AS k
    MATCH (f:Conflict {key: k})
    OPTIONAL MATCH (f)-[:HAS_REASON]->(r:Reason)
    OPTIONAL MATCH (f)-[:HAS_MESSAGE]->(m:Message)
    WITH collect(DISTINCT f) AS conflicts, collect(DISTINCT r) AS reasons,
         collect(DISTINCT m) AS messages
    FOREACH (r IN reasons | DETACH DELETE r)
    FOREACH (m IN messages | DETACH DELETE m)
    FOREACH (f IN conflicts | DETACH DELETE f)
    """,
    params=ConflictKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
