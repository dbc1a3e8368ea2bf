"""The node types of hashes that no tip needs to mention: hash lists, and the index of PDQs."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N = PropType.STRING, PropType.INTEGER

PDQ_PAGE = NodeType(
    label="PdqPage",
    doc="PDQs of tips, claims and hash lists, packed to be compared all at once; 1,024 pages.",
    key_doc="`000` to `3ff`, from a hash of the PDQs on it.",
    props=(Prop("hashes", PropType.BYTES, "The PDQs, 32 bytes each, in order.", required=True),),
)

HASH_LIST = NodeType(
    label="HashList",
    doc="A list of hashes that somebody hands out, as of its newest issue.",
    key_doc="Its name, case-folded, each `|` and `%` escaped.",
    props=(
        Prop("name", S, "Its name as entered.", required=True),
        Prop("source", S, "Who hands it out.", required=True),
        Prop("dated", S, "Day of the issue, `YYYY-MM-DD`.", required=True),
        Prop("dated_us", N, "Midnight UTC at the beginning of that day.", required=True),
        Prop("issue", S, "What was imported last: date, file and columns.", required=True),
        Prop("file_sha256", S, "SHA-256 of the file that was imported."),
        Prop("imported_us", N, "When that import began."),
        Prop("imported_by", S, "Who imported it."),
        Prop("entry_count", N, "Hashes in it after the last finished import."),
        Prop("problem_count", N, "Lines of the file that could not be read."),
        Prop("unfinished", S, "`import` or `withdrawal` while one is under way, or was cut short."),
        Prop("withdrawn_us", N, "When it was withdrawn; it counts for nothing since."),
        Prop("withdrawn_why", S, "Who withdrew it and why."),
    ),
)

LISTED_HASH = NodeType(
    label="ListedHash",
    doc="A hash on a hash list, whether a tip mentions it or not.",
    key_doc="`<list key>|<hash key>`.",
    props=(
        Prop("hash", S, "Key of the hash, as a FileHash has it.", indexed=True, required=True),
        Prop("list", S, "Key of the list.", required=True),
        Prop("issue", S, "The issue of the list that confirmed it last.", required=True),
    ),
)
