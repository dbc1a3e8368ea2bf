"""The node types of what runs by itself: who runs it, and each duty's last run."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

RUNNER = NodeType(
    label="Runner",
    doc="Which worker runs the timetable of this store, and until when it has it for itself.",
    key_doc="`worker`.",
    props=(
        Prop("holder", S, "The worker: its machine, process and a random part.", required=True),
        Prop("user", S, "User under whose name it works."),
        Prop("fence", N, "Grows with every worker that takes over.", required=True),
        Prop("since_us", N, "Since when the holder has it.", required=True),
        Prop("until_us", N, "Until when, unless it is renewed.", required=True),
        Prop("turn", S, "Written first by every transaction that takes or checks it."),
    ),
)

DUTY = NodeType(
    label="Duty",
    doc="What a worker does again and again, and how its last run went.",
    key_doc="Its name in the timetable.",
    props=(
        Prop("due_us", N, "When it is run next.", required=True),
        Prop("began_us", N, "When the last run began."),
        Prop("ended_us", N, "When the last run that ended did."),
        Prop("done_us", N, "When the last run that succeeded ended."),
        Prop("outcome", S, "How the last run ended, in words and counts, without identifiers."),
        Prop("failures", N, "Failed runs since the last that succeeded.", required=True),
        Prop("fence", N, "Of the worker that began the last run."),
    ),
)

UPKEEP_NODES: tuple[NodeType, ...] = (RUNNER, DUTY)
