"""Checks: whom a question meets, what was asked before, and what waits for approval."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import AsOf, ScopeParams

MOST_KEYS = 500
MOST_MET = 10_000
"""Claims that one question may meet; whoever gets so many asks for fewer identifiers."""
MOST_LOOKED = 1000
MOST_KEPT = 1000
"""Checks that are read at once."""


class MetParams(ScopeParams):
    """Identifiers by key, and who asks."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class CheckKeyParams(Params):
    """Key of a check."""

    key: str


class LookedParams(AsOf):
    """Whose checks."""

    asker: str


class KeptParams(Params):
    """Whose checks: those of one asker, or of all where none is named; and after which one."""

    agency: str
    asker: str
    before_us: int
    after: str
    limit: int


class KeptRow(Row):
    """A check that was made, without what was asked."""

    key: str
    ref: str
    agency: str
    asker: str
    investigation: str
    purpose: str
    at_us: int
    lines: int
    hits: int
    said: str | None


class CanaryParams(AsOf):
    """Keys of identifiers."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class MetRow(Row):
    """A claim on an identifier that was asked about. Only what is shown or own leaves."""

    claim: str
    ref: str
    kind: str
    identifier: str
    state: str
    state_reason: str | None
    agency: str
    agency_name: str
    agency_contact: str | None
    unit_contact: str | None
    investigation: str
    reference: str
    title: str | None
    contact: str | None
    purpose: str | None
    status: str
    role: str
    visibility: str
    silent_until_us: int | None
    reliability: str | None
    content: str | None
    handling: str | None
    entered_us: int | None
    own: bool
    shown: bool


class CheckRow(Row):
    """A check that was answered."""

    key: str
    ref: str
    question: str
    at_us: int
    result: str | None
    expires_us: int | None


class LookedRow(Row):
    """What one check looked up."""

    key: str
    looked: list[str]


class ClaimedByParams(Params):
    """A user, and since when."""

    asker: str
    since_us: int


class ClaimedByRow(Row):
    """An identifier that a user claimed."""

    kind: str
    identifier: str


class CanaryRow(Row):
    """A planted identifier."""

    key: str
    kind: str
    identifier: str
    agency: str
    planted_by: str


MET = Query(
    name="checks.met",
    doc="Claims on identifiers, whatever they show, with whether they are shown to the asker: one "
    "reading, so that whoever is shown is also told.",
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
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)<-[:RUNS]-(a:Agency)
    WHERE c.review_due_us > $now_us
    OPTIONAL MATCH (u:Unit) WHERE u.key = i.unit
    RETURN c.key AS claim, c.ref AS ref, x.kind AS kind, x.key AS identifier, x.state AS state,
           x.state_reason AS state_reason, c.agency AS agency, a.name AS agency_name,
           a.contact AS agency_contact, u.contact AS unit_contact, i.key AS investigation,
           i.reference AS reference, i.title AS title, i.contact AS contact,
           i.purpose AS purpose, i.status AS status, c.role AS role,
           c.visibility AS visibility, c.silent_until_us AS silent_until_us,
           c.reliability AS reliability, c.content AS content, c.handling AS handling,
           c.entered_us AS entered_us,
           CASE WHEN c.agency = $agency AND c.review_due_us > $now_us
             AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
             THEN true ELSE false END AS own,
           CASE WHEN c.agency <> $agency AND c.role <> 'victim' AND c.review_due_us > $now_us
             AND (c.visibility IN ['open', 'pointer'] OR
             (c.visibility = 'silent' AND c.role = 'suspect' AND c.silent_until_us <= $now_us))
             THEN true ELSE false END AS shown
    ORDER BY kind, identifier, agency, reference, ref LIMIT 10000
    """,
    params=MetParams,
    row=MetRow,
    max_rows=MOST_MET,
    public=False,
)

CHECK_THERE = Query(
    name="checks.there",
    doc="A check by its key, under the lock of its asker's budget.",
    text="""
    MATCH (k:Check {key: $key})
    RETURN k.key AS key, k.ref AS ref, k.question AS question, k.at_us AS at_us,
           k.result AS result, k.expires_us AS expires_us
    LIMIT 1
    """,
    params=CheckKeyParams,
    row=CheckRow,
    max_rows=1,
    public=False,
)

LOOKED = Query(
    name="checks.looked",
    doc="What a user looked up in the last day, as far as it is kept.",
    text="""
    MATCH (k:Check)
    WHERE k.expires_us > $now_us AND k.asker = $asker AND k.looked IS NOT NULL
    RETURN k.key AS key, k.looked AS looked
    ORDER BY k.at_us DESC, key LIMIT 1000
    """,
    params=LookedParams,
    row=LookedRow,
    max_rows=MOST_LOOKED,
    public=False,
)

CLAIMED_BY = Query(
    name="checks.claimed_by",
    doc="What a user claimed since a time and is still claimed, the last first.",
    text="""
    MATCH (c:Claim {entered_by: $asker})
    WHERE c.entered_us > $since_us
    WITH c ORDER BY c.entered_us DESC, c.key LIMIT 5000
    MATCH (c)-[:CLAIMS]->(x)
    RETURN DISTINCT x.kind AS kind, x.key AS identifier
    ORDER BY kind, identifier LIMIT 5000
    """,
    params=ClaimedByParams,
    row=ClaimedByRow,
    max_rows=5000,
    public=False,
)

FORGET = Query(
    name="checks.forget",
    doc="Takes answers and identifiers out of checks of which a day has passed.",
    text="""
    MATCH (k:Check)
    WHERE k.expires_us <= $now_us
    WITH k ORDER BY k.expires_us LIMIT 200
    SET k.result = null, k.looked = null, k.expires_us = null
    """,
    params=AsOf,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

CANARIES = Query(
    name="checks.canaries",
    doc="Planted identifiers among some keys.",
    text="""
    MATCH (y:Canary)
    WHERE y.identifier IN $keys AND y.until_us > $now_us
    RETURN y.key AS key, y.kind AS kind, y.identifier AS identifier, y.agency AS agency,
           y.planted_by AS planted_by
    ORDER BY key LIMIT 1000
    """,
    params=CanaryParams,
    row=CanaryRow,
    public=False,
)

KEPT = Query(
    name="checks.kept",
    doc="An agency's checks, or one asker's, the newest first.",
    text="""
    MATCH (k:Check {agency: $agency})
    WHERE ($asker = '' OR k.asker = $asker)
      AND (k.at_us < $before_us OR (k.at_us = $before_us AND k.key > $after))
    RETURN k.key AS key, k.ref AS ref, k.agency AS agency, k.asker AS asker,
           k.investigation AS investigation, k.purpose AS purpose, k.at_us AS at_us,
           k.lines AS lines, k.hits AS hits, k.said AS said
    ORDER BY at_us DESC, key LIMIT $limit
    """,
    params=KeptParams,
    row=KeptRow,
    max_rows=MOST_KEPT,
    public=False,
)
