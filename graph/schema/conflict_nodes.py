"""The node types of conflicts: what met, what was said about it, and the notices that leave."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, B, L = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN, PropType.STRINGS


def _side(name: str) -> tuple[Prop, ...]:
    return (
        Prop(f"{name}_agency", S, f"Agency of the {name} side.", indexed=True, required=True),
        Prop(f"{name}_case", S, "Key of its investigation; null: tips that the agency holds."),
        Prop(f"{name}_told", S, "Who of it is told: none, officer or supervisor.", required=True),
        Prop(f"{name}_sealed_to", S, "The one supervisor who is told, where its claim is sealed."),
        Prop(f"{name}_hidden", B, "Whether the other side learns no more than a contact."),
        Prop(f"{name}_due_us", N, "When its clock of acknowledgement runs out."),
        Prop(f"{name}_seen_us", N, "When it acknowledged."),
        Prop(f"{name}_seen_by", S, "User that acknowledged."),
        Prop(f"{name}_late_us", N, "When it was escalated to its supervisors."),
    )


CONFLICT = NodeType(
    label="Conflict",
    doc="Two investigations that meet, or one that meets tips of another agency: one for each "
    "pair and each circle of those who are told.",
    key_doc="`<first party>|<second party>|<who is told>`, each with its own `|` escaped.",
    props=(
        Prop("ref", S, "Names the conflict in logs, notices and commands.", indexed=True),
        *_side("first"),
        *_side("second"),
        Prop("status", S, "`open`, `acknowledged`, `coordinating` or `resolved`.", required=True),
        Prop("severity", S, "`urgent`, `high` or `normal`.", required=True),
        Prop("severity_why", L, "The rows of the table that it follows from."),
        Prop("opened_us", N, "When it was opened first.", required=True),
        Prop("since_us", N, "When it was opened last.", required=True),
        Prop("clock_us", N, "When the next clock runs out; null: none runs.", indexed=True),
        Prop("resolution", S, "`joined`, `transferred`, `split` or `no conflict`."),
        Prop("resolved_us", N, "When it was resolved."),
        Prop("resolved_by", S, "User that resolved it."),
        Prop("resolved_why", S, "Why."),
        Prop("reopenings", N, "How often it was opened again."),
        Prop("notice_count", N, "Notices so far: the next one's number."),
        Prop("message_count", N, "Messages so far."),
        Prop("changed_us", N, "When it was last changed."),
        Prop("changed_by", S, "User that changed it last, or the standing watch."),
        Prop("version", N, "Rises with every change; a step names the one that it was made from."),
    ),
)

REASON = NodeType(
    label="Reason",
    doc="One thing through which the sides of a conflict meet.",
    key_doc="Follows from the conflict and what met.",
    props=(
        Prop("kind", S, "`claim`, `check` or `tip`: what met the claim.", required=True),
        Prop("identifier_kind", S, "Kind of the identifier.", required=True),
        Prop("first_ref", S, "Name of the first side's claim, check or tip."),
        Prop("second_ref", S, "Name of the second side's claim, check or tip."),
        Prop("first_role", S, "Role of the first side's claim."),
        Prop("second_role", S, "Role of the second side's claim."),
        Prop("asked_side", S, "`first` or `second`: whose question, claim or tip came in."),
        Prop("asked_by", S, "User that asked or claimed, where one did."),
        Prop("purpose", S, "For which purpose, of the closed list."),
        Prop("urgency", N, "Of a tip: 0 imminent danger, 1 escalated, 2 neither."),
        Prop("first_us", N, "When it was first found.", required=True),
        Prop("last_us", N, "When it was last found."),
        Prop("times", N, "How often."),
        Prop("tip", S, "Key of the tip, where a tip met the claim.", indexed=True),
        Prop("ended_us", N, "Since when the tip says it no longer; null: it does."),
    ),
)

MESSAGE = NodeType(
    label="Message",
    doc="What one side of a conflict wrote to the other.",
    key_doc="Follows from the conflict and the message's number.",
    props=(
        Prop("number", N, "Its place.", required=True),
        Prop("agency", S, "Whose side wrote it.", required=True),
        Prop("written_by", S, "User that wrote it.", required=True),
        Prop("at_us", N, "When.", required=True),
        Prop("text", S, "What.", required=True),
    ),
)

NOTIFICATION = NodeType(
    label="Notification",
    doc="A notice to one side, written with what it tells of; the outbox that mail leaves by.",
    key_doc="Follows from what it tells of: a repeat has the same.",
    props=(
        Prop("stream", S, "Notices of one stream leave in order.", indexed=True, required=True),
        Prop("number", N, "Place in its stream.", required=True),
        Prop("kind", S, "`conflict.opened` and so on.", required=True),
        Prop("agency", S, "Whose side is told.", indexed=True, required=True),
        Prop("recipients", L, "Users who are told.", required=True),
        Prop("sealed_to", S, "The one supervisor who may know of it; null of most."),
        Prop("object", S, "Ref of the conflict, or key of the tip.", indexed=True),
        Prop("investigation", S, "Key of the own investigation that it is about."),
        Prop("severity", S, "`urgent`, `high` or `normal`.", required=True),
        Prop("subject", S, "One line, without identifiers.", required=True),
        Prop("text", S, "What happened, without identifiers.", required=True),
        Prop("at_us", N, "When.", required=True),
        Prop("read_by", L, "Users who were shown it."),
        Prop("seen_us", N, "When it was acknowledged."),
        Prop("seen_by", S, "User that acknowledged it."),
        Prop("unseen_place", S, "Agency, time, key; null once acknowledged.", indexed=True),
        Prop("mail", S, "`waiting`, `sent`, `dead` or `no address`.", required=True),
        Prop("mail_to", L, "Addresses."),
        Prop("due_us", N, "When it is tried next; a worker's lease moves it.", indexed=True),
        Prop("leased_by", S, "Worker that tries it."),
        Prop("attempts", N, "How often it was tried."),
        Prop("sent_us", N, "When the mail server took it."),
        Prop("failure", S, "Why the last try failed."),
    ),
)

CONFLICT_NODES: tuple[NodeType, ...] = (CONFLICT, REASON, MESSAGE, NOTIFICATION)
