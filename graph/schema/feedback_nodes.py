"""What was told to NCMEC of closed tips: each time, each line, and the last of each tip."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, B, L = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN, PropType.STRINGS

FEEDBACK = NodeType(
    label="Feedback",
    doc="Outcomes of one agency's closed tips, written to be sent to NCMEC. Never overwritten.",
    key_doc="Random.",
    props=(
        Prop("agency", S, "Key of the agency; no other one sees it.", required=True),
        Prop("place", S, "Agency, newest first, key.", indexed=True, required=True),
        Prop("from_us", N, "Moves from then on.", required=True),
        Prop("until_us", N, "Moves before then.", required=True),
        Prop("made_us", N, "When, and as of when.", required=True),
        Prop("made_by", S, "Who.", required=True),
        Prop("words", S, "Version of the table of words.", required=True),
        Prop("synthetic", B, "Whether all of it is made up.", required=True),
        Prop("line_total", N, "Lines in it.", required=True),
        Prop("corrections", N, "Lines that correct what was told before.", required=True),
        Prop("left_out", L, "What is not in it, in sentences."),
        Prop("purged_lines", N, "Lines that went with their tips."),
        Prop("csv_sha256", S, "SHA-256 of the CSV file.", required=True),
        Prop("json_sha256", S, "SHA-256 of the JSON file.", required=True),
    ),
)

FEEDBACK_LINE = NodeType(
    label="FeedbackLine",
    doc="What one feedback tells of one tip. Never overwritten.",
    key_doc="`<feedback>|<number, 6 digits>`.",
    props=(
        Prop("tip", S, "Key of the tip.", required=True),
        Prop("report_number", S, "Its number at NCMEC.", required=True),
        Prop("kind", S, "`first`, `correction` or `retraction`.", required=True),
        Prop("outcome", S, "In the queue's words."),
        Prop("says", S, "In the words for NCMEC.", required=True),
        Prop("safeguarded", S, "`yes` or `not stated`.", required=True),
        Prop("closed_us", N, "When it was closed."),
        Prop("corrects", S, "Key of the feedback that told otherwise."),
    ),
)

FEEDBACK_LAST = NodeType(
    label="FeedbackLast",
    doc="What one agency told of one tip last.",
    key_doc="`<agency>|<tip>`.",
    props=(
        Prop("feedback", S, "Key of the feedback.", required=True),
        Prop("kind", S, "Of its line.", required=True),
        Prop("outcome", S, "Of its line."),
    ),
)

FEEDBACK_NODES: tuple[NodeType, ...] = (FEEDBACK, FEEDBACK_LINE, FEEDBACK_LAST)
