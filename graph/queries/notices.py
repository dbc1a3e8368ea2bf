"""Notices as those whom they tell see them; `outbox` has them as they leave."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row

MOST = 1000


class MineParams(Params):
    """Whose notices, whether acknowledged ones too, and where a page begins."""

    agency: str
    user: str
    is_supervisor: bool
    with_seen: bool
    before_us: int
    before_number: int = -1
    before_key: str = ""
    limit: int


class SinceParams(Params):
    """Whose notices, and since when."""

    agency: str
    user: str
    is_supervisor: bool
    since_us: int


class PlaceRow(Row):
    """Where a notice stands in the list."""

    key: str
    at_us: int
    number: int


class UnseenParams(Params):
    """Whose notices, the range of their agency's places, and how many are looked at."""

    begin: str
    end: str
    user: str
    is_supervisor: bool
    limit: int


class UnplacedParams(Params):
    """The key of the last one that was looked at."""

    after: str


class UnplacedRow(Row):
    """A notice that is to get a place."""

    key: str
    agency: str
    at_us: int


class PlaceItem(Params):
    """A notice and its place."""

    key: str
    place: str


class PlacesParams(Params):
    """Notices and their places."""

    rows: list[PlaceItem]


class UnseenRow(Row):
    """A notice that waits, as far as counting needs it."""

    agency: str
    recipients: list[str]
    severity: str
    at_us: int


class OneNoticeParams(Params):
    """A notice, and who asks."""

    agency: str
    user: str
    is_supervisor: bool
    key: str


class ReadParams(Params):
    """Notices that a user was shown."""

    keys: list[str]
    user: str


class SeenParams(Params):
    """A notice that a user acknowledges."""

    key: str
    user: str
    at_us: int


class SeenOfParams(Params):
    """The notices about one thing that one agency acknowledges."""

    object: str
    agency: str
    user: str
    at_us: int


class NoticeRow(Row):
    """A notice as those whom it tells see it."""

    key: str
    kind: str
    object: str | None
    investigation: str | None
    severity: str
    subject: str
    text: str
    at_us: int
    seen_us: int | None
    seen_by: str | None
    mail: str
    agency: str
    recipients: list[str]
    """Users, and `*supervisors` for whoever supervises the agency."""
    number: int
    """Counts the notices about one thing."""


MINE = Query(
    name="notices.mine",
    doc="A user's notices, newest first.",
    text="""
    MATCH (n:Notification {agency: $agency})
    WHERE (n.at_us < $before_us OR (n.at_us = $before_us AND (n.number < $before_number
        OR (n.number = $before_number AND n.key > $before_key))))
      AND ($with_seen OR n.seen_us IS NULL)
      AND ($user IN n.recipients OR ($is_supervisor AND '*supervisors' IN n.recipients))
    RETURN n.key AS key, n.kind AS kind, n.object AS object, n.investigation AS investigation,
           n.severity AS severity, n.subject AS subject, n.text AS text, n.at_us AS at_us,
           n.seen_us AS seen_us, n.seen_by AS seen_by, n.mail AS mail,
           n.agency AS agency, n.recipients AS recipients, n.number AS number
    ORDER BY at_us DESC, n.number DESC, key LIMIT $limit
    """,
    params=MineParams,
    row=NoticeRow,
    public=False,
)


SINCE = Query(
    name="notices.since",
    doc="Places of a user's notices since a time, the oldest first: whether there is something.",
    text="""
    MATCH (n:Notification {agency: $agency})
    WHERE n.at_us > $since_us
      AND ($user IN n.recipients OR ($is_supervisor AND '*supervisors' IN n.recipients))
    RETURN n.key AS key, n.at_us AS at_us, n.number AS number
    ORDER BY at_us, number, key LIMIT 1000
    """,
    params=SinceParams,
    row=PlaceRow,
    public=False,
)


UNSEEN = Query(
    name="notices.unseen",
    doc="Notices of a user that nobody acknowledged, in no order: to be counted.",
    # The agency is the range's, and only what waits has a place in it: what was acknowledged in
    # years is not walked over by whoever looks every two seconds.
    text="""
    MATCH (n:Notification)
    WHERE n.unseen_place > $begin AND n.unseen_place < $end
      AND ($user IN n.recipients OR ($is_supervisor AND '*supervisors' IN n.recipients))
    RETURN n.agency AS agency, n.recipients AS recipients, n.severity AS severity,
           n.at_us AS at_us
    LIMIT $limit
    """,
    params=UnseenParams,
    row=UnseenRow,
    public=False,
)


ONE = Query(
    name="notices.one",
    doc="A notice of a user.",
    text="""
    MATCH (n:Notification {key: $key})
    WHERE n.agency = $agency
      AND ($user IN n.recipients OR ($is_supervisor AND '*supervisors' IN n.recipients))
    RETURN n.key AS key, n.kind AS kind, n.object AS object, n.investigation AS investigation,
           n.severity AS severity, n.subject AS subject, n.text AS text, n.at_us AS at_us,
           n.seen_us AS seen_us, n.seen_by AS seen_by, n.mail AS mail,
           n.agency AS agency, n.recipients AS recipients, n.number AS number
    LIMIT 1
    """,
    params=OneNoticeParams,
    row=NoticeRow,
    max_rows=1,
    public=False,
)


MARK_READ = Query(
    name="notices.mark_read",
    doc="Notes that a user was shown notices.",
    text="""
    UNWIND $keys AS k
    MATCH (n:Notification {key: k})
    SET n.read_by = CASE WHEN $user IN coalesce(n.read_by, []) THEN n.read_by
                         ELSE [$user] + coalesce(n.read_by, []) END
    """,
    params=ReadParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


MARK_SEEN = Query(
    name="notices.mark_seen",
    doc="Notes who acknowledged a notice first.",
    text="""
    MATCH (n:Notification {key: $key})
    WHERE n.seen_us IS NULL
    SET n.seen_us = $at_us, n.seen_by = $user, n.unseen_place = null
    """,
    params=SeenParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


MARK_SEEN_OF = Query(
    name="notices.mark_seen_of",
    doc="Notes who acknowledged an agency's notices about one thing.",
    text="""
    MATCH (n:Notification {stream: $object})
    WHERE n.agency = $agency AND n.seen_us IS NULL
    SET n.seen_us = $at_us, n.seen_by = $user, n.unseen_place = null
    """,
    params=SeenOfParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


UNPLACED = Query(
    name="notices.unplaced",
    doc="Notices that wait and have no place among those that do: of an older Crosstip.",
    text="""
    MATCH (n:Notification)
    WHERE n.key > $after AND n.seen_us IS NULL AND n.unseen_place IS NULL
    RETURN n.key AS key, n.agency AS agency, n.at_us AS at_us
    ORDER BY key LIMIT 1000
    """,
    params=UnplacedParams,
    row=UnplacedRow,
    public=False,
)


GIVE_PLACES = Query(
    name="notices.give_places",
    doc="Gives notices that wait their places.",
    text="""
    UNWIND $rows AS r
    MATCH (n:Notification {key: r.key})
    WHERE n.seen_us IS NULL
    SET n.unseen_place = r.place
    """,
    params=PlacesParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
