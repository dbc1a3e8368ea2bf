"""Investigations as their own agency sees them; another agency's are not there at all."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import ScopeParams


class LockParams(Params):
    """An investigation that is about to be read to decide."""

    key: str


class OneParams(ScopeParams):
    """An investigation, and who asks."""

    key: str


class OwnPageParams(ScopeParams):
    """Who asks, and where a page begins and how long it is."""

    after: str
    limit: int


class CaseRow(Row):
    """An investigation, all that is known of it."""

    key: str
    agency: str
    reference: str
    title: str | None
    status: str
    opened_us: int | None
    contact: str | None
    purpose: str | None
    unit: str | None
    lead: str | None
    deputies: list[str] | None
    opened_by: str | None
    closed_us: int | None
    closed_by: str | None
    closed_why: str | None
    changed_us: int | None
    changed_by: str | None
    version: int | None


class CountedCaseRow(CaseRow):
    """An investigation with how many of its claims the caller may see."""

    claim_total: int


OWN = Query(
    name="casework.own",
    doc="An investigation of the caller's agency.",
    text="""
    MATCH (i:Investigation {key: $key})
    WHERE i.agency = $agency
    RETURN i.key AS key, i.agency AS agency, i.reference AS reference, i.title AS title,
           i.status AS status, i.opened_us AS opened_us, i.contact AS contact,
           i.purpose AS purpose, i.unit AS unit, i.lead AS lead, i.deputies AS deputies,
           i.opened_by AS opened_by, i.closed_us AS closed_us, i.closed_by AS closed_by,
           i.closed_why AS closed_why, i.changed_us AS changed_us, i.changed_by AS changed_by,
           i.version AS version, COUNT { (i)-[:HOLDS]->(c:Claim)
             WHERE c.agency = $agency AND c.review_due_us > $now_us
             AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
           } AS claim_total
    LIMIT 1
    """,
    params=OneParams,
    row=CountedCaseRow,
    max_rows=1,
    public=False,
)

OWN_PAGE = Query(
    name="casework.own_page",
    doc="Investigations of the caller's agency, from a key on.",
    text="""
    MATCH (a:Agency {key: $agency})-[:RUNS]->(i:Investigation)
    WHERE i.key > $after
    WITH i ORDER BY i.key LIMIT $limit
    RETURN i.key AS key, i.agency AS agency, i.reference AS reference, i.title AS title,
           i.status AS status, i.opened_us AS opened_us, i.contact AS contact,
           i.purpose AS purpose, i.unit AS unit, i.lead AS lead, i.deputies AS deputies,
           i.opened_by AS opened_by, i.closed_us AS closed_us, i.closed_by AS closed_by,
           i.closed_why AS closed_why, i.changed_us AS changed_us, i.changed_by AS changed_by,
           i.version AS version, COUNT { (i)-[:HOLDS]->(c:Claim)
             WHERE c.agency = $agency AND c.review_due_us > $now_us
             AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
           } AS claim_total
    ORDER BY key LIMIT 1000
    """,
    params=OwnPageParams,
    row=CountedCaseRow,
    public=False,
)

LOCK = Query(
    name="casework.lock",
    doc="Takes the write lock of an investigation before it or its claims are read to decide.",
    text="MATCH (i:Investigation {key: $key}) SET i.version = coalesce(i.version, 0)",
    params=LockParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
