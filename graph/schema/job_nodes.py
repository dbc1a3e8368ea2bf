"""The node type of work that is ordered over the API and done by a worker."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

JOB = NodeType(
    label="Job",
    doc="Work that somebody ordered: who, what, how far it is, and what came of it.",
    key_doc="Random; names its place in the list, its files and its log entries.",
    props=(
        Prop("agency", S, "Agency of whoever ordered it; empty for an operator.", required=True),
        Prop("user", S, "Key of whoever ordered it.", required=True),
        Prop(
            "place",
            S,
            "Agency, user, time (later ones first) and key: the order of a list.",
            indexed=True,
            required=True,
        ),
        Prop("kind", S, "`documents`, `retry` or `export`.", required=True),
        Prop("wanted", S, "What was ordered, as JSON.", required=True),
        Prop("state", S, "queued, running, done, failed or cancelled.", required=True),
        Prop("open_us", N, "When it was ordered; null once it has ended.", indexed=True),
        Prop("made_us", N, "When it was ordered.", required=True),
        Prop("started_us", N, "When a worker first took it."),
        Prop("moved_us", N, "When its progress was last noted."),
        Prop("ended_us", N, "When it ended."),
        Prop("expires_us", N, "When it and what it gave are deleted.", indexed=True),
        Prop("total", N, "How much there is to do; null while nobody knows."),
        Prop("done", N, "How much of it is done.", required=True),
        Prop("outcome", S, "What came of it, as JSON."),
        Prop("problem", S, "Why it failed, or waits, in a sentence without identifiers."),
        Prop("cancel_us", N, "When it was called off."),
        Prop("holder", S, "The worker that has it."),
        Prop("fence", N, "Grows each time that a worker takes it.", required=True),
        Prop("until_us", N, "Until when no other worker takes it.", required=True),
        Prop("tries", N, "Runs that ended by a defect, or with a worker that never came back."),
        Prop("turn", S, "Written first by every transaction that decides about it."),
        Prop("request", S, "Id of the request that ordered it."),
    ),
)

JOB_NODES: tuple[NodeType, ...] = (JOB,)
