"""Assertions of a record, normalised: identifiers with keys, times in UTC, and what may link."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from graph.identifiers.boilerplate import mined_reason
from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier, Rejected
from graph.identifiers.registry import clean
from graph.roles import LINKING_ROLES, Role
from graph.statements import Assertion
from graph.times import StatedTime, parse_time
from ingest.records import FileRecord, RawAssertion, Stated, TipRecord
from ingest.transform.files import bounded_id, may_link
from ingest.transform.text import storable

_SERVER_PORTS = frozenset({80, 443, 8080})
"""A provider's own port says nothing of a subscriber behind a shared address (RFC 6302)."""


@dataclass(slots=True)
class Normalised:
    """What normalisation gave, and what it could not take, with the place and the reason."""

    assertions: list[Assertion] = field(default_factory=list)
    rejected: list[str] = field(default_factory=list)


def normalise(
    record: TipRecord, *, policy: Policy, reference_us: int, provider: str | None
) -> Normalised:
    """Give a record's assertions. Values that are no identifiers are listed, never dropped.

    `reference_us` is when the document was received: later times are marked as odd. `provider`
    is the namespace of accounts and names for which the document states no other platform.
    """
    result = Normalised()
    files = {file.file_id: file for file in record.files}
    incident = parse_time(record.incident.time, reference_us=reference_us)
    for raw in record.assertions:
        found = clean(_with_namespace(raw, provider), policy)
        if isinstance(found, Rejected):
            result.rejected.append(f"{storable(raw.path)}: {found.reason}")
            continue
        boilerplate = mined_reason(found.kind, found.key) if raw.mined else None
        if boilerplate is not None or raw.role is Role.ESP_CONTACT:
            why = boilerplate if boilerplate is not None else "the provider's contact, no user's"
            result.rejected.append(f"{storable(raw.path)}: {why}")
            continue
        time = parse_time(raw.time, reference_us=reference_us)
        file = files.get(raw.file_id) if raw.file_id is not None else None
        result.assertions.append(_assertion(raw, found, time, file=file, incident=incident))
    return result


def _with_namespace(raw: RawAssertion, provider: str | None) -> RawIdentifier:
    """Give the value in the reporting provider's namespace, unless it is another platform's."""
    is_named = raw.identifier.kind in (IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME)
    if not is_named or raw.third_party or raw.mined or raw.identifier.provider is not None:
        return raw.identifier
    return replace(raw.identifier, provider=provider)


def _assertion(
    raw: RawAssertion,
    found: Identifier,
    time: StatedTime,
    *,
    file: FileRecord | None,
    incident: StatedTime,
) -> Assertion:
    port, port_note = _port(raw.port)
    event = raw.event.strip().casefold() if raw.event is not None else None
    notes = [note for note in (time.reason, port_note) if note is not None]
    if event in (None, "", "unknown") and time.us is not None and time.us == incident.us:
        notes.append("Same instant as the incident and no stated event: maybe made up by a client.")
    return Assertion(
        kind=found.kind,
        identifier=found.key,
        state=found.state.value,
        state_reason=found.state_reason,
        hints=tuple(f"{hint.scheme}|{hint.key}" for hint in found.hints),
        stated_as=storable(found.display),
        role=raw.role,
        linking=_links(raw, found, file),
        event=storable(event) if event else None,
        at_us=time.us,
        earliest_us=time.earliest_us,
        latest_us=time.latest_us,
        zone_stated=time.zone_stated if raw.time is not None else None,
        time_raw=storable(raw.time),
        time_note=" ".join(notes) if len(notes) > 0 else None,
        port=port,
        verified=_stated(raw.verified),
        possible_proxy=_stated(raw.possible_proxy),
        contact_type=storable(raw.contact_type),
        account_type=storable(raw.account_type),
        third_party=raw.third_party,
        compromised=_stated(raw.compromised),
        mined=raw.mined,
        file_id=bounded_id(raw.file_id) if raw.file_id is not None else None,
        person=storable(raw.person),
        path=storable(raw.path) or "/",
    )


def _links(raw: RawAssertion, found: Identifier, file: FileRecord | None) -> bool:
    if raw.role not in LINKING_ROLES:
        return False
    if found.kind is IdentifierKind.FILE_HASH and file is not None:
        return may_link(file)
    return True


def _stated(value: Stated) -> str | None:
    return None if value is Stated.NOT_STATED else value.value


def _port(raw: str | None) -> tuple[int | None, str | None]:
    if raw is None or raw.strip() == "":
        return None, None
    text = raw.strip()
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and 0 < int(text) < 65536):
        return None, "The port is no number from 1 to 65535."
    if int(text) in _SERVER_PORTS:
        return None, f"Port {text} is a server's: treated as missing."
    return int(text), None
