"""Tips: lists, one tip with what it says, and its documents."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row
from graph.queries.scope import AsOf, Seeing


class TipParams(Seeing):
    """One tip."""

    tip: str


class TipPageParams(Seeing):
    """A page of tips."""

    after: str
    limit: int


class HeldPageParams(Params):
    """A page of one agency's tips: after a place in its list, before the list's end."""

    after: str
    end: str
    limit: int


class TipsParams(Seeing):
    """Several tips."""

    tips: list[str]


class PrefixParams(Seeing):
    """The beginning of a key."""

    prefix: str
    limit: int


class TipLine(Row):
    """A tip as lists show it."""

    key: str
    order_key: str
    urgency: int
    urgency_reasons: list[str] | None
    stub: bool
    provisional: bool
    withdrawn_us: int | None
    provider_name: str | None
    incident_types: list[str] | None
    incident_us: int | None
    received_us: int | None
    ncmec_priority: str | None
    file_count: int | None
    version_count: int


class TipRow(TipLine):
    """A tip with everything that stands on its node."""

    source: str
    report_number: str | None
    provider: str | None
    incident_time_raw: str | None
    platform: str | None
    ncmec_status: str | None
    annotations: list[str] | None
    batched_reason: str | None
    withdrawn_why: str | None
    first_recorded_us: int | None


class HeldRow(Row):
    """A tip that an agency holds, and what orders it in the agency's list."""

    tip: str
    place: str


class AssertionParams(AsOf, Seeing):
    """A tip and how many of its assertions are wanted."""

    tip: str
    limit: int


class AssertionRow(Row):
    """One assertion of a tip."""

    kind: str
    identifier: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int
    claim_count: int
    role: str
    linking: bool
    stated_as: str | None
    event: str | None
    at_us: int | None
    earliest_us: int | None
    latest_us: int | None
    zone_stated: bool | None
    time_raw: str | None
    time_note: str | None
    port: int | None
    verified: str | None
    possible_proxy: str | None
    compromised: str | None
    mined: bool
    file_id: str | None
    person: str | None
    path: str
    since: str
    ended_us: int | None


class ReferenceRow(Row):
    """A tip that this tip names, or that names it."""

    tip: str
    kind: str
    direction: str
    stub: bool
    ended_us: int | None


TIP = Query(
    name="tips.show",
    doc="One tip.",
    text="""
    MATCH (t:Tip {key: $tip})
    WHERE ($everything OR $holder IN t.holders)
    RETURN t.key AS key, t.order_key AS order_key, t.urgency AS urgency,
           t.urgency_reasons AS urgency_reasons, t.stub AS stub, t.provisional AS provisional,
           t.withdrawn_us AS withdrawn_us, t.provider_name AS provider_name,
           t.incident_types AS incident_types, t.incident_us AS incident_us,
           t.received_us AS received_us, t.ncmec_priority AS ncmec_priority,
           t.file_count AS file_count, t.version_count AS version_count, t.source AS source,
           t.report_number AS report_number, t.provider AS provider,
           t.incident_time_raw AS incident_time_raw, t.platform AS platform,
           t.ncmec_status AS ncmec_status, t.annotations AS annotations,
           t.batched_reason AS batched_reason, t.withdrawn_why AS withdrawn_why,
           CASE WHEN $everything THEN t.first_recorded_us ELSE head(COLLECT {
             MATCH (t)-[h:HELD_BY]->(g:Agency {key: $holder}) RETURN h.from_us
           }) END AS first_recorded_us
    LIMIT 1
    """,
    params=TipParams,
    row=TipRow,
    max_rows=1,
)

TIP_PAGE = Query(
    name="tips.page",
    doc="Tips, imminent danger and escalated ones first, then the newest.",
    text="""
    MATCH (t:Tip)
    WHERE t.order_key > $after AND t.stub = false
      AND ($everything OR $holder IN t.holders)
    RETURN t.key AS key, t.order_key AS order_key, t.urgency AS urgency,
           t.urgency_reasons AS urgency_reasons, t.stub AS stub, t.provisional AS provisional,
           t.withdrawn_us AS withdrawn_us, t.provider_name AS provider_name,
           t.incident_types AS incident_types, t.incident_us AS incident_us,
           t.received_us AS received_us, t.ncmec_priority AS ncmec_priority,
           t.file_count AS file_count, t.version_count AS version_count
    ORDER BY t.order_key LIMIT $limit
    """,
    params=TipPageParams,
    row=TipLine,
)

TIPS = Query(
    name="tips.lines",
    doc="Several tips as lists show them.",
    text="""
    UNWIND $tips AS k
    MATCH (t:Tip {key: k})
    WHERE ($everything OR $holder IN t.holders)
    RETURN t.key AS key, t.order_key AS order_key, t.urgency AS urgency,
           t.urgency_reasons AS urgency_reasons, t.stub AS stub, t.provisional AS provisional,
           t.withdrawn_us AS withdrawn_us, t.provider_name AS provider_name,
           t.incident_types AS incident_types, t.incident_us AS incident_us,
           t.received_us AS received_us, t.ncmec_priority AS ncmec_priority,
           t.file_count AS file_count, t.version_count AS version_count
    ORDER BY order_key LIMIT 50000
    """,
    params=TipsParams,
    row=TipLine,
    max_rows=50_000,
    public=False,
)

TIPS_BY_PREFIX = Query(
    name="tips.by_prefix",
    doc="Tips whose key begins so.",
    text="""
    MATCH (t:Tip)
    WHERE t.key STARTS WITH $prefix AND ($everything OR $holder IN t.holders)
    RETURN t.key AS key, t.order_key AS order_key, t.urgency AS urgency,
           t.urgency_reasons AS urgency_reasons, t.stub AS stub, t.provisional AS provisional,
           t.withdrawn_us AS withdrawn_us, t.provider_name AS provider_name,
           t.incident_types AS incident_types, t.incident_us AS incident_us,
           t.received_us AS received_us, t.ncmec_priority AS ncmec_priority,
           t.file_count AS file_count, t.version_count AS version_count
    ORDER BY order_key LIMIT $limit
    """,
    params=PrefixParams,
    row=TipLine,
)

HELD_PAGE = Query(
    name="tips.held_page",
    doc="Which tips an agency holds, imminent danger and escalated ones first, then the newest.",
    # The agency is the range's. Asked for beside it, the embedded engine reads and sorts all of it.
    text="""
    MATCH (q:Triage)
    WHERE q.list_place > $after AND q.list_place < $end
    RETURN q.tip AS tip, q.list_place AS place
    ORDER BY q.list_place LIMIT $limit
    """,
    params=HeldPageParams,
    row=HeldRow,
    max_rows=201,
    # Whose tips is a range here, which nobody outside may choose.
    public=False,
)

ASSERTIONS = Query(
    name="tips.assertions",
    doc="What a tip says about identifiers, ended assertions last.",
    text="""
    MATCH (t:Tip {key: $tip})-[a:ASSERTS]->(x)
    WHERE ($everything OR $holder IN t.holders)
    RETURN x.kind AS kind, x.key AS identifier,
           CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END AS state,
           CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state_reason ELSE x.base_why END AS state_reason,
           CASE WHEN $everything THEN x.tip_count
             WHEN x.tip_count = 0 THEN 0
             WHEN x.told_to IN ['*', $holder] AND x.told_band >= 9
             THEN toInteger(2 ^ x.told_band) ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.linking AND m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS tip_count,
           CASE WHEN $everything THEN x.mention_count
             WHEN x.crowd_told_to IN ['*', $holder] THEN toInteger(2 ^ x.crowd_band)
             ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS mention_count,
           CASE WHEN x.claim_count = 0 THEN 0 ELSE COUNT {
             (x)<-[:CLAIMS]-(c:Claim)
             WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us
           } END AS claim_count, a.role AS role, a.linking AS linking,
           a.stated_as AS stated_as, a.event AS event, a.at_us AS at_us,
           a.earliest_us AS earliest_us, a.latest_us AS latest_us,
           a.zone_stated AS zone_stated, a.time_raw AS time_raw, a.time_note AS time_note,
           a.port AS port, a.verified AS verified, a.possible_proxy AS possible_proxy,
           a.compromised AS compromised, a.mined AS mined, a.file_id AS file_id,
           a.person AS person, a.path AS path, a.since AS since, a.ended_us AS ended_us
    ORDER BY a.ended_us IS NOT NULL, a.role, x.kind, x.key, a.key LIMIT $limit
    """,
    params=AssertionParams,
    row=AssertionRow,
    max_rows=20_000,
)

REFERENCES = Query(
    name="tips.references",
    doc="Tips that a tip names as prior or related, and tips that name it.",
    text="""
    CALL () {
      MATCH (t:Tip {key: $tip})-[r:REFERS_TO]->(o:Tip)
      WHERE ($everything OR $holder IN t.holders)
      RETURN o.key AS tip, r.kind AS kind, 'names' AS direction,
             CASE WHEN ($everything OR $holder IN o.holders) THEN o.stub ELSE true END AS stub,
             r.ended_us AS ended_us
      UNION ALL
      MATCH (t:Tip {key: $tip})<-[r:REFERS_TO]-(o:Tip)
      WHERE ($everything OR $holder IN t.holders) AND ($everything OR $holder IN o.holders)
      RETURN o.key AS tip, r.kind AS kind, 'named by' AS direction, o.stub AS stub,
             r.ended_us AS ended_us
    }
    RETURN tip, kind, direction, stub, ended_us
    ORDER BY tip, kind, direction LIMIT 1000
    """,
    params=TipParams,
    row=ReferenceRow,
)
