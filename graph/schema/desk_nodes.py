"""What people do beside the moves of a tip: tasks, notes, assistance, requests to providers."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

_SUBJECT = Prop("subject", S, "Key of the tip or of the investigation.", required=True)
_STEPPED = (
    Prop("stage", S, "Where it stands, see `docs/desk.md`.", required=True),
    Prop("moved_us", N, "When it was last moved on.", required=True),
    Prop("moved_by", S, "Who did; the clock's have the clock's name.", required=True),
    Prop("why", S, "Why, where a reason was given."),
    Prop("steps", N, "Steps so far: the number of the last record.", required=True),
    Prop("clock_us", N, "When the clock looks at it; null: no more.", indexed=True),
    Prop("version", N, "Rises with every step; a step names the one that it starts from."),
)

DESK_TASK = NodeType(
    label="DeskTask",
    doc="Something that somebody of an agency is to do about a tip or an investigation.",
    key_doc="Random.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        _SUBJECT,
        Prop("kind", S, "What, of the closed list.", required=True),
        Prop("text", S, "What, in words.", required=True),
        Prop("person", S, "User who is to do it; null: a unit is."),
        Prop("unit", S, "Key of the unit that is to do it; null: a person is."),
        Prop("due_us", N, "Until when.", required=True),
        Prop("given_us", N, "When it was given.", required=True),
        Prop("given_by", S, "User that gave it.", required=True),
        Prop("told_us", N, "When supervisors were told that it is overdue."),
        Prop("for_place", S, "Agency, for whom, due, key; null: not open.", indexed=True),
        Prop("agency_place", S, "Agency, due, key; null: not open.", indexed=True),
        Prop("subject_place", S, "Agency, subject, open or not, due, key.", indexed=True),
        *_STEPPED,
    ),
)

DESK_STEP = NodeType(
    label="DeskStep",
    doc="One step of a task or of a request to a provider. Never overwritten.",
    key_doc="Follows from the record and the number.",
    props=(
        Prop("record", S, "Key of the task or request.", required=True),
        Prop("number", N, "Its place among the steps.", required=True),
        Prop("step", S, "Which.", required=True),
        Prop("from_stage", S, "Where it stood.", required=True),
        Prop("to_stage", S, "Where it stands.", required=True),
        Prop("at_us", N, "When.", required=True),
        Prop("made_by", S, "Who.", required=True),
        Prop("why", S, "Why."),
        Prop("place", S, "Record and number.", indexed=True, required=True),
    ),
)

DESK_NOTE = NodeType(
    label="DeskNote",
    doc="What somebody wrote about a tip or an investigation for colleagues. Not evidence, and "
    "never overwritten; another agency never sees it.",
    key_doc="Random.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        _SUBJECT,
        Prop("text", S, "What it says.", required=True),
        Prop("written_us", N, "When.", required=True),
        Prop("written_by", S, "User that wrote it.", required=True),
        Prop("corrects", S, "Key of the note that this one corrects.", indexed=True),
        Prop("subject_place", S, "Agency, subject, time, key.", indexed=True, required=True),
    ),
)

PROVIDER_REQUEST = NodeType(
    label="ProviderRequest",
    doc="What an agency asked of a provider: to preserve, or to hand over. Its clock is a "
    "computation, to be confirmed with the provider.",
    key_doc="Random.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        _SUBJECT,
        Prop("kind", S, "Preservation letter, subpoena, court order, warrant.", required=True),
        Prop("provider", S, "Whom it was sent to, in words.", required=True),
        Prop("reference", S, "Number of the letter or the process.", required=True),
        Prop("sent_on", S, "Civil day of sending.", required=True),
        Prop("ends_on", S, "Civil day on which its time is over.", required=True),
        Prop("ends_us", N, "Begin of that day in its zone.", required=True),
        Prop("zone", S, "Time zone of its days, IANA name.", required=True),
        Prop("source", S, "Which rule its clock comes from.", required=True),
        Prop("entered_us", N, "When it was entered.", required=True),
        Prop("entered_by", S, "User that entered it.", required=True),
        Prop("renewed_on", S, "Civil day on which the renewal was asked."),
        Prop("answered_on", S, "Civil day on which the provider returned something."),
        Prop("told_days", N, "The last mark of days that was told."),
        Prop("ends_place", S, "Agency, end, key; null: no clock runs.", indexed=True),
        Prop("subject_place", S, "Agency, subject, time entered, key.", indexed=True),
        *_STEPPED,
    ),
)

ASSISTANCE = NodeType(
    label="Assistance",
    doc="Help that one agency asked of another. It gives no access to any tip.",
    key_doc="Random.",
    props=(
        Prop("asker", S, "Key of the agency that asks.", required=True),
        Prop("helper", S, "Key of the agency that is asked.", required=True),
        Prop("kind", S, "What kind of help, of the closed list.", required=True),
        Prop("asked_us", N, "When.", required=True),
        Prop("asked_by", S, "User that asked.", required=True),
        Prop("due_us", N, "By when it is needed.", required=True),
        Prop("shown", S, "What the helper is shown, as canonical text.", required=True),
        Prop("shown_sha256", S, "Its SHA-256.", required=True),
        Prop("asker_place", S, "Orders the asker's list: open first.", indexed=True),
        Prop("helper_place", S, "Orders the helper's list.", indexed=True),
        *_STEPPED,
    ),
)

ASSISTANCE_RECEIPT = NodeType(
    label="AssistanceReceipt",
    doc="One side's receipt of one step of a request for assistance. Never overwritten.",
    key_doc="Follows from the request, the number and the agency.",
    props=(
        Prop("request", S, "Key of the request.", required=True),
        Prop("agency", S, "Whose receipt it is.", required=True),
        Prop("place", S, "Request, agency, number.", indexed=True, required=True),
        Prop("number", N, "Its place among the steps.", required=True),
        Prop("step", S, "Which step.", required=True),
        Prop("at_us", N, "When.", required=True),
        Prop("body", S, "What it says, as canonical text.", required=True),
        Prop("body_sha256", S, "Its SHA-256; the log's entry names it.", required=True),
        Prop("prior", S, "SHA-256 of the side's receipt before."),
        Prop("leaf", S, "Key of the entry of the side's log.", required=True),
    ),
)

DESK_NODES: tuple[NodeType, ...] = (
    DESK_TASK,
    DESK_STEP,
    DESK_NOTE,
    PROVIDER_REQUEST,
    ASSISTANCE,
    ASSISTANCE_RECEIPT,
)
