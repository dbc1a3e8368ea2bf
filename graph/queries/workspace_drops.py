"""What takes records off a saved chart, and charts out of lists and out of the store."""

from __future__ import annotations

from graph.queries.core import Mode, Query, Row
from graph.queries.purging_conflicts import OverParams
from graph.queries.workspaces import WorkspaceParams


class UnseenParams(WorkspaceParams):
    """A workspace, and the numbers of what stays on it."""

    numbers: list[int]


class UnchangedRow(Row):
    """A workspace that nobody changed for long."""

    key: str
    agency: str
    changed_us: int


UNCHANGED = Query(
    name="workspace_drops.unchanged",
    doc="Workspaces that were last changed before a time, by key.",
    text="""
    MATCH (w:Workspace)
    WHERE w.key > $after AND w.changed_us <= $before_us
    RETURN w.key AS key, w.agency AS agency, w.changed_us AS changed_us
    ORDER BY key LIMIT $limit
    """,
    params=OverParams,
    row=UnchangedRow,
    public=False,
)

UNDRAW = Query(
    name="workspace_drops.undraw",
    doc="Takes everything off a chart.",
    text="""
    MATCH (w:Workspace {key: $key})-[d:DRAWS]->()
    WITH collect(d) AS gone
    FOREACH (d IN gone | DELETE d)
    """,
    params=WorkspaceParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

UNDRAW_UNSEEN = Query(
    name="workspace_drops.undraw_unseen",
    doc="Takes everything off a chart but what has one of some numbers.",
    text="""
    MATCH (w:Workspace {key: $key})-[d:DRAWS]->()
    WHERE NOT d.number IN $numbers
    WITH collect(d) AS gone
    FOREACH (d IN gone | DELETE d)
    """,
    params=UnseenParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

UNSEAT = Query(
    name="workspace_drops.unseat",
    doc="Takes a workspace out of every list.",
    text="""
    MATCH (s:WorkspaceSeat {workspace: $key})
    WITH collect(s) AS gone
    FOREACH (s IN gone | DETACH DELETE s)
    """,
    params=WorkspaceParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP = Query(
    name="workspace_drops.drop",
    doc="Deletes a workspace.",
    text="MATCH (w:Workspace {key: $key}) DETACH DELETE w",
    params=WorkspaceParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
