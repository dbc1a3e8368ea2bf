"""What the links of tips are computed from, many rows in one record.

The Python driver takes two reads of its socket, some 40 microseconds, for every record: what an
answer needs of a tip comes as one. Answers name `links.own`, `links.shared` and `links.compared`,
which a person can run: they give the same rows one by one, and a test holds both alike.
"""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.link_questions import ComparedParams
from graph.queries.links import ComparedRow, OwnRow, SharedRow, SnapshotRow
from graph.queries.scope import Seeing

PAGE = 5000
"""Tips that are read in one record."""
MAX_TIPS = 1000
"""Tips that are asked for at once."""


class AskedParams(Seeing):
    """Tips that are asked for."""

    tips: list[str]


class AskedRow(SnapshotRow):
    """The snapshot, and whether there is more to read of the tips that are asked for."""

    judgements: int
    """How many judgements are about any of them."""
    references: int
    """How many references between documents any of them has, ended ones included."""


class AroundParams(Seeing):
    """Tips, how many assertions of each, the largest identifier to walk through, and how many
    shared assertions of each."""

    tips: list[str]
    most_own: int
    walk_limit: int
    limit: int


class AroundRow(Row):
    """What one tip says, and what other tips say of the same."""

    tip: str
    own: list[OwnRow]
    shared: list[SharedRow]


class TipsRow(Row):
    """Tips as they are compared."""

    tips: list[ComparedRow]


ASKED = Query(
    name="gathered.asked",
    doc="When the corpus was last counted, and whether tips have judgements and references.",
    text="""
    UNWIND $tips AS k
    MATCH (t:Tip {key: k})
    WHERE ($everything OR $holder IN t.holders)
    WITH COUNT { (t)<-[:JUDGES]-(:Judgement) } AS judged,
         COUNT { (t)-[:REFERS_TO]->(:Tip) } + COUNT { (t)<-[:REFERS_TO]-(:Tip) } AS referred
    WITH sum(judged) AS judgements, sum(referred) AS references
    MATCH (s:StoreInfo {key: 'store'})
    OPTIONAL MATCH (g:Agency {key: $holder})
    RETURN CASE WHEN $everything THEN coalesce(s.tip_total, 0)
                ELSE coalesce(g.tip_total, 0) END AS tip_total, s.snapshot_us AS snapshot_us,
           CASE WHEN $everything THEN s.snapshot_tips
             ELSE reduce(b = 0, i IN range(0, 62) |
               CASE WHEN 2 ^ i <= s.snapshot_tips THEN toInteger(2 ^ i) ELSE b END)
             END AS snapshot_tips, s.chance_us AS chance_us,
           s.chance_weights AS chance_weights,
           CASE WHEN $everything THEN s.chance_tips
             ELSE reduce(b = 0, i IN range(0, 62) |
               CASE WHEN 2 ^ i <= s.chance_tips THEN toInteger(2 ^ i) ELSE b END)
             END AS chance_tips,
           s.chance_levels AS chance_levels, judgements, references
    LIMIT 1
    """,
    params=AskedParams,
    row=AskedRow,
    max_rows=1,
    public=False,
)

AROUND = Query(
    name="gathered.around",
    doc="Live assertions of tips, and those of other tips about the same, rarest identifier first.",
    text="""
    UNWIND $tips AS k
    CALL (k) {
      MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
      WHERE a.ended_us IS NULL AND ($everything OR $holder IN t.holders)
      WITH t, a, x ORDER BY x.kind, x.key, a.key LIMIT $most_own
      WITH t, a, x,
           CASE WHEN $everything THEN x.mention_count
             WHEN x.crowd_told_to IN ['*', $holder] AND 2 ^ x.crowd_band > $walk_limit
             THEN toInteger(2 ^ x.crowd_band)
             WHEN x.told_to IN ['*', $holder] AND 2 ^ x.told_band > $walk_limit
             THEN toInteger(2 ^ x.told_band) ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS crowd
      RETURN collect({
        tip: t.key, kind: x.kind, identifier: x.key, subnet: x.subnet,
        state: CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END,
        state_reason: CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state_reason ELSE x.base_why END,
        band: CASE WHEN $everything THEN x.band
                WHEN x.told_to IN ['*', $holder] THEN x.told_band END,
        mention_count: crowd,
        tip_count: CASE WHEN $everything THEN x.tip_count ELSE crowd END,
        role: a.role, linking: a.linking, event: a.event, at_us: a.at_us,
        earliest_us: a.earliest_us, latest_us: a.latest_us, zone_stated: a.zone_stated,
        port: a.port, possible_proxy: a.possible_proxy, verified: a.verified,
        contact_type: a.contact_type, compromised: a.compromised, mined: a.mined,
        file_id: a.file_id, person: a.person, path: a.path, assertion: a.key
      }) AS own
    }
    CALL (k) {
      MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
      WHERE a.ended_us IS NULL AND ($everything OR $holder IN t.holders)
        AND x.mention_count > 1 AND (NOT $everything OR x.mention_count <= $walk_limit)
        AND CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
               OR x.told_to IN ['*', $holder]
             THEN x.state ELSE coalesce(x.base_state, 'normal') END
             IN ['normal', 'known series', 'viral']
      WITH t, x, max(CASE WHEN a.linking OR a.role = 'victim' THEN 1 ELSE 0 END) AS counts
      WITH t, x, counts,
           CASE WHEN $everything THEN x.mention_count
             WHEN x.crowd_told_to IN ['*', $holder] AND 2 ^ x.crowd_band > $walk_limit
             THEN toInteger(2 ^ x.crowd_band)
             WHEN x.told_to IN ['*', $holder] AND 2 ^ x.told_band > $walk_limit
             THEN toInteger(2 ^ x.told_band) ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS crowd
      WHERE crowd <= $walk_limit
      MATCH (x)<-[b:ASSERTS]-(u:Tip)
      WHERE b.ended_us IS NULL AND u.key <> t.key AND u.withdrawn_us IS NULL
        AND (counts = 1 OR b.linking OR b.role = 'victim')
        AND ($everything OR $holder IN u.holders)
      WITH t, x, b, u, crowd ORDER BY crowd, x.kind, x.key, u.key, b.key LIMIT $limit
      RETURN collect({
        own: t.key, tip: u.key, kind: x.kind, identifier: x.key, subnet: x.subnet,
        state: CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END,
        band: CASE WHEN $everything THEN x.band
                WHEN x.told_to IN ['*', $holder] THEN x.told_band END,
        mention_count: crowd,
        role: b.role, linking: b.linking, event: b.event, at_us: b.at_us,
        earliest_us: b.earliest_us, latest_us: b.latest_us, zone_stated: b.zone_stated,
        port: b.port, possible_proxy: b.possible_proxy, verified: b.verified,
        contact_type: b.contact_type, compromised: b.compromised, mined: b.mined,
        file_id: b.file_id, person: b.person, path: b.path, assertion: b.key
      }) AS shared
    }
    RETURN k AS tip, own, shared
    ORDER BY tip LIMIT 1000
    """,
    params=AroundParams,
    row=AroundRow,
    max_rows=MAX_TIPS,
    public=False,
)

TIPS = Query(
    name="gathered.tips",
    doc="Tips with what is compared beside identifiers, together.",
    text="""
    UNWIND $tips AS k
    MATCH (t:Tip {key: k})
    WHERE ($everything OR $holder IN t.holders)
    RETURN collect({
      key: t.key, order_key: t.order_key, urgency: t.urgency,
      urgency_reasons: t.urgency_reasons, stub: t.stub, provisional: t.provisional,
      withdrawn_us: t.withdrawn_us, provider_name: t.provider_name,
      incident_types: t.incident_types, incident_us: t.incident_us,
      received_us: t.received_us, ncmec_priority: t.ncmec_priority,
      file_count: t.file_count, version_count: t.version_count,
      provider: t.provider, traits: t.traits, batched_reason: t.batched_reason
    }) AS tips
    LIMIT 1
    """,
    params=ComparedParams,
    row=TipsRow,
    max_rows=1,
    public=False,
)
