"""Claims of one's own that may leave in an extract, with what says whether they may."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Query, Row
from graph.queries.scope import ScopeParams

MOST_KEYS = 500
MOST_REFS = 1000


class OwnOnParams(ScopeParams):
    """Identifiers by key, and who asks."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class OwnRefsParams(ScopeParams):
    """Claims by their names, and who asks."""

    refs: list[str] = Field(max_length=MOST_REFS)


class LeavingRow(Row):
    """A claim as it would leave, and what says whether it may."""

    ref: str
    agency: str
    kind: str
    identifier: str
    reference: str
    role: str
    visibility: str
    sealed_to: str | None
    entered_by: str | None
    reliability: str | None
    content: str | None
    handling: str | None
    entered_us: int | None


OWN_ON = Query(
    name="claims_leaving.own_on",
    doc="Claims of the caller's agency on identifiers.",
    text="""
    CALL () {
      UNWIND $keys AS k MATCH (x:Account {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:Email {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:Phone {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:IpAddress {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:FileHash {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:Device {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:Url {key: k}) RETURN x
      UNION ALL UNWIND $keys AS k MATCH (x:ScreenName {key: k}) RETURN x
    }
    WITH DISTINCT x WHERE x.claim_count > 0
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WHERE c.agency = $agency AND c.review_due_us > $now_us
    AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
    RETURN c.ref AS ref, c.agency AS agency, x.kind AS kind, x.key AS identifier,
           i.reference AS reference, c.role AS role, c.visibility AS visibility,
           c.sealed_to AS sealed_to, c.entered_by AS entered_by, c.reliability AS reliability,
           c.content AS content, c.handling AS handling, c.entered_us AS entered_us
    ORDER BY kind, identifier, reference, ref LIMIT 10000
    """,
    params=OwnOnParams,
    row=LeavingRow,
    max_rows=10_000,
    public=False,
)

OWN_BY_REFS = Query(
    name="claims_leaving.own_by_refs",
    doc="Claims of the caller's agency, by their names.",
    text="""
    UNWIND $refs AS ref
    MATCH (c:Claim {ref: ref})
    WHERE c.agency = $agency AND c.review_due_us > $now_us
    AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
    WITH c
    MATCH (c)<-[:HOLDS]-(i)
    MATCH (c)-[:CLAIMS]->(x)
    RETURN c.ref AS ref, c.agency AS agency, x.kind AS kind, x.key AS identifier,
           i.reference AS reference, c.role AS role, c.visibility AS visibility,
           c.sealed_to AS sealed_to, c.entered_by AS entered_by, c.reliability AS reliability,
           c.content AS content, c.handling AS handling, c.entered_us AS entered_us
    ORDER BY ref LIMIT 1000
    """,
    params=OwnRefsParams,
    row=LeavingRow,
    max_rows=MOST_REFS,
    public=False,
)
