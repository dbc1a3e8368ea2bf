"""What a person verified of a file, and what an agency's counsel said about files nobody viewed."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

FILE_VERIFICATION = NodeType(
    label="FileVerification",
    doc="What a person of one agency, outside Crosstip, saw of what is asserted of a file. Never "
    "overwritten, and never written over what was asserted. Crosstip holds no file.",
    key_doc="Random.",
    props=(
        Prop("agency", S, "Key of the agency; no other one sees it.", required=True),
        Prop("tip", S, "Key of the tip.", indexed=True, required=True),
        Prop("file_id", S, "The file's id.", required=True),
        Prop("about", S, "What is asserted, such as `classification A1`.", required=True),
        Prop("verdict", S, "`verified` or `refuted`.", required=True),
        Prop("seen_as", S, "What the person saw, of the closed list.", required=True),
        Prop("why", S, "Reason, in words.", required=True),
        Prop("verified_by", S, "Who.", required=True),
        Prop("at_us", N, "When it was entered.", required=True),
        Prop("gate", S, "What the agency's gate answered then.", required=True),
        Prop("authority", S, "Under which authority it was seen, where the gate was not open."),
    ),
)

GATE_POLICY = NodeType(
    label="GatePolicy",
    doc="What an agency's counsel said about files that the provider did not view, or does not "
    "say it viewed. Every version is kept.",
    key_doc="`<agency key>|<number>`.",
    props=(
        Prop("agency", S, "Key of the agency.", indexed=True, required=True),
        Prop("number", N, "Its version, from 1.", required=True),
        Prop("counsel", S, "Who said so.", required=True),
        Prop("office", S, "Of which office.", required=True),
        Prop("dated", S, "Date of the policy, `YYYY-MM-DD`.", required=True),
        Prop("text", S, "What it says.", required=True),
        Prop("not_viewed", S, "What it says of a file that was not viewed.", required=True),
        Prop("not_stated", S, "What it says where nothing is stated.", required=True),
        Prop("from_us", N, "From when it holds.", required=True),
        Prop("until_us", N, "Until when; null: until another version holds."),
        Prop("entered_by", S, "Supervisor that entered it.", required=True),
        Prop("entered_us", N, "When.", required=True),
    ),
)

EVIDENCE_NODES: tuple[NodeType, ...] = (FILE_VERIFICATION, GATE_POLICY)
