"""IPv6 networks (/64): one subscriber's, so that all their addresses are compared as one."""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.link_questions import SharedParams
from graph.queries.links import SharedRow
from graph.queries.scope import Seeing


class SubnetsParams(Seeing):
    """Networks (/64) of which it is asked how many uses they have."""

    subnets: list[str]


class SubnetRow(Row):
    """A /64 and how often tips mention its addresses."""

    subnet: str
    mentions: int


SUBNETS = Query(
    name="subnets.shared",
    doc="Assertions of other tips about other IPv6 addresses of a tip's /64 networks.",
    text="""
    UNWIND $tips AS k
    CALL (k) {
      MATCH (t:Tip {key: k})-[a:ASSERTS]->(x:IpAddress)
      WHERE a.ended_us IS NULL AND x.subnet IS NOT NULL AND ($everything OR $holder IN t.holders)
        AND CASE WHEN $everything OR coalesce(x.state_by, '') <> 'counting'
               OR x.told_to IN ['*', $holder]
             THEN x.state ELSE coalesce(x.base_state, 'normal') END = 'normal'
      WITH t, x.subnet AS own_subnet,
           max(CASE WHEN a.linking OR a.role = 'victim' THEN 1 ELSE 0 END) AS counts
      WHERE CASE WHEN $everything
           THEN COUNT { MATCH (:IpAddress {subnet: own_subnet})<-[:ASSERTS]-(:Tip) }
           ELSE COUNT { MATCH (:IpAddress {subnet: own_subnet})<-[:ASSERTS]-(v:Tip)
                        WHERE $holder IN v.holders } END <= $walk_limit
      MATCH (y:IpAddress {subnet: own_subnet})
      MATCH (y)<-[b:ASSERTS]-(u:Tip)
      WHERE b.ended_us IS NULL AND u.key <> t.key AND u.withdrawn_us IS NULL
        AND (counts = 1 OR b.linking OR b.role = 'victim')
        AND ($everything OR $holder IN u.holders)
      RETURN u.key AS tip, y.kind AS kind, y.key AS identifier, y.subnet AS subnet,
             CASE WHEN $everything OR coalesce(y.state_by, '') <> 'counting'
                  OR y.told_to IN ['*', $holder]
                THEN y.state ELSE coalesce(y.base_state, 'normal') END AS state,
             CASE WHEN $everything THEN y.band
                WHEN y.told_to IN ['*', $holder] THEN y.told_band END AS band,
             CASE WHEN $everything THEN y.mention_count ELSE 0 END AS mention_count,
             b.role AS role, b.linking AS linking, b.event AS event, b.at_us AS at_us,
             b.earliest_us AS earliest_us, b.latest_us AS latest_us,
             b.zone_stated AS zone_stated, b.port AS port, b.possible_proxy AS possible_proxy,
             b.verified AS verified, b.contact_type AS contact_type,
             b.compromised AS compromised, b.mined AS mined, b.file_id AS file_id,
             b.person AS person, b.path AS path, b.key AS assertion
      ORDER BY mention_count, identifier, tip, assertion LIMIT $limit
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

SUBNET_SIZES = Query(
    name="subnets.sizes",
    doc="How often tips mention the addresses of IPv6 networks (/64).",
    text="""
    UNWIND $subnets AS s
    RETURN s AS subnet,
           CASE WHEN $everything
           THEN COUNT { MATCH (:IpAddress {subnet: s})<-[:ASSERTS]-(:Tip) }
           ELSE COUNT { MATCH (:IpAddress {subnet: s})<-[:ASSERTS]-(v:Tip)
                        WHERE $holder IN v.holders } END AS mentions
    ORDER BY subnet LIMIT 100000
    """,
    params=SubnetsParams,
    row=SubnetRow,
    max_rows=100_000,
    public=False,
)
