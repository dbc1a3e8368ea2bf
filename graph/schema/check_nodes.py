"""The node types of checks: what was asked, what it cost, which list waits, what was planted."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, L = PropType.STRING, PropType.INTEGER, PropType.STRINGS

BUDGET = NodeType(
    label="Budget",
    doc="How many typed look-ups a user or an agency has used. Never deleted, so never refilled.",
    key_doc="`user|<user key>` or `agency|<agency key>`.",
    props=(
        Prop("day_us", N, "Beginning of the UTC day that is counted.", required=True),
        Prop("used", N, "Look-ups used on that day.", required=True),
        Prop("paid_until_us", N, "When the look-ups of one burst are free again.", required=True),
        Prop("alerted", L, "Rules that raised an alert on that day."),
    ),
)

CHECK = NodeType(
    label="Check",
    doc="That somebody asked about identifiers, for what, and what the answer was for a day.",
    key_doc="`<user key>|<the asker's own key or a random one>|<part>`.",
    props=(
        Prop("ref", S, "Random; names the check in answers and in the log.", required=True),
        Prop("agency", S, "Key of the asker's agency.", required=True, indexed=True),
        Prop("asker", S, "Key of the user.", required=True),
        Prop("investigation", S, "Key of the asker's investigation.", required=True),
        Prop("purpose", S, "Of the closed list.", required=True),
        Prop("at_us", N, "As of when it was answered.", required=True),
        Prop("question", S, "Digest of the question, salted with the key.", required=True),
        Prop("lines", N, "How many lines were asked.", required=True),
        Prop("hits", N, "How many of them were answered with a hit.", required=True),
        Prop("said", S, "How many lines were answered how, in words, as the log has it."),
        Prop("result", S, "The answer, to be given again; gone after a day."),
        Prop("looked", L, "Typed identifiers, as `kind|key`; gone after a day."),
        Prop("expires_us", N, "When answer and identifiers go; null once gone.", indexed=True),
    ),
)

CHECK_REQUEST = NodeType(
    label="CheckRequest",
    doc="A list that is too long to be checked without a supervisor's approval.",
    key_doc="Random.",
    props=(
        Prop("agency", S, "Key of the asker's agency.", required=True, indexed=True),
        Prop("asker", S, "Key of the user.", required=True),
        Prop("investigation", S, "Key of the asker's investigation.", required=True),
        Prop("purpose", S, "Of the closed list.", required=True),
        Prop("question", S, "Digest of asker and list.", required=True, indexed=True),
        Prop("lines", N, "How many lines are to be checked.", required=True),
        Prop("kinds", L, "How many of which kind, as `kind: number`.", required=True),
        Prop("filed_us", N, "When it was filed.", required=True),
        Prop("until_us", N, "From then on neither request nor approval counts.", required=True),
        Prop("approved_by", S, "Supervisor who approved it; null while it waits."),
        Prop("approved_us", N, "When."),
    ),
)

CANARY = NodeType(
    label="Canary",
    doc="An identifier that nobody has reason to ask about. Who asks sees a miss.",
    key_doc="Random.",
    props=(
        Prop("kind", S, "Kind of the identifier.", required=True),
        Prop("identifier", S, "Its key.", required=True, indexed=True),
        Prop("agency", S, "Key of the agency that planted it.", required=True),
        Prop("planted_by", S, "Supervisor who planted it and is told.", required=True),
        Prop("planted_us", N, "When.", required=True),
        Prop("until_us", N, "Until when it stands.", required=True),
    ),
)

ALERT = NodeType(
    label="Alert",
    doc="That look-ups form a pattern, or met a planted identifier: one for each who is told.",
    key_doc="`<to whom>|<user>|<rule or canary>|<day or check>`.",
    props=(
        Prop("to_agency", S, "Whose supervisors are told; empty: the operators.", indexed=True),
        Prop("to_user", S, "The one who is told; null: every supervisor."),
        Prop("rule", S, "Name of the rule, or `canary`.", required=True),
        Prop("text", S, "What happened, without identifiers.", required=True),
        Prop("asker", S, "User that asked.", required=True),
        Prop("asker_agency", S, "Their agency.", required=True),
        Prop("investigation", S, "For which investigation; null where it is not theirs to know."),
        Prop("purpose", S, "For which purpose.", required=True),
        Prop("object", S, "Ref of the check, or key of the canary.", required=True),
        Prop("at_us", N, "When.", indexed=True, required=True),
    ),
)

CHECK_NODES: tuple[NodeType, ...] = (BUDGET, CHECK, CHECK_REQUEST, CANARY, ALERT)
"""Beside `CASEWORK_NODES`."""
