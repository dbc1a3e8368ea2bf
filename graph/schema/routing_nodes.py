"""Areas of agencies, and the receipts of what whoever routes tips decided."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, B, L = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN, PropType.STRINGS

AGENCY_AREA = NodeType(
    label="AgencyArea",
    doc="An area of an agency, from when until when. Ended by its date, never deleted.",
    key_doc="Follows from agency, place and beginning.",
    props=(
        Prop("agency", S, "Key of the agency.", required=True, indexed=True),
        Prop("country", S, "ISO 3166 alpha-2.", required=True, indexed=True),
        Prop("state", S, "Postal code of a US state; null: the whole country."),
        Prop("county", S, "County; null: not narrower."),
        Prop("city", S, "City; null: not narrower."),
        Prop("from_us", N, "From when it holds.", required=True),
        Prop("until_us", N, "First instant at which it no longer holds."),
        Prop("verified", B, "Whether a person checked the line.", required=True),
        Prop("source", S, "Where the line comes from.", required=True),
        Prop("reviewed", S, "Day on which somebody looked at it.", required=True),
        Prop("changed_us", N, "When it was entered or changed last.", required=True),
        Prop("changed_by", S, "User that did.", required=True),
        Prop("version", N, "Rises with every change.", required=True),
    ),
)

ROUTE_RECEIPT = NodeType(
    label="RouteReceipt",
    doc="One side's receipt of a routing decision. Never overwritten.",
    key_doc="Follows from the decision and the side.",
    props=(
        Prop("ref", S, "Name of the decision, the same on both sides.", required=True),
        Prop("place", S, "Agency, time, key: its order.", required=True, indexed=True),
        Prop("agency", S, "Whose receipt it is.", required=True),
        Prop("side", S, "`given to` or `taken from`.", required=True),
        Prop("tip", S, "Key of the tip.", required=True, indexed=True),
        Prop("other", S, "The other side's agency; null where nobody held it."),
        Prop("at_us", N, "When.", required=True),
        Prop("decided_by", S, "User that decided.", required=True),
        Prop("why", S, "Their reason, in words."),
        Prop("confidence", S, "Of the proposal; null where none named the agency."),
        Prop("reasons", L, "What spoke for it then. On the side that got the tip only."),
        Prop("against", L, "What spoke against it then. On the same side only."),
        Prop("versions", L, "Tables and files that the proposal was made with."),
        Prop("purpose", S, "What it was passed on for."),
        Prop("permit", S, "What the table of permitted recipients said.", required=True),
        Prop("paragraph", S, "The statute's paragraph.", required=True),
        Prop("acknowledged", S, "Why it went in spite of the table's warning."),
    ),
)

ROUTING_NODES: tuple[NodeType, ...] = (AGENCY_AREA, ROUTE_RECEIPT)
