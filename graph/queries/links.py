"""Links between tips: computed from the identifiers that they share, never stored."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row


class SharedParams(Params):
    """A tip, the largest identifier to walk through, and how many rows are wanted."""

    tip: str
    walk_limit: int
    limit: int


class HubParams(SharedParams):
    """As for shared identifiers; hubs are those above the walk limit."""


class HubPairsParams(Params):
    """Tips found otherwise, and hubs of the tip that they were found for."""

    tips: list[str]
    identifiers: list[str]
    walk_limit: int


class SharedRow(Row):
    """Another tip's assertion about an identifier that the tip has too."""

    tip: str
    kind: str
    identifier: str
    tip_count: int
    role: str
    linking: bool
    event: str | None
    at_us: int | None
    earliest_us: int | None
    latest_us: int | None
    port: int | None
    mined: bool
    compromised: str | None
    path: str


class HubRow(Row):
    """An identifier of the tip that too many tips share to be walked through."""

    kind: str
    identifier: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int


SHARED = Query(
    name="links.shared",
    doc="Assertions of other tips about a tip's identifiers, rarest identifier first.",
    text="""
    MATCH (t:Tip {key: $tip})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND (a.linking OR a.role = 'victim')
      AND x.state IN ['normal', 'known series']
      AND x.mention_count > 1 AND x.mention_count <= $walk_limit
    WITH DISTINCT x
    MATCH (x)<-[b:ASSERTS]-(u:Tip)
    WHERE b.ended_us IS NULL AND u.key <> $tip AND u.withdrawn_us IS NULL
    RETURN u.key AS tip, x.kind AS kind, x.key AS identifier, x.tip_count AS tip_count,
           b.role AS role, b.linking AS linking, b.event AS event, b.at_us AS at_us,
           b.earliest_us AS earliest_us, b.latest_us AS latest_us, b.port AS port,
           b.mined AS mined, b.compromised AS compromised, b.path AS path
    ORDER BY x.tip_count, x.kind, x.key, u.key, b.key LIMIT $limit
    """,
    params=SharedParams,
    row=SharedRow,
    max_rows=50_000,
)

HUBS = Query(
    name="links.hubs",
    doc="A tip's identifiers that too many tips share, or that are stopped: counted, not walked.",
    text="""
    MATCH (t:Tip {key: $tip})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND (a.linking OR a.role = 'victim')
      AND (x.mention_count > $walk_limit OR NOT x.state IN ['normal', 'known series'])
    WITH DISTINCT x
    RETURN x.kind AS kind, x.key AS identifier, x.state AS state,
           x.state_reason AS state_reason, x.tip_count AS tip_count,
           x.mention_count AS mention_count
    ORDER BY x.tip_count DESC, x.kind, x.key LIMIT $limit
    """,
    params=HubParams,
    row=HubRow,
)

HUB_PAIRS = Query(
    name="links.hub_pairs",
    doc="Which of the tips found otherwise have a hub too: it still counts, by its rarity.",
    text="""
    UNWIND $tips AS k
    MATCH (u:Tip {key: k})
    WITH u
    MATCH (u)-[b:ASSERTS]->(x)
    WHERE b.ended_us IS NULL AND b.linking AND x.key IN $identifiers
      AND x.mention_count > $walk_limit AND x.state IN ['normal', 'known series']
    RETURN u.key AS tip, x.kind AS kind, x.key AS identifier, x.tip_count AS tip_count,
           b.role AS role, b.linking AS linking, b.event AS event, b.at_us AS at_us,
           b.earliest_us AS earliest_us, b.latest_us AS latest_us, b.port AS port,
           b.mined AS mined, b.compromised AS compromised, b.path AS path
    ORDER BY tip, kind, identifier, path LIMIT 50000
    """,
    params=HubPairsParams,
    row=SharedRow,
    max_rows=50_000,
    public=False,
)
