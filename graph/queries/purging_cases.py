"""The steps that leave nothing of a closed investigation."""

from __future__ import annotations

from graph.queries.casework import LockParams
from graph.queries.core import Mode, Params, Query, Row
from graph.queries.recording import MANY


class CaseOfParams(Params):
    """An investigation, and whose."""

    key: str
    agency: str


class CaseClaimRow(Row):
    """A claim of an investigation."""

    key: str
    ref: str | None
    investigation: str
    agency: str | None


class KeyRow(Row):
    """A record."""

    key: str


CLAIMS_OF = Query(
    name="purging_cases.claims_of",
    doc="All claims of an investigation, lapsed ones too.",
    text="""
    MATCH (i:Investigation {key: $key})-[:HOLDS]->(c:Claim)
    RETURN c.key AS key, c.ref AS ref, c.investigation AS investigation, c.agency AS agency
    ORDER BY key LIMIT 1000000
    """,
    params=LockParams,
    row=CaseClaimRow,
    max_rows=MANY,
    public=False,
)

CHECKS_OF = Query(
    name="purging_cases.checks_of",
    doc="Checks for an investigation.",
    text="""
    MATCH (c:Check {agency: $agency})
    WHERE c.investigation = $key
    RETURN c.key AS key ORDER BY key LIMIT 1000000
    """,
    params=CaseOfParams,
    row=KeyRow,
    max_rows=MANY,
    public=False,
)

NOTICES_OF = Query(
    name="purging_cases.notices_of",
    doc="Notices for an investigation.",
    text="""
    MATCH (n:Notification {agency: $agency})
    WHERE n.investigation = $key
    RETURN n.key AS key ORDER BY key LIMIT 1000000
    """,
    params=CaseOfParams,
    row=KeyRow,
    max_rows=MANY,
    public=False,
)

DROP_REQUESTS = Query(
    name="purging_cases.drop_requests",
    doc="Deletes requests for approval of long lists, and conflicts of interest, of a case.",
    text="""
    CALL () {
      MATCH (r:CheckRequest {agency: $agency}) WHERE r.investigation = $key RETURN r AS x
      UNION
      MATCH (s:StaffRecord {agency: $agency})
      WHERE s.about = 'investigation' AND s.subject = $key
      RETURN s AS x
    }
    WITH collect(x) AS gone
    FOREACH (x IN gone | DETACH DELETE x)
    """,
    params=CaseOfParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_CASE = Query(
    name="purging_cases.drop_case",
    doc="Deletes an investigation; the last step.",
    text="MATCH (i:Investigation {key: $key}) DETACH DELETE i",
    params=LockParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
