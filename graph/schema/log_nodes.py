"""The node types of the log: leaves, trees, checkpoints, and the ledger that finds leaves."""

from __future__ import annotations

from graph.schema.core import NodeType, Prop, PropType

S, N, L = PropType.STRING, PropType.INTEGER, PropType.STRINGS

AUDIT_ENTRY = NodeType(
    label="AuditEntry",
    doc="One leaf of the log, committed with the change that it records and numbered later. "
    "Nothing of it changes after that but its place. Its bytes in the log: `graph.audit.records`.",
    key_doc="Random.",
    props=(
        Prop(
            "place",
            S,
            "`waiting|<log>|…` without a number, then `log|<log>|<number>`.",
            indexed=True,
        ),
        Prop("log", S, "Whose log: `operator` or `agency:<key>`."),
        Prop("format", N, "Version of the record's encoding."),
        Prop("at_us", N, "When.", indexed=True, required=True),
        Prop("actor", S, "Who, as a name of an account or of a command.", required=True),
        Prop("agency", S, "For which agency."),
        Prop("purpose", S, "For which purpose, of the closed list."),
        Prop("investigation", S, "Key of the investigation that it was for."),
        Prop("action", S, "What was done: `tip.recorded` and so on.", required=True),
        Prop(
            "object",
            S,
            "Key of a record, or an identifier's token; never an identifier.",
            indexed=True,
        ),
        Prop(
            "object_place",
            S,
            "`<log>|<object>|<microseconds, 20 digits>|<key>`; not in the log's bytes.",
            indexed=True,
        ),
        Prop("disclosed", L, "Keys of further records that the answer showed."),
        Prop("decision", S, "What the policies decided."),
        Prop("policies", L, "Ids of the policies that decided."),
        Prop("request", S, "Id of the HTTP request that it was done for."),
        Prop("outcome", S, "How it ended.", required=True),
    ),
)

AUDIT_LOG = NodeType(
    label="AuditLog",
    doc="One agency's log, or `site`, whose entries are the checkpoints: its length and root. "
    "Whoever numbers its entries writes to it first.",
    key_doc="`operator`, `agency:<key>` or `site`.",
    props=(
        Prop("identity", S, "Random; of `site` it is the installation's name in checkpoints."),
        Prop("salt", S, "Random; hides the log's heads in checkpoints."),
        Prop("size", N, "Records with a number, or checkpoints published.", required=True),
        Prop("root", S, "Root over them; of `site` the last checkpoint's digest.", required=True),
        Prop("published", N, "Its size in the last checkpoint."),
        Prop("turn", S, "Written first by every transaction that numbers."),
    ),
)

AUDIT_TILE = NodeType(
    label="AuditTile",
    doc="Up to 256 hashes of a log's Merkle tree (RFC 6962), as `graph.audit.tiles` lays them.",
    key_doc="`<log>|<level>|<index, 12 digits>`.",
    props=(Prop("hashes", PropType.BYTES, "The hashes, 32 bytes each.", required=True),),
)

CHECKPOINT = NodeType(
    label="Checkpoint",
    doc="A signed statement over the salted heads of all logs, published on a timetable.",
    key_doc="Its number, 12 digits.",
    props=(
        Prop("note", S, "The signed note, as published.", required=True),
        Prop("commitments", PropType.BYTES, "The salted heads, sorted, 32 bytes each."),
        Prop("at_us", N, "When.", required=True),
    ),
)

AUDIT_HEAD = NodeType(
    label="AuditHead",
    doc="A log's length and root as one checkpoint signs them; absent while nothing was added.",
    key_doc="`<log>|<number of the checkpoint, 12 digits>`.",
    props=(
        Prop("size", N, "Records with a number.", required=True),
        Prop("root", S, "Root over them.", required=True),
    ),
)

DISSEMINATION = NodeType(
    label="Dissemination",
    doc="That an answer showed a record beside the one that it was about; finds the log's entry.",
    key_doc="`<key of the record>|<microseconds, 20 digits>|<key of the entry>`.",
    props=(
        Prop("entry", S, "Key of the log's entry.", required=True),
        Prop("log_place", S, "The key, with the log before it.", indexed=True),
    ),
)

LOG_NODES: tuple[NodeType, ...] = (
    AUDIT_ENTRY,
    AUDIT_LOG,
    AUDIT_TILE,
    CHECKPOINT,
    AUDIT_HEAD,
    DISSEMINATION,
)
