"""The log's records, by place, by key and by what they are about; and who was shown what."""

from __future__ import annotations

from graph.queries.audit import PAGE, KeysParams, RangeParams
from graph.queries.core import Mode, Params, Query, Row


class PlaceItem(Params):
    """The new place of an entry."""

    key: str
    place: str
    log: str


class PlacesParams(Params):
    """New places of entries."""

    rows: list[PlaceItem]


class ObjectParams(Params):
    """A record, and how many entries about it are wanted, of one log or (empty) of all."""

    object: str
    log: str
    limit: int


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
    request: str | None
    outcome: str


class UnplacedRow(Row):
    """An entry as a store of schema 2 has it."""

    key: str
    at_us: int
    place: str | None


class DisseminationRow(Row):
    """That an entry showed a record."""

    key: str
    entry: str


class TotalRow(Row):
    """How many."""

    total: int


# A place is unique by how it is made. With a second key to sort by the embedded engine does not
# read in the order of the index: 3.9 s instead of 0.6 s for a page out of 30,000 entries.
ENTRIES = Query(
    name="leaves.entries",
    doc="Entries in the order of their places.",
    text="""
    MATCH (e:AuditEntry)
    WHERE e.place >= $start AND e.place < $end
    RETURN e.key AS key, e.place AS place, e.log AS log, e.format AS format, e.at_us AS at_us,
           e.actor AS actor, e.agency AS agency, e.purpose AS purpose,
           e.investigation AS investigation, e.action AS action, e.object AS object,
           e.disclosed AS disclosed, e.decision AS decision, e.policies AS policies,
           e.request AS request, e.outcome AS outcome
    ORDER BY place LIMIT $limit
    """,
    params=RangeParams,
    row=EntryRow,
    max_rows=PAGE,
    public=False,
)

ENTRIES_BY_KEY = Query(
    name="leaves.entries_by_key",
    doc="The entries of some keys.",
    text="""
    UNWIND $keys AS k
    MATCH (e:AuditEntry {key: k})
    RETURN e.key AS key, e.place AS place, e.log AS log, e.format AS format, e.at_us AS at_us,
           e.actor AS actor, e.agency AS agency, e.purpose AS purpose,
           e.investigation AS investigation, e.action AS action, e.object AS object,
           e.disclosed AS disclosed, e.decision AS decision, e.policies AS policies,
           e.request AS request, e.outcome AS outcome
    ORDER BY at_us, key LIMIT 5000
    """,
    params=KeysParams,
    row=EntryRow,
    max_rows=PAGE,
    public=False,
)

ENTRIES_ABOUT = Query(
    name="leaves.entries_about",
    doc="Entries about one record, of one log or of all, the newest first.",
    text="""
    MATCH (e:AuditEntry {object: $object})
    WHERE $log = '' OR e.log = $log
    RETURN e.key AS key, e.place AS place, e.log AS log, e.format AS format, e.at_us AS at_us,
           e.actor AS actor, e.agency AS agency, e.purpose AS purpose,
           e.investigation AS investigation, e.action AS action, e.object AS object,
           e.disclosed AS disclosed, e.decision AS decision, e.policies AS policies,
           e.request AS request, e.outcome AS outcome
    ORDER BY at_us DESC, key LIMIT $limit
    """,
    params=ObjectParams,
    row=EntryRow,
    max_rows=PAGE,
    public=False,
)

COUNT_ENTRIES = Query(
    name="leaves.count_entries",
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
    name="leaves.count_disseminations",
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
    name="leaves.unplaced",
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
    name="leaves.put_in_log",
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
    name="leaves.set_places",
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

DISSEMINATIONS = Query(
    name="leaves.disseminations",
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
