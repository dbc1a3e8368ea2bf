"""What one version of one part of a tip states, normalised: the input of `graph.fold`.

A statement is stored with its version (JSON, zlib), so that a tip's state can always be computed
again from all versions that arrived, in whatever order they came.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, fields
from operator import attrgetter
from typing import Any

from graph.identifiers.core import IdentifierKind
from graph.roles import Role

FORMAT = 2
"""Raised when a field is added, at the end of its class; older statements stay readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """What a version says about one identifier. Field meanings: `graph.schema.rels.ASSERTS`."""

    kind: IdentifierKind
    identifier: str
    """Key of the identifier."""
    state: str
    state_reason: str | None = None
    hints: tuple[str, ...] = ()
    stated_as: str | None = None
    role: Role
    linking: bool
    event: str | None = None
    at_us: int | None = None
    earliest_us: int | None = None
    latest_us: int | None = None
    zone_stated: bool | None = None
    time_raw: str | None = None
    time_note: str | None = None
    port: int | None = None
    verified: str | None = None
    possible_proxy: str | None = None
    contact_type: str | None = None
    account_type: str | None = None
    third_party: bool = False
    compromised: str | None = None
    mined: bool = False
    file_id: str | None = None
    person: str | None = None
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileStatement:
    """What a version says about one file. Field meanings: `graph.schema.nodes.FILE`."""

    file_id: str
    name: str | None = None
    original_name: str | None = None
    uploaded_us: int | None = None
    viewed_by_esp: str | None = None
    exif_viewed_by_esp: str | None = None
    publicly_available: str | None = None
    relevance: str | None = None
    classification: str | None = None
    annotations: tuple[str, ...] = ()
    is_media: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TipFacts:
    """What a version says about the tip itself. Field meanings: `graph.schema.nodes.TIP`."""

    provider: str | None = None
    provider_name: str | None = None
    provider_label: str | None = None
    """The canonical provider's present name, or its key."""
    incident_types: tuple[str, ...] = ()
    incident_us: int | None = None
    incident_time_raw: str | None = None
    received_us: int | None = None
    platform: str | None = None
    ncmec_priority: str | None = None
    ncmec_status: str | None = None
    annotations: tuple[str, ...] = ()
    batched_reason: str | None = None
    urgency: int = 2
    urgency_reasons: tuple[str, ...] = ()
    notes: tuple[tuple[str, str], ...] = ()
    """The reporter's own notes (place, text); never content of chats or e-mails."""
    details: tuple[tuple[str, str], ...] = ()
    """Everything else that is no identifier (place, value), for people to read."""
    births: tuple[str, ...] = ()
    """Dates of birth of reported persons (`YYYY-MM-DD`), where they are stated in full."""
    countries: tuple[str, ...] = ()
    """Countries of reported persons (ISO 3166 alpha-2), from addresses and estimated locations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """All that one version states."""

    facts: TipFacts | None = None
    files: tuple[FileStatement, ...] = ()
    assertions: tuple[Assertion, ...] = ()
    references: tuple[tuple[str, str], ...] = ()
    """(`prior` or `related`, key of the other tip)."""


_ASSERTION = tuple(f.name for f in fields(Assertion))
_FILE = tuple(f.name for f in fields(FileStatement))
_FACTS = tuple(f.name for f in fields(TipFacts))
_assertion_values = attrgetter(*_ASSERTION)
_file_values = attrgetter(*_FILE)
_facts_values = attrgetter(*_FACTS)
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_WINDOW_BITS, _MEMORY_LEVEL = 13, 6
"""8 KiB: to set up zlib's usual 32 KiB takes three times as long as to compress a statement."""


def encode(statement: Statement) -> bytes:
    """Give the stored form."""
    facts = statement.facts
    plain = [
        FORMAT,
        None if facts is None else _facts_values(facts),
        [_file_values(file) for file in statement.files],
        [_assertion_values(item) for item in statement.assertions],
        statement.references,
    ]
    data = _JSON.encode(plain).encode("utf-8", "surrogatepass")
    packer = zlib.compressobj(1, zlib.DEFLATED, _WINDOW_BITS, _MEMORY_LEVEL)
    return packer.compress(data) + packer.flush()


def decode(data: bytes) -> Statement:
    """Give the statement of a stored form."""
    _, facts, files, assertions, references = json.loads(
        zlib.decompress(data).decode("utf-8", "surrogatepass")
    )
    return Statement(
        facts=None if facts is None else TipFacts(**_thaw(_FACTS, facts)),
        files=tuple(FileStatement(**_thaw(_FILE, file)) for file in files),
        assertions=tuple(_assertion(item) for item in assertions),
        references=tuple((kind, key) for kind, key in references),
    )


def _assertion(values: list[Any]) -> Assertion:
    named = _thaw(_ASSERTION, values)
    named["kind"] = IdentifierKind(named["kind"])
    named["role"] = Role(named["role"])
    return Assertion(**named)


def _thaw(names: tuple[str, ...], values: list[Any]) -> dict[str, Any]:
    return dict(zip(names, map(_frozen, values), strict=False))


def _frozen(value: Any) -> Any:
    return tuple(map(_frozen, value)) if isinstance(value, list) else value
