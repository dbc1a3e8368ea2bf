"""Rows of nodes and edges for a tip's folded state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from graph.deliveries import Delivery, DocumentFacts
from graph.identifiers.core import IdentifierKind
from graph.rows import PropertyRow
from graph.scoring.observations import subnet_of
from graph.scoring.traits import alias_of, traits_of
from graph.statements import FileStatement, encode
from graph.tip_state import AssertionState, TipState, Version
from graph.triage.lacking import lacks_of
from graph.triage.signals import signals_of

_ORDER_BASE = 9_000_000_000_000_000_000
"""Newest first in ascending order; beyond any time that Python can hold (year 9999)."""


def order_key(urgency: int, us: int | None, key: str) -> str:
    """Give the key that every list of tips is ordered by: urgency, newest first, key."""
    return f"{urgency}|{_ORDER_BASE - (us if us is not None else 0):019d}|{key}"


def tip_row(
    key: str,
    *,
    number: tuple[str, str | None],
    state: TipState,
    version_count: int,
    first_recorded_us: int,
    withdrawn: tuple[int | None, str | None],
) -> PropertyRow:
    """Give the Tip's properties; `number` is source and report number."""
    facts = state.facts
    return {
        "key": key,
        "source": number[0],
        "report_number": number[1],
        "provisional": number[1] is None,
        "stub": False,
        "order_key": order_key(facts.urgency, _newest_time(state), key),
        "urgency": facts.urgency,
        "urgency_reasons": list(facts.urgency_reasons),
        "provider": facts.provider,
        "provider_name": facts.provider_name,
        "incident_types": list(facts.incident_types),
        "incident_us": facts.incident_us,
        "incident_time_raw": facts.incident_time_raw,
        "received_us": facts.received_us,
        "platform": facts.platform,
        "ncmec_priority": facts.ncmec_priority,
        "ncmec_status": facts.ncmec_status,
        "annotations": list(facts.annotations),
        "batched_reason": facts.batched_reason,
        "traits": list(traits_of(state)),
        "signals": list(signals_of(state)),
        "lacks": list(lacks_of(state)),
        "file_count": sum(1 for _, ended_us in state.files if ended_us is None),
        "version_count": version_count,
        "withdrawn_us": withdrawn[0],
        "withdrawn_why": withdrawn[1],
        "first_recorded_us": first_recorded_us,
    }


def _newest_time(state: TipState) -> int | None:
    facts = state.facts
    return facts.received_us if facts.received_us is not None else facts.incident_us


def stub_row(source: str, key: str) -> PropertyRow:
    """Give the properties of a tip that others refer to and of which nothing was received."""
    return {
        "key": key,
        "source": source,
        "report_number": key.removeprefix(f"{source}:"),
        "stub": True,
        "provisional": False,
        "urgency": 2,
        "order_key": order_key(2, None, key),
        "version_count": 0,
    }


def version_key(tip: str, delivery: Delivery) -> str:
    """Give the key of the version that a delivery makes of a tip."""
    return f"{tip}#{delivery.part}#{delivery.document.sha256}"


def version_row(
    tip: str, version: Version, *, delivery: Delivery, superseded_by: str | None, now_us: int
) -> PropertyRow:
    """Give a TipVersion's properties."""
    return {
        "key": version.key,
        "tip": tip,
        "part": version.part,
        "document": version.document,
        "issued_us": version.issued_us,
        "current": superseded_by is None,
        "superseded_by": superseded_by,
        "recorded_us": now_us,
        "number_source": delivery.number_source,
        "parser": delivery.parser,
        "declared_provider": version.declared_provider,
        "unknown": list(delivery.unknown),
        "rejected": list(delivery.rejected),
        "contents": list(delivery.contents),
        "statement": encode(version.statement),
    }


def document_row(facts: DocumentFacts) -> PropertyRow:
    """Give a Document's properties at its first receipt."""
    return {
        "key": facts.sha256,
        "stored_sha256": facts.stored_sha256,
        "size": facts.size,
        "name": facts.name,
        "channel": facts.channel,
        "container_sha256": facts.container_sha256,
        "position": facts.position,
        "received_us": facts.received_us,
        "receipts": [str(facts.received_us)],
        "original": facts.original,
        "media": list(facts.media),
    }


def file_row(tip: str, file: FileStatement, ended_us: int | None) -> PropertyRow:
    """Give a File's properties."""
    return {
        "key": file_key(tip, file.file_id),
        "tip": tip,
        "file_id": file.file_id,
        "name": file.name,
        "original_name": file.original_name,
        "uploaded_us": file.uploaded_us,
        "viewed_by_esp": file.viewed_by_esp,
        "exif_viewed_by_esp": file.exif_viewed_by_esp,
        "publicly_available": file.publicly_available,
        "relevance": file.relevance,
        "classification": file.classification,
        "annotations": list(file.annotations),
        "is_media": file.is_media,
        "ended_us": ended_us,
    }


def file_key(tip: str, file_id: str) -> str:
    """Give the key of a tip's file."""
    return f"{tip}/{file_id}"


def identifier_rows(states: Iterable[AssertionState]) -> dict[str, dict[str, PropertyRow]]:
    """Give the identifiers that assertions are about: by label, then by key."""
    rows: dict[str, dict[str, PropertyRow]] = {}
    for state in states:
        item = state.assertion
        kind = str(item.kind)
        of_kind = rows.setdefault(kind, {})
        if item.identifier not in of_kind:
            of_kind[item.identifier] = identifier_row(
                item.kind,
                item.identifier,
                state=item.state,
                state_reason=item.state_reason,
                hints=item.hints,
            )
    return rows


def identifier_row(
    kind: IdentifierKind,
    key: str,
    *,
    state: str,
    state_reason: str | None,
    hints: Sequence[str],
) -> PropertyRow:
    """Give the properties of an identifier that nothing is said about yet."""
    row: PropertyRow = {
        "key": key,
        "kind": kind.value,
        "state": state,
        "state_reason": state_reason,
        "state_by": None if state == "normal" else "rule",
        "hints": list(hints),
        "band": 0,
        "tip_count": 0,
        "mention_count": 0,
        "claim_count": 0,
    }
    if kind is IdentifierKind.IP_ADDRESS:
        row["subnet"] = subnet_of(hints)
    elif kind is IdentifierKind.SCREEN_NAME:
        row["alias"] = alias_of(hints) or ""
    return row


def assertion_row(state: AssertionState) -> PropertyRow:
    """Give an ASSERTS edge's properties."""
    item = state.assertion
    return {
        "key": state.key,
        "role": str(item.role),
        "linking": item.linking,
        "stated_as": item.stated_as,
        "event": item.event,
        "at_us": item.at_us,
        "earliest_us": item.earliest_us,
        "latest_us": item.latest_us,
        "zone_stated": item.zone_stated,
        "time_raw": item.time_raw,
        "time_note": item.time_note,
        "port": item.port,
        "verified": item.verified,
        "possible_proxy": item.possible_proxy,
        "contact_type": item.contact_type,
        "account_type": item.account_type,
        "third_party": item.third_party,
        "compromised": item.compromised,
        "mined": item.mined,
        "file_id": item.file_id,
        "person": item.person,
        "path": item.path,
        "since": state.since,
        "ended_us": state.ended_us,
        "ended_by": state.ended_by,
    }
