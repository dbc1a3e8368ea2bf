"""Where a tip stands at each agency that holds it."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, B, L = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN, PropType.STRINGS

TRIAGE = NodeType(
    label="Triage",
    doc="Where a tip stands at one agency that holds it, and how urgent it is there. Another "
    "agency's is another node: neither sees anything of it.",
    key_doc="`<agency>|<tip>`.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        Prop("tip", S, "Key of the tip.", indexed=True, required=True),
        Prop("state", S, "`new`, `in review` and so on, see `docs/triage.md`.", required=True),
        Prop("owner", S, "User whose it is: who took it, or to whom it is assigned."),
        Prop("held", B, "Whether the agency holds the tip now.", required=True),
        Prop("since_us", N, "Since when the agency holds it.", required=True),
        Prop("stood_us", N, "Since when it stands where it does.", required=True),
        Prop("due_us", N, "Until when somebody is to look at it; null once somebody did."),
        Prop("why", S, "Reason of the last move that had one."),
        Prop("outcome", S, "How work on it ended."),
        Prop("recipient", S, "To whom it was referred."),
        Prop("priority", S, "Class by the table of rules.", required=True),
        Prop("reasons", L, "A sentence for each rule that holds, the deciding ones first."),
        Prop("unknown", L, "What is not stated and would bear on it."),
        Prop("rules", S, "Version of the table.", required=True),
        Prop("rules_place", S, "Agency, that version, tip; null when not held.", indexed=True),
        Prop("set_priority", S, "Class that a person set; it stands over the table's."),
        Prop("set_why", S, "Why."),
        Prop("set_by", S, "Who."),
        Prop("set_us", N, "When."),
        Prop("raised_us", N, "When something else last made it more urgent than it had been."),
        Prop("queue_place", S, "Agency, class, time, tip; null when not open.", indexed=True),
        Prop("owner_place", S, "The same by owner.", indexed=True),
        Prop("state_place", S, "The same by state; closed ones too.", indexed=True),
        Prop("since_place", S, "Agency, time held since, tip; null when not held.", indexed=True),
        Prop("provider", S, "The tip's provider, for the caseload figures."),
        Prop("lacks", S, "What the tip does not state, each between `;`."),
        Prop("expires_on", S, "Presumed end of the provider's duty to preserve; null: not known."),
        Prop("expires_us", N, "Begin of that day in the agency's zone."),
        Prop("expiry_place", S, "Agency, that time, tip; null: not open.", indexed=True),
        Prop("expiry_clock_us", N, "When the next mark before it is told.", indexed=True),
        Prop("expiry_told", N, "The last mark of days that was told."),
        Prop("list_place", S, "Agency and the tip's `order_key`; null: not held.", indexed=True),
        Prop("incident", S, "Agency, provider, incident time; null: folds not.", indexed=True),
        Prop("fold", S, "Key of the first place of one incident's records.", indexed=True),
        Prop("under", S, "Tip under whose row it lies; null: it has a row of its own."),
        Prop("row_since_us", N, "Of a row: since when the oldest record in it is held."),
        Prop("queue_row", S, "`queue_place`, of what has a row of its own.", indexed=True),
        Prop("owner_row", S, "`owner_place`, likewise.", indexed=True),
        Prop("state_row", S, "`state_place`, likewise.", indexed=True),
        Prop("apart_us", N, "Since when a person says that it is no record of the same."),
        Prop("apart_by", S, "Who."),
        Prop("apart_why", S, "Why."),
        Prop("news", L, "What its report says more since it was last moved; no identifiers."),
        Prop("news_us", N, "When that came last."),
        Prop("news_place", S, "Agency, order, of what has news.", indexed=True),
        Prop("moves", N, "Moves so far.", required=True),
        Prop("changed_us", N, "When it was last moved."),
        Prop("changed_by", S, "Who moved it last."),
        Prop("version", N, "Rises with every move, and when the tip says more urgent things."),
    ),
)

TRIAGE_MOVE = NodeType(
    label="TriageMove",
    doc="One move of a tip at an agency. Never overwritten.",
    key_doc="Follows from the place and the number.",
    props=(
        Prop("number", N, "Its place among the tip's moves there.", required=True),
        Prop("move", S, "`take`, `assign` and so on.", required=True),
        Prop("from_state", S, "Where it stood.", required=True),
        Prop("to_state", S, "Where it stands.", required=True),
        Prop("made_by", S, "User that made it; of a withdrawal whoever withdrew.", required=True),
        Prop("at_us", N, "When.", required=True),
        Prop("why", S, "Reason."),
        Prop("outcome", S, "How work on it ended."),
        Prop("owner", S, "Whose it is since."),
        Prop("recipient", S, "To whom it was referred."),
        Prop("priority", S, "Class that a person set."),
        Prop("agency", S, "Key of the agency."),
        Prop("stayed_us", N, "How long it had stood in the state that it left."),
        Prop("kind_place", S, "Agency, move, time, key.", indexed=True),
        Prop("stage_place", S, "Agency, state that was left, time, key.", indexed=True),
        Prop("broken", B, "True: the tip was given away since; else null."),
    ),
)

PLACES_DUE = NodeType(
    label="PlacesDue",
    doc="Tips whose places in queues are to be computed anew, noted with the change that asks "
    "for it and gone when it is done.",
    key_doc="Random.",
    props=(
        Prop("tips", L, "Keys of tips.", required=True),
        Prop("actor", S, "In whose name.", required=True),
        Prop("noted_us", N, "When.", required=True),
    ),
)

TRIAGE_NODES: tuple[NodeType, ...] = (TRIAGE, TRIAGE_MOVE, PLACES_DUE)
