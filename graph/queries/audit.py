"""The log: entries by place, trees in tiles, logs, checkpoints, and who was shown what."""

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


class PlaceItem(Params):
    """The new place of an entry."""

    key: str
    place: str
    log: str


class PlacesParams(Params):
    """New places of entries."""

    rows: list[PlaceItem]


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


class ObjectParams(Params):
    """A record, and how many entries about it are wanted."""

    object: str
    limit: int


class LogRow(Row):
    """A log."""

    key: str
    identity: str
    salt: str
    size: int
    root: str
    published: int | None


class EntryRow(Row):
    """One entry of a log."""

    key: str
    place: str
    log: str
    format: int
    at_us: int
    actor: str
    agency: str | None
    purpose: str | None
    investigation: str | None
    action: str
    object: str | None
    disclosed: list[str] | None
    decision: str | None
    policies: list[str] | None
    outcome: str


class UnplacedRow(Row):
    """An entry as a store of schema 2 has it."""

    key: str
    at_us: int
    place: str | None


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


class DisseminationRow(Row):
    """That an entry showed a record."""

    key: str
    entry: str


class TotalRow(Row):
    """How many."""

    total: int


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

# A place is unique by how it is made. With a second key to sort by the embedded engine does not
# read in the order of the index: 3.9 s instead of 0.6 s for a page out of 30,000 entries.
ENTRIES = Query(
    name="audit.entries",
    doc="Entries in the order of their places.",
    text="""
    MATCH (e:AuditEntry)
    WHERE e.place >= $start AND e.place < $end
    RETURN e.key AS key, e.place AS place, e.log AS log, e.format AS format, e.at_us AS at_us,
           e.actor AS actor, e.agency AS agency, e.purpose AS purpose,
           e.investigation AS investigation, e.action AS action, e.object AS object,
           e.disclosed AS disclosed, e.decision AS decision, e.policies AS policies,
           e.outcome AS outcome
    ORDER BY place LIMIT $limit
    """,
    params=RangeParams,
    row=EntryRow,
    max_rows=PAGE,
    public=False,
)

ENTRIES_BY_KEY = Query(
    name="audit.entries_by_key",
    doc="The entries of some keys.",
    text="""
    UNWIND $keys AS k
    MATCH (e:AuditEntry {key: k})
    RETURN e.key AS key, e.place AS place, e.log AS log, e.format AS format, e.at_us AS at_us,
           e.actor AS actor, e.agency AS agency, e.purpose AS purpose,
           e.investigation AS investigation, e.action AS action, e.object AS object,
           e.disclosed AS disclosed, e.decision AS decision, e.policies AS policies,
           e.outcome AS outcome
    ORDER BY at_us, key LIMIT 5000
    """,
    params=KeysParams,
    row=EntryRow,
    max_rows=PAGE,
    public=False,
)

ENTRIES_ABOUT = Query(
    name="audit.entries_about",
    doc="Entries about one record, the newest first.",
    text="""
    MATCH (e:AuditEntry {object: $object})
    RETURN e.key AS key, e.place AS place, e.log AS log, e.format AS format, e.at_us AS at_us,
           e.actor AS actor, e.agency AS agency, e.purpose AS purpose,
           e.investigation AS investigation, e.action AS action, e.object AS object,
           e.disclosed AS disclosed, e.decision AS decision, e.policies AS policies,
           e.outcome AS outcome
    ORDER BY at_us DESC, key LIMIT $limit
    """,
    params=ObjectParams,
    row=EntryRow,
    max_rows=PAGE,
    public=False,
)

COUNT_ENTRIES = Query(
    name="audit.count_entries",
    doc="How many entries there are between two places.",
    text="""
    MATCH (e:AuditEntry)
    WHERE e.place >= $start AND e.place < $end
    WITH count(e) AS total
    RETURN total LIMIT $limit
    """,
    params=RangeParams,
    row=TotalRow,
    max_rows=1,
    public=False,
)

COUNT_DISSEMINATIONS = Query(
    name="audit.count_disseminations",
    doc="How many times a record was shown beside the one that was asked for.",
    text="""
    MATCH (d:Dissemination)
    WHERE d.key >= $start AND d.key < $end
    WITH count(d) AS total
    RETURN total LIMIT $limit
    """,
    params=RangeParams,
    row=TotalRow,
    max_rows=1,
    public=False,
)

UNPLACED = Query(
    name="audit.unplaced",
    doc="Entries in the order of their keys, with their place where they have one.",
    text="""
    MATCH (e:AuditEntry)
    WHERE e.key >= $start AND e.key < $end
    RETURN e.key AS key, e.at_us AS at_us, e.place AS place
    ORDER BY key LIMIT $limit
    """,
    params=RangeParams,
    row=UnplacedRow,
    max_rows=PAGE,
    public=False,
)

PUT_IN_LOG = Query(
    name="audit.put_in_log",
    doc="Puts entries that schema 2 wrote into a log, in the first format.",
    text="""
    UNWIND $rows AS r
    MATCH (e:AuditEntry {key: r.key})
    SET e.log = r.log, e.format = 1, e.place = r.place
    """,
    params=PlacesParams,
    row=Row,
    mode=Mode.WRITE,
)

SET_PLACES = Query(
    name="audit.set_places",
    doc="Gives entries their numbers.",
    text="""
    UNWIND $rows AS r
    MATCH (e:AuditEntry {key: r.key})
    SET e.place = r.place
    """,
    params=PlacesParams,
    row=Row,
    mode=Mode.WRITE,
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

DISSEMINATIONS = Query(
    name="audit.disseminations",
    doc="Entries that showed a record beside the one that they are about, the newest first.",
    text="""
    MATCH (d:Dissemination)
    WHERE d.key >= $start AND d.key < $end
    RETURN d.key AS key, d.entry AS entry
    ORDER BY key DESC LIMIT $limit
    """,
    params=RangeParams,
    row=DisseminationRow,
    max_rows=PAGE,
    public=False,
)
