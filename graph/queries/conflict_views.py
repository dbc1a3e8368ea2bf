"""Conflicts as those who are told of them see them, and as the sweep compares them.

Who may see a conflict is part of each question, so that nothing else is counted or ordered.
"""

from __future__ import annotations

from graph.queries.conflicts import ConflictKeyRow, ConflictKeysParams
from graph.queries.core import Params, Query, Row


class SeenByParams(Params):
    """A conflict by its ref, and who asks."""

    ref: str
    agency: str
    user: str
    is_supervisor: bool


class MineParams(Params):
    """Who asks, whether for resolved ones too, after which place, and how many are wanted."""

    agency: str
    user: str
    is_supervisor: bool
    with_resolved: bool
    after_done: int = -1
    after_rank: int = -1
    after_us: int = 0
    after_key: str = ""
    limit: int


class MatrixParams(Params):
    """Whose matrix; `user` is for what is sealed to one supervisor."""

    agency: str
    user: str


class MatrixRow(Row):
    """How conflicts with one other agency stand."""

    other: str
    total: int
    unresolved: int
    urgent: int
    oldest_us: int | None
    """When the oldest that is not resolved was opened."""
    resolving_us: int
    """Microseconds from opening to resolving, over all resolved ones."""


class MetRow(Row):
    """One thing in which two sides are known to meet."""

    conflict: str
    key: str
    kind: str
    first_ref: str | None
    second_ref: str | None
    first_case: str | None
    second_case: str | None
    first_agency: str
    second_agency: str


MINE = Query(
    name="conflict_views.mine",
    doc="Conflicts that the caller's side is told of: what is not resolved first, urgent first.",
    text="""
    CALL () {
      MATCH (f:Conflict {first_agency: $agency})
      WHERE (f.first_told = 'officer' OR (f.first_told = 'supervisor' AND $is_supervisor))
        AND (f.first_sealed_to IS NULL OR f.first_sealed_to = $user)
      RETURN f
      UNION ALL
      MATCH (f:Conflict {second_agency: $agency})
      WHERE (f.second_told = 'officer' OR (f.second_told = 'supervisor' AND $is_supervisor))
        AND (f.second_sealed_to IS NULL OR f.second_sealed_to = $user)
      RETURN f
    }
    WITH f, CASE f.status WHEN 'resolved' THEN 1 ELSE 0 END AS done,
         CASE f.severity WHEN 'urgent' THEN 0 WHEN 'high' THEN 1 ELSE 2 END AS rank
    WHERE ($with_resolved OR done = 0)
      AND (done > $after_done OR (done = $after_done AND (rank > $after_rank
        OR (rank = $after_rank AND (f.since_us < $after_us
          OR (f.since_us = $after_us AND f.key > $after_key))))))
    RETURN f.key AS key
    ORDER BY done, rank, f.since_us DESC, key LIMIT $limit
    """,
    params=MineParams,
    row=ConflictKeyRow,
    public=False,
)

SEEN_BY = Query(
    name="conflict_views.seen_by",
    doc="A conflict that the caller's side is told of, by its ref.",
    text="""
    MATCH (f:Conflict {ref: $ref})
    WHERE (f.first_agency = $agency
           AND (f.first_told = 'officer' OR (f.first_told = 'supervisor' AND $is_supervisor))
           AND (f.first_sealed_to IS NULL OR f.first_sealed_to = $user))
       OR (f.second_agency = $agency
           AND (f.second_told = 'officer' OR (f.second_told = 'supervisor' AND $is_supervisor))
           AND (f.second_sealed_to IS NULL OR f.second_sealed_to = $user))
    RETURN f.key AS key LIMIT 1
    """,
    params=SeenByParams,
    row=ConflictKeyRow,
    max_rows=1,
    public=False,
)

MATRIX = Query(
    name="conflict_views.matrix",
    doc="For each other agency: conflicts that the caller's side is told of, by how they stand.",
    text="""
    CALL () {
      MATCH (f:Conflict {first_agency: $agency})
      WHERE f.first_told <> 'none'
        AND (f.first_sealed_to IS NULL OR f.first_sealed_to = $user)
      RETURN f, f.second_agency AS other
      UNION ALL
      MATCH (f:Conflict {second_agency: $agency})
      WHERE f.second_told <> 'none'
        AND (f.second_sealed_to IS NULL OR f.second_sealed_to = $user)
      RETURN f, f.first_agency AS other
    }
    RETURN other, count(f) AS total,
           sum(CASE WHEN f.status = 'resolved' THEN 0 ELSE 1 END) AS unresolved,
           sum(CASE WHEN f.status <> 'resolved' AND f.severity = 'urgent' THEN 1 ELSE 0 END)
             AS urgent,
           min(CASE WHEN f.status <> 'resolved' THEN f.since_us ELSE null END) AS oldest_us,
           sum(CASE WHEN f.status = 'resolved' THEN f.resolved_us - f.since_us ELSE 0 END)
             AS resolving_us
    ORDER BY other LIMIT 1000
    """,
    params=MatrixParams,
    row=MatrixRow,
    public=False,
)

MET_OF_CASES = Query(
    name="conflict_views.met_of_cases",
    doc="Everything in which investigations are known to meet others: for the sweep.",
    text="""
    UNWIND $keys AS k
    MATCH (i:Investigation {key: k})-[:MEETS_IN]->(f:Conflict)-[:HAS_REASON]->(r:Reason)
    WHERE r.kind <> 'check'
    RETURN DISTINCT f.key AS conflict, r.key AS key, r.kind AS kind, r.first_ref AS first_ref,
           r.second_ref AS second_ref, f.first_case AS first_case,
           f.second_case AS second_case, f.first_agency AS first_agency,
           f.second_agency AS second_agency
    ORDER BY conflict, key LIMIT 1000000
    """,
    params=ConflictKeysParams,
    row=MetRow,
    max_rows=1_000_000,
    public=False,
)
