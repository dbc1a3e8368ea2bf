"""How long records are kept, what must not go, and what is left of what went."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

RETENTION_POLICY = NodeType(
    label="RetentionPolicy",
    doc="How long an agency keeps records of one class: proposed by one person, confirmed by "
    "another. Every version is kept; the newest confirmed one counts.",
    key_doc="`<agency>|<class>|<number>`, each with its own `|` escaped; the newest rises.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True, indexed=True),
        Prop("kind", S, "Class of records.", required=True),
        Prop("number", N, "Version, from 1.", required=True),
        Prop("days", N, "Days that records are kept; null: kept for good."),
        Prop("counts_from", S, "`closing`, `last activity` or `receipt`.", required=True),
        Prop("name", S, "Name of the schedule or order that it follows.", required=True),
        Prop("dated", S, "Date of that, `YYYY-MM-DD`.", required=True),
        Prop("why", S, "What it rests on, in words.", required=True),
        Prop("proposed_by", S, "User that proposed it.", required=True),
        Prop("proposed_us", N, "When.", required=True),
        Prop("confirmed_by", S, "Other user that confirmed it; null: it has no effect."),
        Prop("confirmed_us", N, "When."),
        Prop("from_us", N, "From when it counts: time to place holds."),
    ),
)

LEGAL_HOLD = NodeType(
    label="LegalHold",
    doc="That something an agency holds must not be purged. Only a person ends it.",
    key_doc="Random; its name.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True, indexed=True),
        Prop("about", S, "`tip`, `investigation` or `agency`: everything it holds.", required=True),
        Prop("subject", S, "Key of the tip or investigation; of the agency.", required=True),
        Prop("why", S, "Reason.", required=True),
        Prop("reference", S, "The order or letter that asks for it.", required=True),
        Prop("placed_by", S, "Supervisor that placed it.", required=True),
        Prop("placed_us", N, "When.", required=True),
        Prop("ended_us", N, "When it was ended; null while it counts."),
        Prop("ended_by", S, "Supervisor that ended it."),
        Prop("ended_why", S, "Why."),
    ),
)

PURGE_RECORD = NodeType(
    label="PurgeRecord",
    doc="What one policy took away on one day: how many, and a digest, no identifiers.",
    key_doc="`<agency>|<class>|<version of the policy>|<UTC day>`.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True, indexed=True),
        Prop("kind", S, "Class of records.", required=True),
        Prop("policy", S, "Key of the policy.", required=True),
        Prop("name", S, "Its name.", required=True),
        Prop("began_us", N, "When the first one went.", required=True),
        Prop("last_us", N, "When the last one went.", required=True),
        Prop("total", N, "How many went.", required=True),
        Prop("removed", N, "How many of them left the store; of others only the holding ended."),
        Prop("held", N, "How many stayed because of legal holds, when it was last run."),
        Prop("salt", S, "Random.", required=True),
        Prop("digest", S, "SHA-256 of `<digest before>|<salt>|<key>`, one after the other."),
    ),
)

PURGED_TIP = NodeType(
    label="PurgedTip",
    doc="That an agency had a tip and purged it: found by whoever has its number again.",
    key_doc="Digest of the store's own salt, agency and tip.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True),
        Prop("at_us", N, "When it was purged.", required=True),
        Prop("policy", S, "Name of the policy.", required=True),
        Prop("number", N, "Its version.", required=True),
        Prop("dated", S, "Its date.", required=True),
    ),
)

RETENTION_SALT = NodeType(
    label="RetentionSalt",
    doc="What digests of purged tips are made with. Exactly one.",
    key_doc="Always `store`.",
    props=(Prop("salt", S, "Random.", required=True),),
)

ERASURE_DUE = NodeType(
    label="ErasureDue",
    doc="An original that no tip in the store rests on any longer, to be deleted in the vault.",
    key_doc="SHA-256 of the document.",
    props=(
        Prop("noted_us", N, "Since when.", required=True),
        Prop("aside_us", N, "When it was set aside; deleted an hour later, unless it came again."),
    ),
)

KEPT_APART = NodeType(
    label="KeptApart",
    doc="An agency's own records about a purged tip that its legal hold keeps.",
    key_doc="`<agency>|<tip>`, the agency with its own `|` escaped.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True, indexed=True),
        Prop("tip", S, "Key of the tip.", required=True),
        Prop("noted_us", N, "Since when.", required=True),
    ),
)

RETENTION_NODES: tuple[NodeType, ...] = (
    RETENTION_POLICY,
    LEGAL_HOLD,
    PURGE_RECORD,
    PURGED_TIP,
    RETENTION_SALT,
    ERASURE_DUE,
    KEPT_APART,
)
