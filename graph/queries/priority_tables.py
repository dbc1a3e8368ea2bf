"""Agencies' own tables of priority, every version, and which places are not by the newest yet."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row

MOST = 200
"""Versions that are read at once."""
COUNTED = 10_000
"""Places that are counted at most."""
TOGETHER = 2000


class AgenciesParams(Params):
    """Keys of agencies."""

    keys: list[str]


class VersionRow(Row):
    """A version of the changes that an agency made to the built-in table."""

    key: str
    agency: str
    number: int
    built_in: str
    rules: list[str] | None
    classes: list[str] | None
    why: str
    made_by: str
    made_us: int
    newest_of: str | None


class SpanParams(Params):
    """A part of an index, both ends outside it, and how much of it."""

    after: str
    end: str
    limit: int


class PlacedRow(Row):
    """A tip, and where it stands in an index."""

    tip: str
    place: str


class TotalRow(Row):
    """How many."""

    total: int


class BarePlaceRow(Row):
    """A place, and what says by which table it stands there."""

    key: str
    agency: str
    tip: str
    rules: str
    place: str


class RulesPlaceItem(Params):
    """A place, and what orders it by its table."""

    key: str
    rules_place: str


class RulesPlacesParams(Params):
    """Places to fill in."""

    rows: list[RulesPlaceItem]


NEWEST = Query(
    name="priority_tables.newest",
    doc="The newest version of agencies' own tables.",
    text="""
    UNWIND $keys AS k
    MATCH (v:PriorityVersion {newest_of: k})
    RETURN v.key AS key, v.agency AS agency, v.number AS number, v.built_in AS built_in,
           v.rules AS rules, v.classes AS classes, v.why AS why, v.made_by AS made_by,
           v.made_us AS made_us, v.newest_of AS newest_of
    ORDER BY key LIMIT 100000
    """,
    params=AgenciesParams,
    row=VersionRow,
    max_rows=100_000,
    public=False,
)

EVERY_NEWEST = Query(
    name="priority_tables.every_newest",
    doc="The newest version of every agency that has a table of its own.",
    text="""
    MATCH (v:PriorityVersion)
    WHERE v.newest_of > ''
    RETURN v.key AS key, v.agency AS agency, v.number AS number, v.built_in AS built_in,
           v.rules AS rules, v.classes AS classes, v.why AS why, v.made_by AS made_by,
           v.made_us AS made_us, v.newest_of AS newest_of
    ORDER BY v.newest_of LIMIT 100000
    """,
    params=NoParams,
    row=VersionRow,
    max_rows=100_000,
    public=False,
)

VERSIONS = Query(
    name="priority_tables.versions",
    doc="Versions of an agency's own table, the newest first.",
    text="""
    MATCH (v:PriorityVersion)
    WHERE v.key > $after AND v.key < $end
    RETURN v.key AS key, v.agency AS agency, v.number AS number, v.built_in AS built_in,
           v.rules AS rules, v.classes AS classes, v.why AS why, v.made_by AS made_by,
           v.made_us AS made_us, v.newest_of AS newest_of
    ORDER BY v.key DESC LIMIT $limit
    """,
    params=SpanParams,
    row=VersionRow,
    max_rows=MOST + 1,
    public=False,
)

HELD = Query(
    name="priority_tables.held",
    doc="Tips that an agency holds, whoever waited longest first.",
    text="""
    MATCH (q:Triage)
    WHERE q.since_place > $after AND q.since_place < $end
    RETURN q.tip AS tip, q.since_place AS place
    ORDER BY q.since_place LIMIT $limit
    """,
    params=SpanParams,
    row=PlacedRow,
    max_rows=TOGETHER + 1,
    public=False,
)

BY_OTHERS = Query(
    name="priority_tables.by_others",
    doc="Tips whose place at an agency is by another table than its newest one.",
    text="""
    MATCH (q:Triage)
    WHERE q.rules_place > $after AND q.rules_place < $end
    RETURN q.tip AS tip, q.rules_place AS place
    ORDER BY q.rules_place LIMIT $limit
    """,
    params=SpanParams,
    row=PlacedRow,
    max_rows=TOGETHER,
    public=False,
)

COUNT_BY_OTHERS = Query(
    name="priority_tables.count_by_others",
    doc="How many those are, up to a limit.",
    text="""
    MATCH (q:Triage)
    WHERE q.rules_place > $after AND q.rules_place < $end
    WITH q ORDER BY q.rules_place LIMIT $limit
    RETURN count(q) AS total LIMIT 1
    """,
    params=SpanParams,
    row=TotalRow,
    max_rows=1,
    public=False,
)

BARE_PLACES = Query(
    name="priority_tables.bare_places",
    doc="Places of held tips, in order, for a migration.",
    text="""
    MATCH (q:Triage)
    WHERE q.since_place > $after AND q.since_place < $end
    RETURN q.key AS key, q.agency AS agency, q.tip AS tip, q.rules AS rules,
           q.since_place AS place
    ORDER BY q.since_place LIMIT $limit
    """,
    params=SpanParams,
    row=BarePlaceRow,
    max_rows=TOGETHER,
    public=False,
)

FILL_PLACES = Query(
    name="priority_tables.fill_places",
    doc="Says by which table places stand where they do, where that is not said.",
    text="""
    UNWIND $rows AS r
    MATCH (q:Triage {key: r.key})
    WHERE q.rules_place IS NULL
    SET q.rules_place = r.rules_place
    """,
    params=RulesPlacesParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
