"""What agencies make of the built-in table of priority."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, L = PropType.STRING, PropType.INTEGER, PropType.STRINGS

PRIORITY_VERSION = NodeType(
    label="PriorityVersion",
    doc="A version of an agency's own table of priority: all of its changes to the built-in one. "
    "Never overwritten, but for who is the newest.",
    key_doc="`<agency>|<number>`, the number with nine digits.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        Prop("number", N, "1, 2 and so on.", required=True),
        Prop("built_in", S, "Version of the built-in table that was looked at.", required=True),
        Prop("rules", L, "Names of the rules that are changed."),
        Prop("classes", L, "What each of them is since: a class, or `off`."),
        Prop("why", S, "Reason.", required=True),
        Prop("made_by", S, "Who.", required=True),
        Prop("made_us", N, "When.", required=True),
        Prop("newest_of", S, "The agency, of its newest version; else null.", indexed=True),
    ),
)

PRIORITY_NODES: tuple[NodeType, ...] = (PRIORITY_VERSION,)
