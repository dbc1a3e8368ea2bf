"""Notices: the outbox as a delivery worker takes from it, and what a person is told."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row

MOST = 1000


class DueParams(Params):
    """Up to which time notices are due, and how many are wanted."""

    at_us: int
    limit: int


class NoticeKeysParams(Params):
    """Keys of notices."""

    keys: list[str] = Field(max_length=MOST)


class LeaseParams(Params):
    """Notices that a worker takes, and until when it has them for itself."""

    keys: list[str]
    worker: str
    at_us: int
    until_us: int


class SettledItem(Params):
    """What became of a notice that a worker tried to send."""

    key: str
    mail: str
    due_us: int | None
    sent_us: int | None
    failure: str | None


class SettledParams(Params):
    """What became of notices that a worker had."""

    rows: list[SettledItem]
    worker: str


class MineParams(Params):
    """Whose notices, whether acknowledged ones too, and where a page begins."""

    agency: str
    user: str
    is_supervisor: bool
    with_seen: bool
    before_us: int
    limit: int


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


class DeadParams(Params):
    """Which dead letters: of an agency, or of all (empty); and how many."""

    agency: str
    limit: int


class RetryParams(DeadParams):
    """Which dead letters are tried again, and from when on."""

    key: str
    at_us: int


class NoticeKeyRow(Row):
    """A key of a notice."""

    key: str


class MailRow(Row):
    """A notice as a mail is made from it."""

    key: str
    object: str | None
    kind: str
    severity: str
    mail_to: list[str]
    at_us: int
    attempts: int


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


class DeadRow(Row):
    """A mail that could not be delivered; what it tells of is not in it."""

    key: str
    agency: str
    kind: str
    severity: str
    at_us: int
    attempts: int
    failure: str | None


DUE = Query(
    name="notices.due",
    doc="Notices that are due for mail; of a stream only the first that has not left.",
    text="""
    MATCH (n:Notification)
    WHERE n.due_us <= $at_us
    WITH n ORDER BY n.due_us, n.key LIMIT 5000
    WHERE NOT EXISTS {
      MATCH (e:Notification {stream: n.stream}) WHERE e.number < n.number AND e.mail = 'waiting'
    }
    RETURN n.key AS key
    ORDER BY n.due_us, key LIMIT $limit
    """,
    params=DueParams,
    row=NoticeKeyRow,
    public=False,
)

LOCK_NOTICES = Query(
    name="notices.lock",
    doc="Takes the write lock of notices before they are read to decide.",
    text="""
    UNWIND $keys AS k
    MATCH (n:Notification {key: k})
    SET n.attempts = coalesce(n.attempts, 0)
    """,
    params=NoticeKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

LEASE = Query(
    name="notices.lease",
    doc="Gives due notices to a worker until a time; after that they are due again.",
    text="""
    UNWIND $keys AS k
    MATCH (n:Notification {key: k})
    WHERE n.due_us <= $at_us
    SET n.due_us = $until_us, n.leased_by = $worker, n.attempts = n.attempts + 1
    RETURN n.key AS key, n.object AS object, n.kind AS kind, n.severity AS severity,
           n.mail_to AS mail_to, n.at_us AS at_us, n.attempts AS attempts
    """,
    params=LeaseParams,
    row=MailRow,
    mode=Mode.WRITE,
    public=False,
)

SETTLE = Query(
    name="notices.settle",
    doc="Notes what became of notices, where the worker still has them.",
    text="""
    UNWIND $rows AS r
    MATCH (n:Notification {key: r.key})
    WHERE n.leased_by = $worker
    SET n.mail = r.mail, n.due_us = r.due_us, n.sent_us = r.sent_us, n.failure = r.failure,
        n.leased_by = null
    """,
    params=SettledParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

MINE = Query(
    name="notices.mine",
    doc="A user's notices, newest first.",
    text="""
    MATCH (n:Notification {agency: $agency})
    WHERE n.at_us < $before_us AND ($with_seen OR n.seen_us IS NULL)
      AND ($user IN n.recipients OR ($is_supervisor AND '*supervisors' IN n.recipients))
    RETURN n.key AS key, n.kind AS kind, n.object AS object, n.investigation AS investigation,
           n.severity AS severity, n.subject AS subject, n.text AS text, n.at_us AS at_us,
           n.seen_us AS seen_us, n.seen_by AS seen_by, n.mail AS mail
    ORDER BY at_us DESC, n.number DESC, key LIMIT $limit
    """,
    params=MineParams,
    row=NoticeRow,
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
           n.seen_us AS seen_us, n.seen_by AS seen_by, n.mail AS mail
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
    SET n.seen_us = $at_us, n.seen_by = $user
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
    SET n.seen_us = $at_us, n.seen_by = $user
    """,
    params=SeenOfParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DEAD = Query(
    name="notices.dead",
    doc="Mails that could not be delivered, oldest first.",
    text="""
    MATCH (n:Notification)
    WHERE n.mail = 'dead' AND ($agency = '' OR n.agency = $agency)
    RETURN n.key AS key, n.agency AS agency, n.kind AS kind, n.severity AS severity,
           n.at_us AS at_us, n.attempts AS attempts, n.failure AS failure
    ORDER BY at_us, key LIMIT $limit
    """,
    params=DeadParams,
    row=DeadRow,
    public=False,
)

RETRY = Query(
    name="notices.retry",
    doc="Lets dead letters be tried again; all of them where no key is named.",
    text="""
    MATCH (n:Notification)
    WHERE n.mail = 'dead' AND ($agency = '' OR n.agency = $agency)
      AND ($key = '' OR n.key = $key)
    WITH n ORDER BY n.at_us, n.key LIMIT $limit
    SET n.mail = 'waiting', n.due_us = $at_us, n.attempts = 0
    RETURN n.key AS key
    """,
    params=RetryParams,
    row=NoticeKeyRow,
    mode=Mode.WRITE,
    public=False,
)
