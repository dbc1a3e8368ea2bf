"""Alerts about tips that are to be looked at at once, and each agency's clocks for them."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, L = PropType.STRING, PropType.INTEGER, PropType.STRINGS

URGENT_ALERT = NodeType(
    label="UrgentAlert",
    doc="That a tip came to stand in the class `at once` at one agency, and who acknowledged it. "
    "Another agency's is another node: neither sees anything of it.",
    key_doc="Follows from the place in the queue and the time; the stream of its notices.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        Prop("tip", S, "Key of the tip.", required=True),
        Prop("place", S, "Key of its place in the queue.", indexed=True, required=True),
        Prop("at_us", N, "Since when it stands there so.", required=True),
        Prop("open_order", S, "Agency, time, tip; null once it has ended.", indexed=True),
        Prop("supervisors_us", N, "When supervisors are told that nobody did.", required=True),
        Prop("administrators_us", N, "When administrators are told.", required=True),
        Prop("clock_us", N, "When the next of the two is; null: no clock runs.", indexed=True),
        Prop("step", N, "0 raised, 1 supervisors were told, 2 administrators were.", required=True),
        Prop("told", N, "People of the agency who were told when it was raised.", required=True),
        Prop("ended_us", N, "When it was acknowledged, or was over otherwise."),
        Prop("ended_by", S, "Who acknowledged it, or changed what it followed from."),
        Prop("ended_how", S, "`acknowledged`, a move, or why it was over by itself."),
    ),
)

URGENT_CLOCKS = NodeType(
    label="UrgentClocks",
    doc="How long an agency's urgent tips may wait for somebody, and who is on duty for them.",
    key_doc="The agency's key.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        Prop("supervisors_minutes", N, "Minutes until supervisors are told.", required=True),
        Prop("administrators_minutes", N, "Minutes until administrators are.", required=True),
        Prop("unit", S, "Key of the unit that is on duty; null: everybody who works on tips."),
        Prop("changed_us", N, "When it was last changed."),
        Prop("changed_by", S, "User that changed it last."),
        Prop("version", N, "Rises with every change; an edit names the one that it was made from."),
    ),
)

URGENT_NODES: tuple[NodeType, ...] = (URGENT_ALERT, URGENT_CLOCKS)
