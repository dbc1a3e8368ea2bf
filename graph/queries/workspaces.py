"""Saved charts: whose lists they are in, and what of them a caller may see."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import AsOf, ScopeParams, Seeing

MOST = 200
"""Workspaces of one page at most."""
MOST_THINGS = 1000
"""Things on one chart at most."""


class WorkspaceParams(Params):
    """One workspace."""

    key: str


class ListParams(Params):
    """A part of somebody's list, both ends outside it, and how much of it."""

    after: str
    end: str
    limit: int


class KeysParams(Params):
    """Some workspaces."""

    keys: list[str]


class DrawnParams(ScopeParams, Seeing):
    """A workspace, and who looks at it."""

    key: str


class NamesParams(Seeing):
    """Keys of records, each looked up as every kind that can be drawn."""

    keys: list[str] = Field(max_length=MOST_THINGS)


class DrawnTipsParams(Seeing):
    """A workspace, and whose tips are seen."""

    key: str


class CasesParams(AsOf):
    """A workspace, and whose investigations are seen whatever they claim."""

    key: str
    agency: str


class WorkspaceRow(Row):
    """A workspace, all but what is drawn on it."""

    key: str
    agency: str
    keeper: str
    name: str
    note: str | None
    shared: str
    readers: list[str] | None
    groups: list[str] | None
    looks: list[str] | None
    kinds_off: list[str] | None
    grades_off: list[str] | None
    since: str | None
    until: str | None
    budget: int
    drawn: int
    made_us: int
    changed_us: int
    version: int


class SeatRow(Row):
    """A workspace in somebody's list."""

    workspace: str
    place: str


class NameRow(Row):
    """A record that is there."""

    kind: str
    key: str


class DrawnRow(Row):
    """A record on a chart, and how it is drawn."""

    kind: str
    key: str
    number: int
    x: int
    y: int
    hidden: bool
    pinned: bool
    expanded: bool
    bundle: bool
    in_group: int | None


LOCK = Query(
    name="workspaces.lock",
    doc="Takes the write lock of a workspace before it is read to decide.",
    text="MATCH (w:Workspace {key: $key}) SET w.version = w.version",
    params=WorkspaceParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

BY_KEY = Query(
    name="workspaces.by_key",
    doc="Some workspaces.",
    text="""
    UNWIND $keys AS k
    MATCH (w:Workspace {key: k})
    RETURN w.key AS key, w.agency AS agency, w.keeper AS keeper, w.name AS name, w.note AS note,
           w.shared AS shared, w.readers AS readers, w.groups AS groups, w.looks AS looks,
           w.kinds_off AS kinds_off, w.grades_off AS grades_off, w.since AS since,
           w.until AS until, w.budget AS budget, w.drawn AS drawn, w.made_us AS made_us,
           w.changed_us AS changed_us, w.version AS version
    ORDER BY key LIMIT 500
    """,
    params=KeysParams,
    row=WorkspaceRow,
    max_rows=500,
    public=False,
)

IN_LIST = Query(
    name="workspaces.in_list",
    doc="Workspaces of somebody's list, the first saved first.",
    text="""
    MATCH (s:WorkspaceSeat)
    WHERE s.place > $after AND s.place < $end
    RETURN s.workspace AS workspace, s.place AS place
    ORDER BY s.place LIMIT $limit
    """,
    params=ListParams,
    row=SeatRow,
    max_rows=MOST + 1,
    public=False,
)

NAMES = Query(
    name="workspaces.names",
    doc="Which of some keys are of records that can be drawn; of tips, those that are seen.",
    text="""
    CALL () {
      UNWIND $keys AS k MATCH (t:Tip {key: k})
      WHERE ($everything OR $holder IN t.holders)
      RETURN 'Tip' AS kind, t.key AS key
      UNION ALL UNWIND $keys AS k MATCH (x:Account {key: k}) RETURN x.kind AS kind, x.key AS key
      UNION ALL UNWIND $keys AS k MATCH (x:Email {key: k}) RETURN x.kind AS kind, x.key AS key
      UNION ALL UNWIND $keys AS k MATCH (x:Phone {key: k}) RETURN x.kind AS kind, x.key AS key
      UNION ALL UNWIND $keys AS k MATCH (x:IpAddress {key: k}) RETURN x.kind AS kind, x.key AS key
      UNION ALL UNWIND $keys AS k MATCH (x:FileHash {key: k}) RETURN x.kind AS kind, x.key AS key
      UNION ALL UNWIND $keys AS k MATCH (x:Device {key: k}) RETURN x.kind AS kind, x.key AS key
      UNION ALL UNWIND $keys AS k MATCH (x:Url {key: k}) RETURN x.kind AS kind, x.key AS key
      UNION ALL UNWIND $keys AS k MATCH (x:ScreenName {key: k}) RETURN x.kind AS kind, x.key AS key
      UNION ALL UNWIND $keys AS k MATCH (i:Investigation {key: k})
      RETURN 'Investigation' AS kind, i.key AS key
    }
    RETURN DISTINCT kind, key
    ORDER BY kind, key LIMIT 10000
    """,
    params=NamesParams,
    row=NameRow,
    max_rows=10 * MOST_THINGS,
    public=False,
)

DRAWN_TIPS = Query(
    name="workspaces.drawn_tips",
    doc="Tips on a chart that the caller may see.",
    text="""
    MATCH (w:Workspace {key: $key})-[d:DRAWS]->(t:Tip)
    WHERE ($everything OR $holder IN t.holders)
    RETURN d.kind AS kind, t.key AS key, d.number AS number, d.x AS x, d.y AS y,
           d.hidden AS hidden, d.pinned AS pinned, d.expanded AS expanded, d.bundle AS bundle,
           d.in_group AS in_group
    ORDER BY number LIMIT 1000
    """,
    params=DrawnTipsParams,
    row=DrawnRow,
    max_rows=MOST_THINGS,
    public=False,
)

DRAWN_IDENTIFIERS = Query(
    name="workspaces.drawn_identifiers",
    doc="Identifiers on a chart that the caller's tips mention, or that a claim which the caller "
    "may see is on.",
    text="""
    MATCH (w:Workspace {key: $key})-[d:DRAWS]->(x)
    WHERE w.agency = $agency AND d.kind <> 'Tip' AND d.kind <> 'Investigation'
      AND (EXISTS { (x)<-[:ASSERTS]-(t:Tip) WHERE ($everything OR $holder IN t.holders) }
        OR EXISTS { (x)<-[:CLAIMS]-(c:Claim)
             WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us }
        OR EXISTS { (x)<-[:CLAIMS]-(c:Claim)
             WHERE c.agency = $agency AND c.review_due_us > $now_us
               AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user) })
    RETURN d.kind AS kind, x.key AS key, d.number AS number, d.x AS x, d.y AS y,
           d.hidden AS hidden, d.pinned AS pinned, d.expanded AS expanded, d.bundle AS bundle,
           d.in_group AS in_group
    ORDER BY number LIMIT 1000
    """,
    params=DrawnParams,
    row=DrawnRow,
    max_rows=MOST_THINGS,
    public=False,
)

DRAWN_CASES = Query(
    name="workspaces.drawn_cases",
    doc="Investigations on a chart: the caller's agency's, and those whose claim on an identifier "
    "beside them the caller may see.",
    text="""
    MATCH (w:Workspace {key: $key})-[d:DRAWS]->(i:Investigation)
    WHERE (i.agency = $agency
      OR EXISTS { MATCH (i)-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)<-[:DRAWS]-(v:Workspace {key: $key})
           WHERE c.visibility IN ['open', 'pointer'] AND c.review_due_us > $now_us })
    RETURN d.kind AS kind, i.key AS key, d.number AS number, d.x AS x, d.y AS y,
           d.hidden AS hidden, d.pinned AS pinned, d.expanded AS expanded, d.bundle AS bundle,
           d.in_group AS in_group
    ORDER BY number LIMIT 1000
    """,
    params=CasesParams,
    row=DrawnRow,
    max_rows=MOST_THINGS,
    public=False,
)
