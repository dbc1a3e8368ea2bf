"""The node types of casework: agencies and people, investigations and claims."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, B, L = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN, PropType.STRINGS

_CHANGED = (
    Prop("changed_us", N, "When it was last changed."),
    Prop("changed_by", S, "User that changed it last."),
    Prop("version", N, "Rises with every change; an edit names the one that it was made from."),
)

AGENCY = NodeType(
    label="Agency",
    doc="Who works here: task force, affiliate, prosecutor, federal, foreign or military.",
    key_doc="The agency's own short name, folded.",
    props=(
        Prop("name", S, "Full name.", required=True),
        Prop("kind", S, "Kind of agency.", required=True),
        Prop("state", S, "US state, where it has one."),
        Prop("region", S, "Part of the state that it covers, where several share one."),
        Prop("contact", S, "Unit contact to call."),
        Prop("zone", S, "Time zone of its days, IANA name; null: UTC."),
        Prop("verified", B, "Whether a person checked the entry; what came as a seed is not."),
        Prop("source", S, "Where the entry comes from."),
        Prop("task_force", S, "Of an affiliate: key of the task force that it belongs to."),
        Prop("affiliated_us", N, "Since when it belongs to it."),
        Prop("left_us", N, "Until when it belonged to it."),
        Prop("until_us", N, "When the agency ceased to exist here."),
        Prop("tip_total", N, "Tips that it holds now.", kept_apart=True),
        *_CHANGED,
    ),
)

UNIT = NodeType(
    label="Unit",
    doc="A part of an agency, with somebody to call.",
    key_doc="`<agency key>|<name, folded>`, each with its own `|` escaped.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True, indexed=True),
        Prop("name", S, "Name.", required=True),
        Prop("contact", S, "Whom to call."),
    ),
)

USER = NodeType(
    label="User",
    doc="A person who may act here. Never deleted, and its key never given to another person.",
    key_doc="Log-on name: lower-case letters, digits, dots, hyphens, `@`.",
    props=(
        Prop("name", S, "Name of the person.", required=True),
        Prop("agency", S, "Key of the agency; an operator has none.", indexed=True),
        Prop("roles", L, "Roles, see `graph.casework.vocabulary.UserRole`.", required=True),
        Prop("units", L, "Keys of the units that the person belongs to."),
        Prop("from_us", N, "From when the account may be used.", required=True),
        Prop("until_us", N, "Until when; null: until it is ended."),
        Prop("proved_us", N, "When it was last proved that the person is still in service."),
        Prop("proved_by", S, "User that proved it."),
        Prop("proof_due_us", N, "From then on the account has no rights.", required=True),
        Prop("added_by", S, "User that added it."),
        *_CHANGED,
    ),
)

AGREEMENT = NodeType(
    label="Agreement",
    doc="That two agencies agreed on exchange, from when until when. Ended, never deleted.",
    key_doc="Random.",
    props=(
        Prop("first", S, "Key of one agency, the lesser.", required=True, indexed=True),
        Prop("second", S, "Key of the other agency.", required=True, indexed=True),
        Prop("reference", S, "Where the signed paper is.", required=True),
        Prop("equal_rules", B, "Whether both accept 28 CFR 23 or equal rules.", required=True),
        Prop("from_us", N, "From when it holds.", required=True),
        Prop("until_us", N, "Until when it holds.", required=True),
        Prop("entered_by", S, "User that entered it.", required=True),
        Prop("entered_us", N, "When it was entered.", required=True),
        Prop("ended_us", N, "When it was ended before its time."),
        Prop("ended_by", S, "User that ended it."),
        Prop("ended_why", S, "Why."),
    ),
)

INVESTIGATION = NodeType(
    label="Investigation",
    doc="An agency's work on one matter.",
    key_doc="`<agency key>|<reference>`, each with its own `|` escaped.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        Prop("reference", S, "The agency's own reference number.", required=True),
        Prop("title", S, "Title as the agency wrote it."),
        Prop("status", S, "`open` or `closed`.", required=True),
        Prop("opened_us", N, "When it was opened."),
        Prop("contact", S, "Whom to call."),
        Prop("purpose", S, "Of the closed list; null where a file did not say."),
        Prop("unit", S, "Key of the unit that works it."),
        Prop("lead", S, "Key of the user who leads it."),
        Prop("deputies", L, "Keys of the users who work on it too."),
        Prop("opened_by", S, "User that opened it."),
        Prop("closed_us", N, "When it was closed; null while open."),
        Prop("closed_by", S, "User that closed it."),
        Prop("closed_why", S, "Why."),
        *_CHANGED,
    ),
)

CLAIM = NodeType(
    label="Claim",
    doc="An investigation's interest in one identifier. After its review date it counts nowhere.",
    key_doc="`<investigation key>|<kind>|<identifier key>`.",
    props=(
        Prop("ref", S, "Random; names the claim where its key would tell.", indexed=True),
        Prop("investigation", S, "Key of the investigation.", required=True),
        Prop("agency", S, "Key of the agency."),
        Prop("role", S, "`suspect`, `officer persona` or `victim`.", required=True),
        Prop("visibility", S, "`open`, `pointer`, `silent` or `sealed`."),
        Prop("silent_until_us", N, "Until when silence was approved."),
        Prop("approved_by", S, "Supervisor who approved silence; null where a rule did."),
        Prop("sealed_to", S, "The one supervisor who is told of hits on a sealed claim."),
        Prop("predicate", S, "The facts that make suspicion reasonable."),
        Prop("predicate_by", S, "Who decided so."),
        Prop("predicate_us", N, "When."),
        Prop("tip", S, "Key of the tip that it was taken from, by a person's decision."),
        Prop("source", S, "How it was lawfully obtained."),
        Prop("support", S, "Where the supporting file is, open to audit."),
        Prop("reliability", S, "How far the source can be relied on."),
        Prop("content", S, "How far what it says is borne out."),
        Prop("handling", S, "What a recipient may do with it."),
        Prop("entered_us", N, "When it was entered."),
        Prop("entered_by", S, "User or command that entered it.", indexed=True),
        Prop("review_due_us", N, "From then on it is gone, unless validated before.", indexed=True),
        Prop("validated_us", N, "When it was last validated."),
        Prop("validated_by", S, "User that validated it."),
        Prop("validated_what", S, "What was looked at."),
        *_CHANGED,
    ),
)

CASEWORK_NODES: tuple[NodeType, ...] = (AGENCY, UNIT, USER, AGREEMENT, INVESTIGATION, CLAIM)
