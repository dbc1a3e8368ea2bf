"""A read record and the document it stands in, as a delivery that the core records."""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from graph.deliveries import Delivery, DocumentFacts
from graph.errors import UnreadableDocumentError
from graph.identifiers.core import Policy
from graph.identifiers.providers import canonical
from graph.statements import Statement, TipFacts
from graph.times import parse_time
from ingest.received import ReceivedDocument
from ingest.records import FileRecord, Person, Text, TextKind, TipRecord
from ingest.transform.assertions import normalise
from ingest.transform.files import bounded_id, file_statement
from ingest.transform.subjects import births_of, countries_of
from ingest.transform.text import MAX_NOTE, storable
from ingest.transform.urgency import urgency_of

PARSER = "crosstip-readers/1"
MAX_REJECTED = 1000
_PDF = "ncmec-pdf"
"""Of a PDF only the text is kept: it may hold pictures."""
_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What transformation needs beyond the document itself."""

    policy: Policy
    content_key: bytes
    """Key of the HMAC that stands for content of chats and e-mails."""
    original: str = "vault"
    """Where the original is held."""


def to_delivery(record: TipRecord, document: ReceivedDocument, context: Context) -> Delivery:
    """Give the delivery that a record makes.

    Raises:
        UnreadableDocumentError: the report number is not one.
    """
    reference_us = document.received_us
    provider = provider_of(record)
    normalised = normalise(
        record, policy=context.policy, reference_us=reference_us, provider=provider
    )
    number = _number(record.report_number, document)
    return Delivery(
        source=record.source,
        report_number=number,
        number_source=record.number_source.value if record.number_source is not None else None,
        part=_part(record.part),
        issued_us=document.issued_us if document.issued_us is not None else document.received_us,
        document=_document_facts(
            document, context.original if record.part != _PDF else f"{context.original}, text only"
        ),
        statement=Statement(
            facts=_facts(record, reference_us, provider),
            files=tuple(file_statement(f, reference_us=reference_us) for f in _unique(record)),
            assertions=tuple(normalised.assertions),
            references=_references(record),
        ),
        declared_provider=storable(document.provider),
        holder=document.holder,
        parser=PARSER,
        unknown=tuple(
            storable(f"{item.why} {item.path} = {item.value}", limit=600)
            for item in record.unknown[:MAX_REJECTED]
        ),
        rejected=_capped(normalised.rejected),
        contents=tuple(
            _content(text, context.content_key)
            for text in record.texts
            if text.kind is TextKind.CONTENT
        ),
    )


def _number(number: str | None, document: ReceivedDocument) -> str | None:
    if number is None:
        return None
    text = number.strip()
    if _NUMBER.match(text) is None:
        raise UnreadableDocumentError(
            f"The report number of document {document.sha256[:12]} is not one: letters, digits, "
            "dots and dashes are expected, at most 64. Give it with --report-number."
        )
    return text


def _part(part: str) -> str:
    prefix, _, rest = part.partition(":")
    return f"{prefix}:{bounded_id(rest)}" if rest != "" else prefix


def _unique(record: TipRecord) -> Iterable[FileRecord]:
    return {bounded_id(file.file_id): file for file in record.files}.values()


def _references(record: TipRecord) -> tuple[tuple[str, str], ...]:
    pairs = [("prior", n) for n in record.prior_reports]
    pairs += [("related", n) for n in record.related_reports]
    return tuple(
        dict.fromkeys(
            (kind, f"{record.source}:{number.strip()}")
            for kind, number in pairs
            if _NUMBER.match(number.strip()) is not None
        )
    )


def _capped(reasons: list[str]) -> tuple[str, ...]:
    if len(reasons) <= MAX_REJECTED:
        return tuple(reasons)
    return (*reasons[:MAX_REJECTED], f"and {len(reasons) - MAX_REJECTED} more")


def _content(text: Text, key: bytes) -> str:
    data = text.text.encode("utf-8", "surrogatepass")
    digest = hmac.new(key, data, hashlib.sha256).hexdigest()
    return f"{storable(text.path)}|{len(text.text)}|{digest}"


def provider_of(record: TipRecord) -> str | None:
    """Give the reporting provider's name: as stated, else the platform, else the mail domain.

    A `<report>` names no provider: NCMEC knows it from the log-on (NCMEC reporting API). The
    domain of the reporting person's e-mail comes last, as a complainant may use their own.
    """
    for name in (record.provider, record.incident.platform, record.provider_domain):
        if name is not None and name.strip() != "":
            return name
    return None


def _facts(record: TipRecord, reference_us: int, provider_name: str | None) -> TipFacts | None:
    if record.part.startswith("ncmec-file:"):
        return None
    incident = record.incident
    urgency, reasons = urgency_of(record)
    provider = canonical(provider_name) if provider_name is not None else None
    incident_time = parse_time(incident.time, reference_us=reference_us)
    return TipFacts(
        provider=provider.key if provider is not None else None,
        provider_name=storable(provider_name),
        provider_label=(
            None if provider is None else provider.name if provider.known else provider.key
        ),
        incident_types=tuple(storable(name) for name in incident.types),
        incident_us=incident_time.us,
        incident_time_raw=storable(incident.time),
        received_us=parse_time(record.received_time, reference_us=reference_us).us,
        platform=storable(incident.platform),
        ncmec_priority=storable(record.ncmec_priority),
        ncmec_status=storable(record.ncmec_status),
        annotations=tuple(storable(name) for name in incident.annotations),
        batched_reason=storable(incident.batched_reason),
        urgency=int(urgency),
        urgency_reasons=tuple(storable(reason) for reason in reasons),
        notes=tuple(_notes(record)),
        details=tuple(_details(record, incident_time.reason)),
        births=births_of(record.people),
        countries=countries_of(record.people),
    )


def _notes(record: TipRecord) -> Iterable[tuple[str, str]]:
    incident = record.incident
    for path, text in (
        ("escalateToHighPriority", incident.escalation),
        ("incidentDateTimeDescription", incident.time_description),
    ):
        if text is not None and text.strip() != "":
            yield path, storable(text, limit=MAX_NOTE)
    for item in record.texts:
        known = (incident.escalation, incident.time_description)
        if item.kind is TextKind.NOTE and item.text not in known:
            yield storable(item.path), storable(item.text, limit=MAX_NOTE)


def _details(record: TipRecord, time_reason: str | None) -> Iterable[tuple[str, str]]:
    if time_reason is not None:
        yield "incident time", time_reason
    for prefix, pairs in (
        ("", record.incident.details),
        ("lawEnforcement/", record.law_enforcement),
        ("reporter/", record.reporter_fields),
    ):
        for path, value in pairs:
            yield storable(prefix + path), storable(value, limit=3000)
    for person in record.people:
        yield from _person(person)
    for file in record.files:
        for path, value in file.other:
            yield storable(f"file {bounded_id(file.file_id)}/{path}"), storable(value, limit=3000)


def _person(person: Person) -> Iterable[tuple[str, str]]:
    names = [n for n in (person.first_name, person.middle_name, person.last_name) if n is not None]
    single = (
        ("name", " ".join(names) if len(names) > 0 else None),
        ("date of birth", person.date_of_birth),
        ("age", person.age),
        (
            "age assertion discrepancy",
            None if person.age_discrepancy == "not stated" else person.age_discrepancy.value,
        ),
    )
    for label, value in single:
        if value is not None:
            yield f"{person.label}/{label}", storable(value)
    several = (
        ("display name", person.display_names),
        ("address", person.addresses),
        ("estimated location", person.estimated_locations),
    )
    for label, values in several:
        for value in values:
            yield f"{person.label}/{label}", storable(value, limit=3000)
    for path, value in person.other:
        yield storable(f"{person.label}/{path}"), storable(value, limit=3000)


def _document_facts(document: ReceivedDocument, original: str) -> DocumentFacts:
    return DocumentFacts(
        sha256=document.sha256,
        stored_sha256=document.stored_sha256,
        size=document.size,
        name=storable(document.name),
        channel=document.channel.value,
        received_us=document.received_us,
        container_sha256=document.container_sha256,
        position=document.position,
        original=original,
        media=tuple(
            storable(f"{note.name}|{note.size}|{note.sha256}|{note.media_type}", limit=1000)
            for note in document.media
        ),
    )
