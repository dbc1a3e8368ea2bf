"""ICAC Data System JSON: incident summary and incident details."""

from __future__ import annotations

import re

from graph.identifiers.core import IdentifierKind
from ingest.readers.collect import Collector
from ingest.readers.drafts import MENTIONED
from ingest.readers.ids_contacts import read_captures, read_contacts, read_notes, rest
from ingest.readers.json_shape import dumped, items_of, one_text, text_of
from ingest.readers.json_source import Json
from ingest.readers.vocabulary import INCIDENT_TYPES, REPORT_ANNOTATIONS
from ingest.records import Stated

_SUMMARY_KEYS = frozenset(
    {
        "incidentType",
        "incidentDateTime",
        "incidentDateTimeDescription",
        "platform",
        "escalateToHighPriority",
        "reportAnnotations",
    }
)
"""The first three are documented by public readers; the others carry their names in the XML."""
_CONTENT_KEYS = re.compile(r"content|message|chat(?!client|room)|transcript|body", re.I)
_EMAIL_KEYS = ("emails", "emailAddress", "emailAddresses")
_PHONE_KEYS = ("phones", "phoneNumber", "phoneNumbers")


def read_summary(c: Collector, value: Json, path: str) -> None:
    """Read `incidentSummary`."""
    if not isinstance(value, dict):
        if value is not None:
            c.unknown(path, dumped(value), "type")
        return
    incident = c.incident
    for item, place in items_of(value.get("incidentType"), f"{path}/incidentType"):
        text = one_text(c, item, place)
        if text is not None:
            c.known(place, text, INCIDENT_TYPES)
            incident.types.append(text)
    incident.time = one_text(c, value.get("incidentDateTime"), f"{path}/incidentDateTime")
    incident.platform = one_text(c, value.get("platform"), f"{path}/platform")
    description = f"{path}/incidentDateTimeDescription"
    incident.time_description = one_text(c, value.get("incidentDateTimeDescription"), description)
    c.note(description, incident.time_description)
    escalation = f"{path}/escalateToHighPriority"
    incident.escalation = one_text(c, value.get("escalateToHighPriority"), escalation)
    c.note(escalation, incident.escalation)
    _annotations(c, value.get("reportAnnotations"), f"{path}/reportAnnotations")
    rest(c, value, path, _SUMMARY_KEYS)


def _annotations(c: Collector, value: Json, path: str) -> None:
    """Read flags: a list of names, or an object of yes and no."""
    if isinstance(value, dict):
        for key, item in value.items():
            if item is None:
                continue
            if c.yes_no(f"{path}/{key}", text_of(item) or "true") is Stated.YES:
                _annotation(c, key, f"{path}/{key}")
        return
    for item, place in items_of(value, path):
        text = one_text(c, item, place)
        if text is not None:
            _annotation(c, text, place)


def _annotation(c: Collector, name: str, path: str) -> None:
    if name not in REPORT_ANNOTATIONS:
        c.unknown(path, name, "enum")
    c.incident.annotations.append(name)


def read_details(c: Collector, value: Json, path: str) -> None:
    """Read `incidentDetails`: a list of incidents for each kind of incident."""
    if not isinstance(value, dict):
        if value is not None:
            c.unknown(path, dumped(value), "type")
        return
    for kind, incidents in value.items():
        for item, place in items_of(incidents, f"{path}/{kind}"):
            if isinstance(item, dict):
                _incident(c, item, place)
            else:
                c.unknown(place, dumped(item), "key")


def _incident(c: Collector, incident: dict[str, Json], path: str) -> None:
    for key, value in incident.items():
        place = f"{path}/{key}"
        if value is None:
            continue
        if key == "sourceInformation":
            read_captures(c, value, place, MENTIONED)
        elif key == "additionalInformations":
            read_notes(c, value, place, MENTIONED)
        elif key in _EMAIL_KEYS:
            read_contacts(c, value, place, "emails", IdentifierKind.EMAIL, MENTIONED)
        elif key in _PHONE_KEYS:
            read_contacts(c, value, place, "phones", IdentifierKind.PHONE, MENTIONED)
        elif _CONTENT_KEYS.search(key) is not None:
            _contents(c, value, place)
        else:
            _detail(c, value, place)


def _contents(c: Collector, value: Json, path: str) -> None:
    """Read `contents`: what people wrote, never kept, only mined."""
    for item, place in items_of(value, path, "contents"):
        if isinstance(item, dict):
            for key, inner in item.items():
                text = text_of(inner)
                c.content(f"{place}/{key}", text if text is not None else _nested_text(inner))
        else:
            c.content(place, text_of(item) or _nested_text(item))


def _nested_text(value: Json) -> str | None:
    """Give a structure as text, all of it: an unknown shape of content is content."""
    return None if value is None or isinstance(value, (str, bool)) else dumped(value)


def _detail(c: Collector, value: Json, path: str) -> None:
    text = one_text(c, value, path)
    if text is not None:
        c.incident.details.append((path, text))
