"""Links between tips: computed from the identifiers that they share, never stored."""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.link_questions import (
    ComparedParams,
    HubPairsParams,
    OwnParams,
    SharedParams,
    TwoHopsParams,
)
from graph.queries.scope import Seeing
from graph.queries.tips import TipLine


class ObservationRow(Row):
    """A live assertion as links need it."""

    tip: str
    kind: str
    identifier: str
    subnet: str | None
    state: str
    band: int | None
    mention_count: int
    role: str
    linking: bool
    event: str | None
    at_us: int | None
    earliest_us: int | None
    latest_us: int | None
    zone_stated: bool | None
    port: int | None
    possible_proxy: str | None
    verified: str | None
    contact_type: str | None
    compromised: str | None
    mined: bool
    file_id: str | None
    person: str | None
    path: str
    assertion: str
    """Key of the assertion, unique between its tip and its identifier."""


class OwnRow(ObservationRow):
    """A live assertion of the tip that is asked for, with its identifier's counts."""

    tip_count: int
    state_reason: str | None


class SharedRow(ObservationRow):
    """Another tip's assertion about something that the tip has too."""

    own: str


class ComparedRow(TipLine):
    """A tip with what else is compared."""

    provider: str | None
    traits: list[str] | None
    batched_reason: str | None


class TwoHopsRow(Row):
    """Another tip and what it shares."""

    tip: str
    kind: str
    identifier: str


class SnapshotRow(Row):
    """When the corpus was last counted, how large it was then, and what chance alone gives."""

    tip_total: int
    snapshot_us: int | None
    snapshot_tips: int | None
    chance_us: int | None
    chance_weights: str | None
    chance_tips: int | None
    chance_levels: list[str] | None


OWN = Query(
    name="links.own",
    doc="Live assertions of tips, as links compare them.",
    text="""
    UNWIND $tips AS k
    CALL (k) {
      MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
      WHERE a.ended_us IS NULL AND ($everything OR $holder IN t.holders)
      RETURN t.key AS tip, x.kind AS kind, x.key AS identifier, x.subnet AS subnet,
             CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END AS state,
             CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state_reason ELSE x.base_why END AS state_reason,
             CASE WHEN $everything THEN x.band
                WHEN x.told_to IN ['*', $holder] THEN x.told_band END AS band,
             CASE WHEN $everything THEN x.mention_count ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS mention_count,
             CASE WHEN $everything THEN x.tip_count ELSE COUNT {
             MATCH (x)<-[m:ASSERTS]-(v)
             WHERE m.linking AND m.ended_us IS NULL AND v.withdrawn_us IS NULL
               AND $holder IN v.holders RETURN DISTINCT v
           } END AS tip_count,
             a.role AS role, a.linking AS linking, a.event AS event, a.at_us AS at_us,
             a.earliest_us AS earliest_us, a.latest_us AS latest_us,
             a.zone_stated AS zone_stated, a.port AS port, a.possible_proxy AS possible_proxy,
             a.verified AS verified, a.contact_type AS contact_type,
             a.compromised AS compromised, a.mined AS mined, a.file_id AS file_id,
             a.person AS person, a.path AS path, a.key AS assertion
      ORDER BY kind, identifier, assertion LIMIT $limit
    }
    RETURN tip, kind, identifier, subnet, state, state_reason, band, mention_count, tip_count,
           role, linking, event, at_us, earliest_us, latest_us, zone_stated, port,
           possible_proxy, verified, contact_type, compromised, mined, file_id, person, path,
           assertion
    LIMIT 1000000
    """,
    params=OwnParams,
    row=OwnRow,
    max_rows=1_000_000,
)

SHARED = Query(
    name="links.shared",
    doc="Assertions of other tips about tips' identifiers, rarest identifier first.",
    text="""
    UNWIND $tips AS k
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
      RETURN u.key AS tip, x.kind AS kind, x.key AS identifier, x.subnet AS subnet,
             CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END AS state,
             CASE WHEN $everything THEN x.band
                WHEN x.told_to IN ['*', $holder] THEN x.told_band END AS band,
             crowd AS mention_count,
             b.role AS role, b.linking AS linking, b.event AS event, b.at_us AS at_us,
             b.earliest_us AS earliest_us, b.latest_us AS latest_us,
             b.zone_stated AS zone_stated, b.port AS port, b.possible_proxy AS possible_proxy,
             b.verified AS verified, b.contact_type AS contact_type,
             b.compromised AS compromised, b.mined AS mined, b.file_id AS file_id,
             b.person AS person, b.path AS path, b.key AS assertion
      ORDER BY mention_count, kind, identifier, tip, assertion LIMIT $limit
    }
    RETURN k AS own, tip, kind, identifier, subnet, state, band, mention_count, role, linking,
           event, at_us, earliest_us, latest_us, zone_stated, port, possible_proxy, verified,
           contact_type, compromised, mined, file_id, person, path, assertion
    LIMIT 1000000
    """,
    params=SharedParams,
    row=SharedRow,
    max_rows=1_000_000,
)

HUB_PAIRS = Query(
    name="links.hub_pairs",
    doc="Which of the tips found otherwise have a hub too, in whatever role: it still counts, by "
    "its rarity, unless a protected role wins.",
    text="""
    UNWIND $tips AS k
    MATCH (u:Tip {key: k})
    WITH u
    MATCH (u)-[b:ASSERTS]->(x)
    WHERE b.ended_us IS NULL AND ($everything OR $holder IN u.holders)
      AND (x.key IN $identifiers OR x.subnet IN $subnets)
      AND CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
             OR x.told_to IN ['*', $holder]
           THEN x.state ELSE coalesce(x.base_state, 'normal') END
           IN ['normal', 'known series', 'viral']
    RETURN u.key AS tip, x.kind AS kind, x.key AS identifier, x.subnet AS subnet,
           CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
                  OR x.told_to IN ['*', $holder]
                THEN x.state ELSE coalesce(x.base_state, 'normal') END AS state,
           CASE WHEN $everything THEN x.band
                WHEN x.told_to IN ['*', $holder] THEN x.told_band END AS band,
           CASE WHEN $everything THEN x.mention_count ELSE 0 END AS mention_count,
           b.role AS role, b.linking AS linking, b.event AS event, b.at_us AS at_us,
           b.earliest_us AS earliest_us, b.latest_us AS latest_us,
           b.zone_stated AS zone_stated, b.port AS port, b.possible_proxy AS possible_proxy,
           b.verified AS verified, b.contact_type AS contact_type,
           b.compromised AS compromised, b.mined AS mined, b.file_id AS file_id,
           b.person AS person, b.path AS path, b.key AS assertion
    ORDER BY tip, kind, identifier, assertion LIMIT 1000000
    """,
    params=HubPairsParams,
    row=ObservationRow,
    max_rows=1_000_000,
    public=False,
)

COMPARED = Query(
    name="links.compared",
    doc="Tips with what is compared beside identifiers.",
    text="""
    UNWIND $tips AS k
    MATCH (t:Tip {key: k})
    WHERE ($everything OR $holder IN t.holders)
    RETURN t.key AS key, t.order_key AS order_key, t.urgency AS urgency,
           t.urgency_reasons AS urgency_reasons, t.stub AS stub, t.provisional AS provisional,
           t.withdrawn_us AS withdrawn_us, t.provider_name AS provider_name,
           t.incident_types AS incident_types, t.incident_us AS incident_us,
           t.received_us AS received_us, t.ncmec_priority AS ncmec_priority,
           t.file_count AS file_count, t.version_count AS version_count,
           t.provider AS provider, t.traits AS traits, t.batched_reason AS batched_reason
    ORDER BY key LIMIT 1000000
    """,
    params=ComparedParams,
    row=ComparedRow,
    max_rows=1_000_000,
)

SNAPSHOT = Query(
    name="links.snapshot",
    doc="When the corpus was last counted.",
    text="""
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
           s.chance_levels AS chance_levels
    LIMIT 1
    """,
    params=Seeing,
    row=SnapshotRow,
    max_rows=1,
)

TWO_HOPS = Query(
    name="links.two_hops",
    doc="Tips that share an identifier with a tip, no more: the bare walk beside which links are "
    "measured.",
    text="""
    MATCH (t:Tip {key: $tip})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND a.linking AND ($everything OR $holder IN t.holders)
    WITH t, x,
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
    WHERE b.ended_us IS NULL AND b.linking AND u.key <> $tip
      AND ($everything OR $holder IN u.holders)
    RETURN u.key AS tip, x.kind AS kind, x.key AS identifier
    ORDER BY tip, kind, identifier LIMIT $limit
    """,
    params=TwoHopsParams,
    row=TwoHopsRow,
    max_rows=20_000,
)
