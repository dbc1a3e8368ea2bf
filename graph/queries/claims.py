"""Claims: what their owners see of them, what others do, and who else is on an identifier."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import AsOf, ScopeParams

MOST_KEYS = 500


class ClaimKeysParams(Params):
    """Keys of claims."""

    keys: list[str] = Field(max_length=5000)


class RefParams(ScopeParams):
    """A claim by its name, and who asks."""

    ref: str


class InInvestigationParams(ScopeParams):
    """An investigation, who asks, and where a page begins."""

    investigation: str
    after: str
    limit: int


class DueParams(ScopeParams):
    """Claims to be reviewed before a time, and who asks."""

    before_us: int
    limit: int


class PointersParams(AsOf):
    """Identifiers by key, and whose question it is."""

    agency: str
    keys: list[str] = Field(max_length=MOST_KEYS)


class RenameParams(Params):
    """A claim that is sealed now, and its key from now on."""

    key: str
    new_key: str


class ClaimRow(Row):
    """A claim, all that is known of it."""

    key: str
    ref: str
    investigation: str
    agency: str
    role: str
    visibility: str
    silent_until_us: int | None
    approved_by: str | None
    sealed_to: str | None
    predicate: str | None
    predicate_by: str | None
    predicate_us: int | None
    tip: str | None
    source: str | None
    support: str | None
    reliability: str | None
    content: str | None
    handling: str | None
    entered_us: int | None
    entered_by: str | None
    review_due_us: int
    validated_us: int | None
    validated_by: str | None
    validated_what: str | None
    changed_us: int | None
    changed_by: str | None
    version: int | None


class ClaimedRow(ClaimRow):
    """A claim with its identifier and where its investigation stands."""

    kind: str
    identifier: str
    reference: str
    status: str


class PointerRow(Row):
    """What another agency may learn of a claim that it hit."""

    ref: str
    kind: str
    identifier: str
    agency: str
    reference: str
    contact: str | None
    role: str
    visibility: str
    entered_us: int | None


OWN_BY_REF = Query(
    name="claims.own_by_ref",
    doc="A claim of the caller's agency, by its name.",
    text="""
    MATCH (c:Claim {ref: $ref})
    WHERE c.agency = $agency AND c.review_due_us > $now_us
    AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
    WITH c
    MATCH (c)<-[:HOLDS]-(i)
    MATCH (c)-[:CLAIMS]->(x)
    RETURN c.key AS key, c.ref AS ref, c.investigation AS investigation, c.agency AS agency,
           c.role AS role, c.visibility AS visibility, c.silent_until_us AS silent_until_us,
           c.approved_by AS approved_by, c.sealed_to AS sealed_to, c.predicate AS predicate,
           c.predicate_by AS predicate_by, c.predicate_us AS predicate_us, c.tip AS tip,
           c.source AS source, c.support AS support, c.reliability AS reliability,
           c.content AS content, c.handling AS handling, c.entered_us AS entered_us,
           c.entered_by AS entered_by, c.review_due_us AS review_due_us,
           c.validated_us AS validated_us, c.validated_by AS validated_by,
           c.validated_what AS validated_what, c.changed_us AS changed_us,
           c.changed_by AS changed_by, c.version AS version, x.kind AS kind,
           x.key AS identifier, i.reference AS reference, i.status AS status
    LIMIT 1
    """,
    params=RefParams,
    row=ClaimedRow,
    max_rows=1,
    public=False,
)

OWN_IN_INVESTIGATION = Query(
    name="claims.own_in_investigation",
    doc="Claims of an investigation of the caller's agency, from a key on.",
    text="""
    MATCH (i:Investigation {key: $investigation})-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE c.key > $after
    AND c.agency = $agency AND c.review_due_us > $now_us
    AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
    RETURN c.key AS key, c.ref AS ref, c.investigation AS investigation, c.agency AS agency,
           c.role AS role, c.visibility AS visibility, c.silent_until_us AS silent_until_us,
           c.approved_by AS approved_by, c.sealed_to AS sealed_to, c.predicate AS predicate,
           c.predicate_by AS predicate_by, c.predicate_us AS predicate_us, c.tip AS tip,
           c.source AS source, c.support AS support, c.reliability AS reliability,
           c.content AS content, c.handling AS handling, c.entered_us AS entered_us,
           c.entered_by AS entered_by, c.review_due_us AS review_due_us,
           c.validated_us AS validated_us, c.validated_by AS validated_by,
           c.validated_what AS validated_what, c.changed_us AS changed_us,
           c.changed_by AS changed_by, c.version AS version, x.kind AS kind,
           x.key AS identifier, i.reference AS reference, i.status AS status
    ORDER BY key LIMIT $limit
    """,
    params=InInvestigationParams,
    row=ClaimedRow,
    public=False,
)

OWN_DUE = Query(
    name="claims.own_due",
    doc="Claims of the caller's agency that are to be reviewed before a time, the first one first.",
    text="""
    MATCH (c:Claim)
    WHERE c.review_due_us <= $before_us
    AND c.agency = $agency AND c.review_due_us > $now_us
    AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
    WITH c
    MATCH (c)<-[:HOLDS]-(i)
    MATCH (c)-[:CLAIMS]->(x)
    RETURN c.key AS key, c.ref AS ref, c.investigation AS investigation, c.agency AS agency,
           c.role AS role, c.visibility AS visibility, c.silent_until_us AS silent_until_us,
           c.approved_by AS approved_by, c.sealed_to AS sealed_to, c.predicate AS predicate,
           c.predicate_by AS predicate_by, c.predicate_us AS predicate_us, c.tip AS tip,
           c.source AS source, c.support AS support, c.reliability AS reliability,
           c.content AS content, c.handling AS handling, c.entered_us AS entered_us,
           c.entered_by AS entered_by, c.review_due_us AS review_due_us,
           c.validated_us AS validated_us, c.validated_by AS validated_by,
           c.validated_what AS validated_what, c.changed_us AS changed_us,
           c.changed_by AS changed_by, c.version AS version, x.kind AS kind,
           x.key AS identifier, i.reference AS reference, i.status AS status
    ORDER BY review_due_us, key LIMIT $limit
    """,
    params=DueParams,
    row=ClaimedRow,
    public=False,
)

POINTERS = Query(
    name="claims.pointers",
    doc="What another agency may learn of the claims on identifiers that it names.",
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
    WHERE c.agency <> $agency AND c.role <> 'victim' AND c.review_due_us > $now_us
    AND (c.visibility IN ['open', 'pointer'] OR
    (c.visibility = 'silent' AND c.role = 'suspect' AND c.silent_until_us <= $now_us))
    RETURN c.ref AS ref, x.kind AS kind, x.key AS identifier, c.agency AS agency,
           i.reference AS reference, i.contact AS contact, c.role AS role,
           c.visibility AS visibility, c.entered_us AS entered_us
    ORDER BY kind, identifier, agency, reference, ref LIMIT 10000
    """,
    params=PointersParams,
    row=PointerRow,
    max_rows=10_000,
    public=False,
)

RENAME = Query(
    name="claims.rename",
    doc="Gives a claim that was sealed a key that nobody meets.",
    text="MATCH (c:Claim {key: $key}) SET c.key = $new_key",
    params=RenameParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
