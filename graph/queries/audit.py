"""The log: what logs there are, their trees in tiles, and checkpoints. `leaves` has the records."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row

PAGE = 5000
"""Entries that are read, or given numbers, at once."""
MOST_LOGS = 10_000


class RangeParams(Params):
    """Everything from one key or place up to another one (without it), so many at most."""

    start: str
    end: str
    limit: int


class KeyParams(Params):
    """One key."""

    key: str


class KeysParams(Params):
    """Several keys."""

    keys: list[str]


class LockLogParams(Params):
    """The log whose turn it is, and what it begins with when it is new."""

    log: str
    identity: str
    salt: str
    root: str
    turn: str


class TurnParams(Params):
    """Several logs whose turn it is."""

    keys: list[str]
    turn: str


class GrowParams(Params):
    """What a log has become."""

    log: str
    size: int
    root: str


class PublishedParams(Params):
    """Logs whose present size is in a checkpoint."""

    keys: list[str]


class LogRow(Row):
    """A log."""

    key: str
    identity: str
    salt: str
    size: int
    root: str
    published: int | None


class TileRow(Row):
    """A tile of a tree."""

    key: str
    hashes: bytes


class CheckpointRow(Row):
    """A checkpoint as it was published."""

    key: str
    note: str
    commitments: bytes
    at_us: int


class HeadRow(Row):
    """A log's head from one checkpoint on."""

    key: str
    size: int
    root: str


LOCK_LOG = Query(
    name="audit.lock_log",
    doc="Begins a log that is new, and takes its turn: the first write of who numbers.",
    text="""
    MERGE (l:AuditLog {key: $log})
    ON CREATE SET l.identity = $identity, l.salt = $salt, l.size = 0, l.root = $root
    SET l.turn = $turn
    """,
    params=LockLogParams,
    row=Row,
    mode=Mode.WRITE,
)

LOCK_LOGS = Query(
    name="audit.lock_logs",
    doc="Takes the turn of several logs, in the order of their names.",
    text="""
    UNWIND $keys AS k
    MATCH (l:AuditLog {key: k})
    SET l.turn = $turn
    """,
    params=TurnParams,
    row=Row,
    mode=Mode.WRITE,
)

GROW_LOG = Query(
    name="audit.grow_log",
    doc="Notes a log's new size and root.",
    text="MATCH (l:AuditLog {key: $log}) SET l.size = $size, l.root = $root",
    params=GrowParams,
    row=Row,
    mode=Mode.WRITE,
)

NOTE_PUBLISHED = Query(
    name="audit.note_published",
    doc="Notes that the present sizes of logs are in a checkpoint.",
    text="""
    UNWIND $keys AS k
    MATCH (l:AuditLog {key: k})
    SET l.published = l.size
    """,
    params=PublishedParams,
    row=Row,
    mode=Mode.WRITE,
)

LOG = Query(
    name="audit.log",
    doc="One log.",
    text="""
    MATCH (l:AuditLog {key: $key})
    RETURN l.key AS key, l.identity AS identity, l.salt AS salt, l.size AS size, l.root AS root,
           l.published AS published
    LIMIT 1
    """,
    params=KeyParams,
    row=LogRow,
    max_rows=1,
    public=False,
)

LOGS = Query(
    name="audit.logs",
    doc="Logs in the order of their names, `site` among them.",
    text="""
    MATCH (l:AuditLog)
    WHERE l.key >= $start AND l.key < $end
    RETURN l.key AS key, l.identity AS identity, l.salt AS salt, l.size AS size, l.root AS root,
           l.published AS published
    ORDER BY key LIMIT $limit
    """,
    params=RangeParams,
    row=LogRow,
    max_rows=MOST_LOGS,
    public=False,
)

TILES = Query(
    name="audit.tiles",
    doc="Tiles by their keys.",
    text="""
    UNWIND $keys AS k
    MATCH (t:AuditTile {key: k})
    RETURN t.key AS key, t.hashes AS hashes
    ORDER BY key LIMIT 1000
    """,
    params=KeysParams,
    row=TileRow,
    public=False,
)

TILES_BETWEEN = Query(
    name="audit.tiles_between",
    doc="Tiles in the order of their keys.",
    text="""
    MATCH (t:AuditTile)
    WHERE t.key >= $start AND t.key < $end
    RETURN t.key AS key, t.hashes AS hashes
    ORDER BY key LIMIT $limit
    """,
    params=RangeParams,
    row=TileRow,
    public=False,
)

CHECKPOINTS = Query(
    name="audit.checkpoints",
    doc="Checkpoints in their order.",
    text="""
    MATCH (c:Checkpoint)
    WHERE c.key >= $start AND c.key < $end
    RETURN c.key AS key, c.note AS note, c.commitments AS commitments, c.at_us AS at_us
    ORDER BY key LIMIT $limit
    """,
    params=RangeParams,
    row=CheckpointRow,
    public=False,
)

HEADS = Query(
    name="audit.heads",
    doc="The heads of a log, in the order of their checkpoints.",
    text="""
    MATCH (h:AuditHead)
    WHERE h.key >= $start AND h.key < $end
    RETURN h.key AS key, h.size AS size, h.root AS root
    ORDER BY key LIMIT $limit
    """,
    params=RangeParams,
    row=HeadRow,
    max_rows=PAGE,
    public=False,
)
