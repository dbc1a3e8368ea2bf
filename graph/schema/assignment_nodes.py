"""What a supervisor keeps of an agency's people before choosing whom to give a tip."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

STAFF_RECORD = NodeType(
    label="StaffRecord",
    doc="A skill, an absence or a conflict of interest of somebody of an agency. Ended, never "
    "deleted. Of conflicts it holds no identifier.",
    key_doc="Random.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True, indexed=True),
        Prop("kind", S, "`listed skill`, `skill`, `absence` or `conflict`.", required=True),
        Prop("user", S, "Whose; null of a listed skill, which is the agency's."),
        Prop("about", S, "Of a conflict: `tip`, `investigation` or `relation`."),
        Prop("subject", S, "Name of the skill; key of the tip or investigation; the relation."),
        Prop("from_us", N, "Of an absence: from when."),
        Prop("until_us", N, "Of an absence: until when."),
        Prop("why", S, "Reason."),
        Prop("entered_by", S, "User that entered it.", required=True),
        Prop("entered_us", N, "When.", required=True),
        Prop("ended_us", N, "When it was ended; null while it counts."),
        Prop("ended_by", S, "User that ended it."),
        Prop("ended_why", S, "Why."),
    ),
)

ASSIGNMENT_NODES: tuple[NodeType, ...] = (STAFF_RECORD,)
