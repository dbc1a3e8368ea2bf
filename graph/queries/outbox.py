"""The outbox: notices as a delivery worker takes them, and those that could not be delivered."""

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


class FreeParams(Params):
    """Notices that a worker lets go of, and since when they are due."""

    keys: list[str]
    worker: str
    at_us: int


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


class DeadParams(Params):
    """Which dead letters: of an agency, or of all (empty); and how many.

    What is sealed is there for the supervisor whom it names, and for nobody in particular (empty).
    """

    agency: str
    user: str
    limit: int


class RetryParams(DeadParams):
    """Which dead letters are tried again, and from when on."""

    key: str
    at_us: int


class NoticeKeyRow(Row):
    """A key of a notice."""

    key: str


class LeasedRow(Row):
    """What a worker has for itself until its lease ends."""

    key: str
    attempts: int


class MailRow(LeasedRow):
    """A notice as a mail is made from it."""

    object: str | None
    kind: str
    severity: str
    mail_to: list[str]
    at_us: int


class DeadRow(Row):
    """A mail that could not be delivered; what it tells of is not in it."""

    key: str
    agency: str
    kind: str
    severity: str
    at_us: int
    attempts: int
    failure: str | None


class AnyDueParams(Params):
    """Up to which time notices are due."""

    at_us: int


ANY_DUE = Query(
    name="outbox.any_due",
    doc="Some notice that is due, whether it is the first of its stream or not.",
    text="""
    MATCH (n:Notification)
    WHERE n.due_us <= $at_us
    RETURN n.key AS key LIMIT 1
    """,
    params=AnyDueParams,
    row=NoticeKeyRow,
    max_rows=1,
    public=False,
)


# Looking each stream up again took a minute and a half on a Neo4j whose plan was made while there
# was no notice: here nothing is looked up.
DUE = Query(
    name="outbox.due",
    doc="Notices that are due for mail; of a stream only the first that has not left.",
    text="""
    MATCH (n:Notification)
    WHERE n.due_us >= 0
    WITH n ORDER BY n.stream, n.number, n.key
    WITH n.stream AS stream, collect(n.key)[0] AS key, collect(n.due_us)[0] AS due_us
    WHERE due_us <= $at_us
    RETURN key
    ORDER BY due_us, key LIMIT $limit
    """,
    params=DueParams,
    row=NoticeKeyRow,
    public=False,
)


LOCK_NOTICES = Query(
    name="outbox.lock",
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
    name="outbox.lease",
    doc="Gives due notices to a worker until a time; after that they are due again.",
    text="""
    UNWIND $keys AS k
    MATCH (n:Notification {key: k})
    WHERE n.due_us <= $at_us
    SET n.due_us = $until_us, n.leased_by = $worker
    RETURN n.key AS key, n.object AS object, n.kind AS kind, n.severity AS severity,
           n.mail_to AS mail_to, n.at_us AS at_us, n.attempts AS attempts
    """,
    params=LeaseParams,
    row=MailRow,
    mode=Mode.WRITE,
    public=False,
)


BEGIN = Query(
    name="outbox.begin",
    doc="Counts a try of a notice that a worker still has, and gives it more time.",
    text="""
    UNWIND $keys AS k
    MATCH (n:Notification {key: k})
    WHERE n.leased_by = $worker AND n.due_us > $at_us
    SET n.due_us = $until_us, n.attempts = 1 + coalesce(n.attempts, 0)
    RETURN n.key AS key, n.attempts AS attempts
    """,
    params=LeaseParams,
    row=LeasedRow,
    mode=Mode.WRITE,
    public=False,
)


FREE = Query(
    name="outbox.free",
    doc="Lets go of notices that a worker has and did not try: they are due.",
    text="""
    UNWIND $keys AS k
    MATCH (n:Notification {key: k})
    WHERE n.leased_by = $worker
    SET n.due_us = $at_us, n.leased_by = null
    """,
    params=FreeParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


SETTLE = Query(
    name="outbox.settle",
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


DEAD = Query(
    name="outbox.dead",
    doc="Mails that could not be delivered, oldest first.",
    text="""
    MATCH (n:Notification)
    WHERE n.mail = 'dead' AND ($agency = '' OR n.agency = $agency)
      AND ($user = '' OR n.sealed_to IS NULL OR n.sealed_to = $user)
    RETURN n.key AS key, n.agency AS agency, n.kind AS kind, n.severity AS severity,
           n.at_us AS at_us, n.attempts AS attempts, n.failure AS failure
    ORDER BY at_us, key LIMIT $limit
    """,
    params=DeadParams,
    row=DeadRow,
    public=False,
)


RETRY = Query(
    name="outbox.retry",
    doc="Lets dead letters be tried again; all of them where no key is named.",
    text="""
    MATCH (n:Notification)
    WHERE n.mail = 'dead' AND ($agency = '' OR n.agency = $agency)
      AND ($key = '' OR (n.key = $key AND
      ($user = '' OR n.sealed_to IS NULL OR n.sealed_to = $user)))
    WITH n ORDER BY n.at_us, n.key LIMIT $limit
    SET n.mail = 'waiting', n.due_us = $at_us, n.attempts = 0
    RETURN n.key AS key
    """,
    params=RetryParams,
    row=NoticeKeyRow,
    mode=Mode.WRITE,
    public=False,
)
