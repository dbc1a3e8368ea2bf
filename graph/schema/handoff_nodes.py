"""Hand-offs of tips between agencies, and the receipts of each side."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, B = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN

HANDOFF = NodeType(
    label="Handoff",
    doc="A tip that one agency offered another. Two agencies know of it and no other.",
    key_doc="Random.",
    props=(
        Prop("tip", S, "Key of the tip.", indexed=True, required=True),
        Prop("giver", S, "Key of the agency that offers it.", required=True),
        Prop("receiver", S, "Key of the agency that it is offered to.", required=True),
        Prop("kind", S, "`transfer`, `joint` or `prosecution`.", required=True),
        Prop("stage", S, "`offered` and so on, see `docs/handoff.md`.", required=True),
        Prop("level", S, "What the offer shows: `pointer` or `subjects`.", required=True),
        Prop("purpose", S, "For which purpose, of the closed list.", required=True),
        Prop("offered_us", N, "When.", required=True),
        Prop("offered_by", S, "User that offered it.", required=True),
        Prop("due_us", N, "Until when it can be answered.", required=True),
        Prop("until_us", N, "Until when a prosecutor's office holds it."),
        Prop("answered_us", N, "When it was last moved on."),
        Prop("answered_by", S, "User that did; the clock's have the worker's name."),
        Prop("answered_why", S, "Why."),
        Prop("held_before", B, "Whether the receiver held the tip anyway; never the giver's."),
        Prop("shown", S, "What the offer shows, as canonical text.", required=True),
        Prop("shown_sha256", S, "Its SHA-256.", required=True),
        Prop("permitted", S, "What the table of permitted recipients said.", required=True),
        Prop("agreement", S, "Reference of the agreement in force, where there is one."),
        Prop("steps", N, "Steps so far: the next receipt's number less one.", required=True),
        Prop("clock_us", N, "When the clock moves it on; null: no more.", indexed=True),
        Prop("giver_place", S, "Orders the giver's list: open first.", indexed=True),
        Prop("receiver_place", S, "Orders the receiver's list.", indexed=True),
        Prop("version", N, "Rises with every step; a step names the one that it starts from."),
    ),
)

HANDOFF_RECEIPT = NodeType(
    label="HandoffReceipt",
    doc="One side's receipt of one step of a hand-off. Never overwritten.",
    key_doc="Follows from the hand-off, the number and the agency.",
    props=(
        Prop("handoff", S, "Key of the hand-off.", required=True),
        Prop("agency", S, "Whose receipt it is.", required=True),
        Prop("number", N, "Its place among the steps.", required=True),
        Prop("step", S, "Which step.", required=True),
        Prop("at_us", N, "When.", required=True),
        Prop("body", S, "What it says, as canonical text.", required=True),
        Prop("body_sha256", S, "Its SHA-256; the log's entry names it.", required=True),
        Prop("prior", S, "SHA-256 of the side's receipt before."),
        Prop("disclosed", S, "What the step disclosed, as canonical text; the giver keeps it."),
        Prop("disclosed_sha256", S, "Its SHA-256."),
        Prop("leaf", S, "Key of the entry of the side's log.", required=True),
    ),
)

HANDOFF_NODES: tuple[NodeType, ...] = (HANDOFF, HANDOFF_RECEIPT)
