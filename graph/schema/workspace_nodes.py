"""Saved charts: which records are drawn and how, and never what those records say."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, L = PropType.STRING, PropType.INTEGER, PropType.STRINGS

WORKSPACE = NodeType(
    label="Workspace",
    doc="A chart that somebody saved under a name. Its records are those that `DRAWS` leads to.",
    key_doc="Random.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        Prop("keeper", S, "User whose it is.", required=True),
        Prop("name", S, "What its keeper calls it.", required=True),
        Prop("note", S, "What its keeper wrote about it: a note, not evidence."),
        Prop("shared", S, "With whom: `nobody`, `people` or `agency`.", required=True),
        Prop("readers", L, "Users of the agency that it is shared with, where it is with people."),
        Prop("groups", L, "Names of the groups, in their order."),
        Prop("looks", L, "Look of each group, of a closed list."),
        Prop("kinds_off", L, "Kinds of records that its filter keeps out of sight."),
        Prop("grades_off", L, "Grades of links that its filter keeps out of sight."),
        Prop("since", S, "First day of its filter, UTC."),
        Prop("until", S, "Last day of its filter, UTC."),
        Prop("budget", N, "Things that may be drawn at most.", required=True),
        Prop("drawn", N, "Things that its keeper drew, whether they are there or not."),
        Prop("made_us", N, "When it was saved first.", required=True),
        Prop("changed_us", N, "When it was changed last.", required=True),
        Prop("version", N, "Rises with every change; a change names the one it starts from."),
    ),
)

WORKSPACE_SEAT = NodeType(
    label="WorkspaceSeat",
    doc="That a workspace is in somebody's list: its keeper's, a reader's, or its agency's.",
    key_doc="`<workspace>|<user>`, or `<workspace>|*` for everybody of the agency.",
    props=(
        Prop("workspace", S, "Key of the workspace.", indexed=True, required=True),
        Prop("place", S, "Agency, whose list, when saved, workspace.", indexed=True, required=True),
    ),
)

WORKSPACE_NODES: tuple[NodeType, ...] = (WORKSPACE, WORKSPACE_SEAT)
