"""Reads a line of Crosstip's own format."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pydantic import BaseModel, ValidationError

from graph.errors import UnreadableDocumentError
from graph.identifiers.core import IdentifierKind, RawIdentifier
from ingest.limits import Limits
from ingest.own.model import FORMAT, KEY, OwnFile, OwnIdentifier, OwnPerson, OwnTip
from ingest.readers.collect import Collector
from ingest.readers.drafts import Bearer, Circumstances
from ingest.readers.json_shape import dumped
from ingest.readers.json_source import Json
from ingest.readers.numbering import Given, document_number
from ingest.readers.table_mapping import told
from ingest.records import FileRecord, Person, TipRecord

PART = "crosstip"
_NCMEC = "ncmec"


def read_own(value: dict[str, Json], limits: Limits, given: Given) -> TipRecord:
    """Give the record of one tip.

    Raises:
        UnreadableDocumentError: another version, or a field that is not as the schema says.
    """
    if value.get(KEY) != FORMAT:
        raise UnreadableDocumentError(
            f"it is in a version of Crosstip's format that this one does not read (it reads "
            f"{FORMAT}); update Crosstip, or have it written again"
        )
    try:
        tip = OwnTip.model_validate(value)
    except ValidationError as error:
        raise UnreadableDocumentError(f"it is not as the schema says: {told(error)}") from None
    if tip.source != _NCMEC and tip.reporter_role is None:
        raise UnreadableDocumentError(
            "it does not say who reports, and NCMEC did not issue it; give reporter_role"
        )
    c = Collector(limits, provider=tip.provider or given.provider)
    _facts(c, tip)
    for at, one in enumerate(tip.identifiers):
        _identify(c, one, at)
    for at, note in enumerate(tip.notes):
        path = note.place or f"notes[{at}]"
        bearer = Bearer(role=note.role)
        (c.content if note.is_content else c.note)(path, note.text, bearer)
    for path, extra in _unknown(tip, ""):
        c.unknown(path, extra, "key")
    number, source = document_number(tip.number, given)
    record = c.finished(part=PART, number=number, number_source=source, synthetic=tip.synthetic)
    return _with_people(record, tip)


def _facts(c: Collector, tip: OwnTip) -> None:
    incident = tip.incident
    c.received_time = tip.received
    c.ncmec_priority = tip.priority
    c.ncmec_status = tip.status
    c.incident.types.extend(incident.types)
    c.incident.time = incident.time
    c.incident.time_description = incident.time_description
    c.incident.platform = incident.platform
    c.incident.escalation = incident.escalation
    c.incident.annotations.extend(incident.annotations)
    c.incident.batched_reason = incident.batched_reason
    c.incident.details.extend(incident.details)
    if tip.reporter_role is not None:
        c.incident.details.append(("reporter is", tip.reporter_role))
    c.note("incident/escalation", incident.escalation)
    c.note("incident/time_description", incident.time_description)
    for key, numbers, record in (
        ("prior", tip.prior, c.prior),
        ("related", tip.related, c.related),
    ):
        for at, number in enumerate(numbers):
            record(f"{key}[{at}]", number)
    c.files.extend(_file(file) for file in tip.files)


def _file(file: OwnFile) -> FileRecord:
    return FileRecord(
        file_id=file.id,
        name=file.name,
        original_name=file.original_name,
        uploaded_time=file.uploaded_time,
        viewed_by_esp=file.viewed_by_esp,
        exif_viewed_by_esp=file.exif_viewed_by_esp,
        publicly_available=file.publicly_available,
        relevance=file.relevance,
        classification=file.classification,
        annotations=file.annotations,
        other=file.facts,
    )


def _identify(c: Collector, one: OwnIdentifier, at: int) -> None:
    is_named = one.kind in (IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME)
    provider = one.provider
    if provider is None and is_named and not one.mined and not one.third_party:
        provider = c.provider
    raw = RawIdentifier(
        kind=one.kind,
        value=one.value,
        provider=provider if is_named else None,
        service=one.service,
        subtype=one.subtype,
        calling_code=one.calling_code,
        region=one.region,
        extension=one.extension,
    )
    bearer = Bearer(
        role=one.role,
        person=one.person,
        account_type=one.account_type,
        third_party=one.third_party,
        compromised=one.compromised,
        file_id=one.file,
    )
    around = Circumstances(
        event=one.event,
        time=one.time,
        port=None if one.port is None else str(one.port),
        verified=one.verified,
        verified_time=one.verified_time,
        possible_proxy=one.possible_proxy,
        contact_type=one.contact_type,
        mined=one.mined,
    )
    c.identify(raw, bearer, one.place or f"identifiers[{at}]", around)


def _with_people(record: TipRecord, tip: OwnTip) -> TipRecord:
    return replace(record, source=tip.source, people=tuple(_person(one) for one in tip.people))


def _person(one: OwnPerson) -> Person:
    return Person(
        label=one.label,
        role=one.role,
        first_name=one.first_name,
        middle_name=one.middle_name,
        last_name=one.last_name,
        display_names=one.display_names,
        date_of_birth=one.date_of_birth,
        age=one.age,
        addresses=one.addresses,
        countries=one.countries,
        other=one.facts,
    )


def _unknown(part: BaseModel, path: str) -> Iterator[tuple[str, str]]:
    """Give the fields that the models do not know, at every level."""
    for key, value in (part.model_extra or {}).items():
        yield f"{path}{key}", dumped(value)
    for name in type(part).model_fields:
        inner = getattr(part, name)
        members = inner if isinstance(inner, tuple) else (inner,)
        for at, member in enumerate(members):
            if isinstance(member, BaseModel):
                where = f"{path}{name}[{at}]/" if isinstance(inner, tuple) else f"{path}{name}/"
                yield from _unknown(member, where)
