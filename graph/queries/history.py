"""Every use of one identifier, over tips and time."""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.scope import Seeing


class HistoryParams(Seeing):
    """An identifier and how many uses are wanted."""

    kind: str
    key: str
    limit: int


class UseRow(Row):
    """One tip's assertion about the identifier, ended ones included."""

    tip: str
    order_key: str
    urgency: int
    provider: str | None
    role: str
    linking: bool
    event: str | None
    at_us: int | None
    time_raw: str | None
    received_us: int | None
    port: int | None
    verified: str | None
    mined: bool
    path: str
    ended_us: int | None
    withdrawn_us: int | None


class SpreadRow(Row):
    """How often one provider's tips mention the identifier in one role."""

    provider: str | None
    role: str
    tips: int
    first_us: int | None
    last_us: int | None


USES = Query(
    name="history.uses",
    doc="Uses of an identifier by time, those without a time last.",
    text="""
    CALL () {
      MATCH (x:Account {key: $key}) RETURN x
      UNION ALL MATCH (x:Email {key: $key}) RETURN x
      UNION ALL MATCH (x:Phone {key: $key}) RETURN x
      UNION ALL MATCH (x:IpAddress {key: $key}) RETURN x
      UNION ALL MATCH (x:FileHash {key: $key}) RETURN x
      UNION ALL MATCH (x:Device {key: $key}) RETURN x
      UNION ALL MATCH (x:Url {key: $key}) RETURN x
      UNION ALL MATCH (x:ScreenName {key: $key}) RETURN x
    }
    WITH x WHERE x.kind = $kind
    MATCH (x)<-[a:ASSERTS]-(t:Tip)
    WHERE ($everything OR $holder IN t.holders)
    RETURN t.key AS tip, t.order_key AS order_key, t.urgency AS urgency, t.provider AS provider,
           a.role AS role, a.linking AS linking, a.event AS event, a.at_us AS at_us,
           a.time_raw AS time_raw, t.received_us AS received_us, a.port AS port,
           a.verified AS verified, a.mined AS mined, a.path AS path, a.ended_us AS ended_us,
           t.withdrawn_us AS withdrawn_us
    ORDER BY coalesce(at_us, 9000000000000000000), tip, path, a.key LIMIT $limit
    """,
    params=HistoryParams,
    row=UseRow,
)

SPREAD = Query(
    name="history.spread",
    doc="How often, from when to when, each provider's tips mention an identifier in each role.",
    text="""
    CALL () {
      MATCH (x:Account {key: $key}) RETURN x
      UNION ALL MATCH (x:Email {key: $key}) RETURN x
      UNION ALL MATCH (x:Phone {key: $key}) RETURN x
      UNION ALL MATCH (x:IpAddress {key: $key}) RETURN x
      UNION ALL MATCH (x:FileHash {key: $key}) RETURN x
      UNION ALL MATCH (x:Device {key: $key}) RETURN x
      UNION ALL MATCH (x:Url {key: $key}) RETURN x
      UNION ALL MATCH (x:ScreenName {key: $key}) RETURN x
    }
    WITH x WHERE x.kind = $kind
    MATCH (x)<-[a:ASSERTS]-(t:Tip)
    WHERE a.ended_us IS NULL AND t.withdrawn_us IS NULL
      AND ($everything OR $holder IN t.holders)
    WITH t.provider AS provider, a.role AS role, count(DISTINCT t) AS tips,
         min(a.at_us) AS first_us, max(a.at_us) AS last_us
    RETURN provider, role, tips, first_us, last_us
    ORDER BY tips DESC, coalesce(provider, ''), role LIMIT $limit
    """,
    params=HistoryParams,
    row=SpreadRow,
)
