"""The lines of a full export: what a store holds, as Crosstip's own NDJSON.

The first line is a header (`{"crosstip": "store/1", …}`), each further one a node
(`{"node": LABEL, "p": {…}}`) or an edge (`{"edge": TYPE, "from": [LABEL, KEY], "to": [LABEL, KEY],
"p": {…}}`), the last one the end, with counts and the SHA-256 of all lines between. Properties are
those of `docs/schema.md`; one that is not there is left out. What a version states stands as JSON
and not as the bytes that the store keeps; other bytes are base64.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from graph.errors import RowError, UnreadableDocumentError
from graph.rows import PropertyRow, Value, node_rows, rel_rows
from graph.schema import SCHEMA
from graph.schema.core import Prop, PropType
from graph.statements import Statement, decode, encode

KEY: Final = "crosstip"
FORMAT: Final = "store/1"
STORE: Final = "StoreInfo"
_STATEMENT: Final = ("TipVersion", "statement")
_STATEMENTS = TypeAdapter(Statement)

_LOG = "The log stays with the store whose it is: `crosstip audit export` takes it out with proof."
_PROOFS = "How people and programs prove who they are: everybody is enrolled anew."
_RUNNING = "What runs and waits on one installation: jobs, timetable, requests."
_SECRETS = "Webhooks: their secrets follow from a key of the installation. Register them anew."
_PURGED = "Digests of purged tips, and originals yet to be deleted: they stay where they were."

LEFT: Mapping[str, str] = {
    **dict.fromkeys(
        (
            "AuditEntry",
            "AuditLog",
            "AuditTile",
            "Checkpoint",
            "AuditHead",
            "Dissemination",
        ),
        _LOG,
    ),
    **dict.fromkeys(
        ("Credential", "Session", "ApiKey", "Subject", "Nonce", "SecurityKey", "KeyChallenge"),
        _PROOFS,
    ),
    **dict.fromkeys(("Runner", "Duty", "Job", "Once"), _RUNNING),
    **dict.fromkeys(("Webhook", "WebhookDelivery"), _SECRETS),
    **dict.fromkeys(("PurgedTip", "RetentionSalt", "ErasureDue"), _PURGED),
}
"""Labels that are not carried, each with why. A label of the schema is here or it is carried."""

LEFT_OUT: tuple[str, ...] = (
    *dict.fromkeys(LEFT.values()),
    "Originals: the vault, the spool and the quarantine are files. `crosstip backup` has them.",
)
"""What is not in a full export, in sentences."""

CARRIED: tuple[str, ...] = tuple(n.label for n in SCHEMA.nodes if n.label not in {*LEFT, STORE})
"""Labels that are carried, in the order in which they are written."""


class Header(BaseModel):
    """The first line: what was taken out, of when. Everything else of two equal stores is equal."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    crosstip: str
    schema_version: int
    as_of: str
    made_by: str
    synthetic: bool
    left_out: list[str]


class End(BaseModel):
    """The last line: how much stands above it, and the SHA-256 of those lines."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    end: bool
    nodes: int
    edges: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One node."""

    label: str
    row: PropertyRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One edge: both ends by label and key."""

    rel_type: str
    start: tuple[str, str]
    end: tuple[str, str]
    row: PropertyRow


def line_of(said: Mapping[str, Any]) -> bytes:
    """Give a line: ASCII, sorted keys, so that the same has the same bytes."""
    text = json.dumps(said, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.encode("ascii") + b"\n"


def node_line(label: str, props: Mapping[str, Value]) -> bytes:
    """Give the line of a node."""
    return line_of({"node": label, "p": _plain(label, props)})


def edge_line(edge: Edge) -> bytes:
    """Give the line of an edge."""
    ends = {"from": list(edge.start), "to": list(edge.end)}
    return line_of({"edge": edge.rel_type, **ends, "p": _plain(edge.rel_type, edge.row)})


def read_line(line: bytes, number: int) -> Node | Edge:
    """Give the node or edge of a line; `number` names it in errors.

    Raises:
        UnreadableDocumentError: it is none, or names what the schema does not have.
    """
    try:
        said = json.loads(line)
        if "node" in said:
            return _node(said)
        return _edge(said)
    except (ValueError, LookupError, TypeError, RecursionError, RowError) as error:
        why = "it is no JSON" if isinstance(error, json.JSONDecodeError) else "it is not as written"
        raise UnreadableDocumentError(
            f"Line {number} of the full export cannot be read: {why}. Nothing of it was taken in."
        ) from None


def header_of(line: bytes) -> Header:
    """Give the header of a full export.

    Raises:
        UnreadableDocumentError: it is none, or of another format.
    """
    try:
        found = Header.model_validate_json(line)
    except ValidationError:
        raise UnreadableDocumentError(
            "This is no full export: its first line is not the header that `crosstip export --all` "
            "writes. Tips come in with `crosstip ingest`."
        ) from None
    if found.crosstip != FORMAT:
        raise UnreadableDocumentError(
            f"This full export is in the format {found.crosstip!r}; this Crosstip reads {FORMAT}."
        )
    return found


def _node(said: Mapping[str, Any]) -> Node:
    label = said["node"]
    if label not in CARRIED and label != STORE:
        raise ValueError(label)
    row = _row(label, SCHEMA.node_by_label[label].all_props, said["p"])
    return Node(label=label, row=node_rows(label, [row])[0])


def _edge(said: Mapping[str, Any]) -> Edge:
    rel = SCHEMA.rel_by_type[said["edge"]]
    start, end = (str(said["from"][0]), said["from"][1]), (str(said["to"][0]), said["to"][1])
    starts, ends = {n.label for n in rel.starts}, {n.label for n in rel.ends}
    keys_are_text = isinstance(start[1], str) and isinstance(end[1], str)
    if start[0] not in starts or end[0] not in ends or not keys_are_text:
        raise ValueError(rel.type)
    row = _row(rel.type, rel.props, said["p"])
    rel_rows(rel.type, [(start[1], end[1], row)])
    return Edge(rel_type=rel.type, start=start, end=end, row=row)


def _plain(owner: str, props: Mapping[str, Value]) -> dict[str, Any]:
    return {name: _value(owner, name, value) for name, value in props.items() if value is not None}


def _value(owner: str, name: str, value: Value) -> Any:
    if not isinstance(value, bytes | bytearray):
        return value
    if (owner, name) == _STATEMENT:
        return _STATEMENTS.dump_python(decode(bytes(value)), mode="json")
    return base64.b64encode(value).decode("ascii")


def _row(owner: str, props: tuple[Prop, ...], said: Mapping[str, Any]) -> PropertyRow:
    """Give the row with every property."""
    if not set(said) <= {prop.name for prop in props}:
        raise ValueError(owner)
    row: PropertyRow = {}
    for prop in props:
        value = said.get(prop.name)
        is_bytes = prop.type is PropType.BYTES and value is not None
        row[prop.name] = _bytes(owner, prop.name, value) if is_bytes else value
    return row


def _bytes(owner: str, name: str, value: Any) -> bytes:
    if (owner, name) == _STATEMENT:
        return encode(_STATEMENTS.validate_python(value))
    try:
        return base64.b64decode(value, validate=True)
    except binascii.Error:
        raise ValueError(name) from None
