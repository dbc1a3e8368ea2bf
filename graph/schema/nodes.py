"""The node types. One label each: two labels under one unique key are slow on ArcadeDB."""

from __future__ import annotations

from graph.identifiers.core import IdentifierKind
from graph.schema.assignment_nodes import ASSIGNMENT_NODES
from graph.schema.casework_nodes import CASEWORK_NODES
from graph.schema.check_nodes import CHECK_NODES
from graph.schema.conflict_nodes import CONFLICT_NODES
from graph.schema.core import NodeType, Prop, PropType
from graph.schema.desk_nodes import DESK_NODES
from graph.schema.evidence_nodes import EVIDENCE_NODES
from graph.schema.feedback_nodes import FEEDBACK_NODES
from graph.schema.handoff_nodes import HANDOFF_NODES
from graph.schema.hashes import HASH_LIST, LISTED_HASH, PDQ_PAGE
from graph.schema.job_nodes import JOB_NODES
from graph.schema.log_nodes import LOG_NODES
from graph.schema.logon_nodes import LOGON_NODES
from graph.schema.priority_nodes import PRIORITY_NODES
from graph.schema.request_nodes import REQUEST_NODES
from graph.schema.retention_nodes import RETENTION_NODES
from graph.schema.routing_nodes import ROUTING_NODES
from graph.schema.security_key_nodes import SECURITY_KEY_NODES
from graph.schema.triage_nodes import TRIAGE_NODES
from graph.schema.upkeep_nodes import UPKEEP_NODES
from graph.schema.urgent_nodes import URGENT_NODES
from graph.schema.webhook_nodes import WEBHOOK_NODES
from graph.schema.workspace_nodes import WORKSPACE_NODES

S, N, B, L = PropType.STRING, PropType.INTEGER, PropType.BOOLEAN, PropType.STRINGS

STORE_INFO = NodeType(
    label="StoreInfo",
    doc="What this store is. Exactly one.",
    key_doc="Always `store`.",
    props=(
        Prop("schema_version", N, "Number of the last migration that was applied.", required=True),
        Prop("synthetic", B, "Whether it takes only documents declared synthetic.", required=True),
        Prop("created_us", N, "When it was created.", required=True),
        Prop("tip_total", N, "Tips recorded and not withdrawn."),
        Prop("snapshot_us", N, "When the bands of the identifiers were last counted."),
        Prop("snapshot_tips", N, "How many tips there were then."),
        Prop("chance_us", N, "When it was last estimated how strong links of strangers are."),
        Prop("chance_weights", S, "Version and digest of the weights table it was made with."),
        Prop("chance_tips", N, "How many tips were asked for it."),
        Prop("chance_levels", L, "`score|band of pairs|band of strangers`, lowest score first."),
        Prop("hash_lists", N, "Hash lists in force."),
    ),
)

TIP = NodeType(
    label="Tip",
    doc="One CyberTip. Never fixed: every delivery adds a version, and this node shows what the "
    "current versions of its parts say.",
    key_doc="`<source>:<report number>`, or `<source>:sha256:<hash>` while provisional.",
    props=(
        Prop("source", S, "Who numbers it: `ncmec`.", required=True),
        Prop("report_number", S, "The report number; null while provisional.", indexed=True),
        Prop("provisional", B, "No number is known yet; the document's hash stands in."),
        Prop("stub", B, "Only referred to by other tips; nothing of it has been received."),
        Prop(
            "order_key",
            S,
            "Urgency, newest first, key: ascending is every list's order.",
            indexed=True,
        ),
        Prop("urgency", N, "0 imminent danger, 1 escalated, 2 neither."),
        Prop("urgency_reasons", L, "One sentence for each reason of the urgency."),
        Prop("provider", S, "Key of the reporting provider.", indexed=True),
        Prop("provider_name", S, "The reporting provider's name as received."),
        Prop("incident_types", L, "Raw incident types, all that were ever stated."),
        Prop("incident_us", N, "Incident time, when it can be placed in UTC."),
        Prop("incident_time_raw", S, "Incident time as received."),
        Prop("received_us", N, "When NCMEC received it, as far as stated."),
        Prop("platform", S, "Platform as stated."),
        Prop("ncmec_priority", S, "NCMEC's priority code as received."),
        Prop("ncmec_status", S, "NCMEC's status (referral, informational) as received."),
        Prop("annotations", L, "Report annotations that are present."),
        Prop("batched_reason", S, "Why the provider bundled several users into one report."),
        Prop("traits", L, "What it says of its subjects beside identifiers, for comparison."),
        Prop("signals", L, "What it says that bears on how urgent it is, see `priority.toml`."),
        Prop("lacks", L, "What nothing of it states that work on it needs."),
        Prop("file_count", N, "Files that the current versions describe."),
        Prop("version_count", N, "Versions recorded."),
        Prop("withdrawn_us", N, "When it was withdrawn; withdrawn tips link nothing."),
        Prop("withdrawn_why", S, "Who withdrew it and why."),
        Prop("first_recorded_us", N, "When its first version was recorded."),
        Prop("holders", L, "Agencies that hold it now: what `HELD_BY` says.", kept_apart=True),
    ),
)

TIP_VERSION = NodeType(
    label="TipVersion",
    doc="One delivery of one part of a tip, with other content than those before.",
    key_doc="`<tip key>#<part>#<SHA-256 of the document>`.",
    props=(
        Prop("tip", S, "Key of the tip.", required=True),
        Prop("part", S, "`ids-json`, `ncmec-report` or `ncmec-file:<id>`.", required=True),
        Prop("document", S, "SHA-256 of the document.", required=True),
        Prop(
            "issued_us", N, "When the sender made it available; orders the versions.", required=True
        ),
        Prop("current", B, "Whether it is the newest of its part."),
        Prop("superseded_by", S, "Key of the next version of its part."),
        Prop("recorded_us", N, "When it was recorded."),
        Prop("number_source", S, "Where the report number was found."),
        Prop("parser", S, "Name and version of the reader."),
        Prop("declared_provider", S, "Reporting provider declared when it was handed in."),
        Prop("unknown", L, "Unknown elements and enum values, kept as `why path = value`."),
        Prop("rejected", L, "Values that are no identifier, as `path: reason`."),
        Prop("contents", L, "Withheld content as `path|length|HMAC-SHA-256`."),
        Prop("statement", PropType.BYTES, "What it states, normalised (JSON, zlib)."),
    ),
)

DOCUMENT = NodeType(
    label="Document",
    doc="What was received, byte for byte before media were cut out.",
    key_doc="SHA-256 of the bytes received.",
    props=(
        Prop("stored_sha256", S, "SHA-256 of the screened bytes that are kept."),
        Prop("size", N, "Bytes received."),
        Prop("name", S, "Name as received; never used as a path."),
        Prop("channel", S, "`file`, `stdin` or `api`."),
        Prop("container_sha256", S, "SHA-256 of the file that it was a member of."),
        Prop("position", N, "Its place in that file, from 0."),
        Prop("received_us", N, "When it was first recorded as received."),
        Prop("receipts", L, "Every time at which the same bytes were received, microseconds."),
        Prop("original", S, "`vault`, or who holds the original and under which number."),
        Prop("media", L, "Media that were cut out, as `name|bytes|SHA-256|type`."),
    ),
)

FILE = NodeType(
    label="File",
    doc="An uploaded file as the documents describe it. Crosstip holds no file.",
    key_doc="`<tip key>/<file id>`.",
    props=(
        Prop("tip", S, "Key of the tip.", required=True),
        Prop("file_id", S, "The provider's or NCMEC's id.", required=True),
        Prop("name", S, "File name as received."),
        Prop("original_name", S, "Name that the user gave it, as received."),
        Prop("uploaded_us", N, "When it was uploaded to the provider."),
        Prop("viewed_by_esp", S, "Provider viewed the entire file: yes, no or not stated."),
        Prop("exif_viewed_by_esp", S, "Provider viewed its EXIF data: yes, no or not stated."),
        Prop("publicly_available", S, "yes, no or not stated."),
        Prop("relevance", S, "`Reported` or `Supplemental Reported`; absent counts as Reported."),
        Prop("classification", S, "Industry classification A1 to B2: asserted, not verified."),
        Prop("annotations", L, "File annotations that are present."),
        Prop("is_media", B, "Whether its name says image or video; null when it does not say."),
        Prop("ended_us", N, "When a newer version stopped mentioning it."),
    ),
)

PROVIDER = NodeType(
    label="Provider",
    doc="An electronic service provider, canonical.",
    key_doc="Stable slug.",
    props=(
        Prop("name", S, "Present name; the key itself while nobody has entered it.", required=True),
    ),
)

_IDENTIFIER_PROPS = (
    Prop("kind", S, "Its label, for queries over any kind.", required=True),
    Prop("state", S, "`normal`, `shared`, `viral`, `known series` or `stopped`.", required=True),
    Prop("state_reason", S, "Why the state is not normal."),
    Prop("state_since_us", N, "Since when."),
    Prop("state_by", S, "Rule or person that set it."),
    Prop("state_until_us", N, "Until when, unless it is counted or decided anew before."),
    Prop("base_state", S, "What files and lists say; only where a decision was ever made."),
    Prop("base_why", S, "Why they say so."),
    Prop("base_by", S, "Which of them says so."),
    Prop("base_since_us", N, "Since when they say so."),
    Prop("hints", L, "Weaker derived keys, as `scheme|key`."),
    Prop("band", N, "Power of two of its tips at the last snapshot; 0 for fewer than five."),
    Prop("told_to", S, "Whom `told_band` may be told: `*` everybody, else one agency."),
    Prop("told_band", N, "Its band as far as it is told: of two agencies' tips, or of one's own."),
    Prop("crowd_told_to", S, "Whom `crowd_band` may be told, likewise."),
    Prop("crowd_band", N, "Power of two of the tips that mention it, where those are hundreds."),
    Prop("tip_count", N, "Tips that link through it now: live, linking, not withdrawn."),
    Prop("mention_count", N, "Tips that mention it now, in any role; walks stop at large ones."),
    Prop("claim_count", N, "Claims on it."),
)

_IDENTIFIER_DOCS: dict[IdentifierKind, tuple[str, str]] = {
    IdentifierKind.ACCOUNT: ("A provider's account.", "Provider, service and account id."),
    IdentifierKind.EMAIL: ("An e-mail address.", "Normalised address."),
    IdentifierKind.PHONE: ("A telephone number.", "E.164 number, or an unresolved national one."),
    IdentifierKind.IP_ADDRESS: ("An IP address.", "IPv4, or IPv6 in the form of RFC 5952."),
    IdentifierKind.FILE_HASH: ("A hash of a file.", "`<type>:<lower-case hex>`."),
    IdentifierKind.DEVICE: ("A device id.", "`<type>:<value>`."),
    IdentifierKind.URL: ("A web address.", "Normalised URL."),
    IdentifierKind.SCREEN_NAME: ("A screen name.", "Provider and case-folded name."),
}

_OWN_PROPS: dict[IdentifierKind, tuple[Prop, ...]] = {
    IdentifierKind.IP_ADDRESS: (
        Prop("subnet", S, "The /64 of an IPv6 address: one subscriber's network.", indexed=True),
    ),
    IdentifierKind.SCREEN_NAME: (
        Prop("alias", S, "The name whatever the provider, folded.", indexed=True),
    ),
    IdentifierKind.FILE_HASH: (
        Prop("listed", L, "Hash lists in force that hold it, with source and date."),
    ),
}

IDENTIFIERS: dict[IdentifierKind, NodeType] = {
    kind: NodeType(
        label=kind.value,
        doc=doc,
        key_doc=key_doc,
        props=(*_IDENTIFIER_PROPS, *_OWN_PROPS.get(kind, ())),
    )
    for kind, (doc, key_doc) in _IDENTIFIER_DOCS.items()
}

JUDGEMENT = NodeType(
    label="Judgement",
    doc="A person's decision about two tips. Never overwritten: an undoing is one more judgement.",
    key_doc="Random.",
    props=(
        Prop("first", S, "Key of one tip when it was judged.", required=True),
        Prop("second", S, "Key of the other tip when it was judged.", required=True),
        Prop("verdict", S, "`same actor`, `not the same`, `unsure` or `undone`.", required=True),
        Prop("undoes", S, "Key of the judgement that this one undoes."),
        Prop("why", S, "The person's reason, in words.", required=True),
        Prop("judged_by", S, "Who judged.", required=True),
        Prop("agency", S, "The agency whose judgement it is; no other one sees it."),
        Prop("at_us", N, "When.", indexed=True, required=True),
        Prop("weights", S, "Version of the weights table that the person saw."),
        Prop("score", N, "Score of the link at that time, thousandths of a bit."),
        Prop("grade", S, "Grade of the link at that time."),
    ),
)

STATE_DECISION = NodeType(
    label="StateDecision",
    doc="That an identifier is shared, viral or normal, by counting or by a person. Never "
    "overwritten: a lifting or an undoing is one more decision.",
    key_doc="Random.",
    props=(
        Prop("source", S, "`counting` or `person`.", required=True),
        Prop("state", S, "`normal`, `shared`, `viral` or, by a person, `undone`.", required=True),
        Prop("undoes", S, "Key of the decision that this one undoes."),
        Prop("why", S, "The reason, in words.", required=True),
        Prop("decided_by", S, "Who decided, or ran the counting.", required=True),
        Prop("at_us", N, "When.", indexed=True, required=True),
        Prop("until_us", N, "Until when it stands unless counted again; null: until undone."),
        Prop("snapshot_us", N, "By counting: date of the snapshot that it rests on."),
        Prop("rules", S, "By counting: version of the table of hub states."),
    ),
)

NODES: tuple[NodeType, ...] = (
    STORE_INFO,
    TIP,
    TIP_VERSION,
    DOCUMENT,
    FILE,
    PROVIDER,
    *IDENTIFIERS.values(),
    *CASEWORK_NODES,
    *CONFLICT_NODES,
    JUDGEMENT,
    STATE_DECISION,
    PDQ_PAGE,
    HASH_LIST,
    LISTED_HASH,
    *LOG_NODES,
    *CHECK_NODES,
    *UPKEEP_NODES,
    *JOB_NODES,
    *REQUEST_NODES,
    *LOGON_NODES,
    *WEBHOOK_NODES,
    *TRIAGE_NODES,
    *URGENT_NODES,
    *EVIDENCE_NODES,
    *HANDOFF_NODES,
    *FEEDBACK_NODES,
    *ASSIGNMENT_NODES,
    *ROUTING_NODES,
    *SECURITY_KEY_NODES,
    *DESK_NODES,
    *RETENTION_NODES,
    *PRIORITY_NODES,
    *WORKSPACE_NODES,
)
