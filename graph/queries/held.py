"""What would reach nobody if an account ended: sealed claims, investigations, conflicts."""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.scope import ScopeParams

MOST = 1000


class HeldRow(Row):
    """A record that names a user as the one who is told."""

    kind: str
    """`claim`, `conflict` or `investigation`."""
    name: str
    """Ref of a claim or conflict, reference of an investigation."""


HELD = Query(
    name="held.by_user",
    doc="Records of an agency that name one user as the one who is told.",
    text="""
    CALL () {
      MATCH (g:Agency {key: $agency})-[:RUNS]->(i)
      WHERE i.lead = $user AND i.status = 'open'
      RETURN 'investigation' AS kind, i.reference AS name
      UNION ALL
      MATCH (g:Agency {key: $agency})-[:RUNS]->(i)-[:HOLDS]->(c)
      WHERE c.sealed_to = $user AND c.review_due_us > $now_us
      RETURN 'claim' AS kind, c.ref AS name
      UNION ALL
      MATCH (f:Conflict {first_agency: $agency})
      WHERE f.first_sealed_to = $user AND f.status <> 'resolved'
      RETURN 'conflict' AS kind, f.ref AS name
      UNION ALL
      MATCH (f:Conflict {second_agency: $agency})
      WHERE f.second_sealed_to = $user AND f.status <> 'resolved'
      RETURN 'conflict' AS kind, f.ref AS name
    }
    RETURN kind, name
    ORDER BY kind, name LIMIT 1000
    """,
    params=ScopeParams,
    row=HeldRow,
    max_rows=MOST,
    public=False,
)
