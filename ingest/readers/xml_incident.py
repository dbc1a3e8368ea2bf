"""NCMEC XML: incident summary and internet details."""

from __future__ import annotations

from graph.identifiers.core import IdentifierKind, RawIdentifier
from graph.roles import Role
from ingest.readers.collect import Collector
from ingest.readers.drafts import MENTIONED, Bearer
from ingest.readers.stated import stated
from ingest.readers.vocabulary import INCIDENT_TYPES, REPORT_ANNOTATIONS
from ingest.readers.xml_contacts import (
    address_line,
    is_flag,
    read_capture,
    read_email,
    read_phone,
    read_text,
    unknown_attributes,
    unknown_element,
)
from ingest.readers.xml_source import Element
from ingest.records import Stated

_REPEATED = frozenset({"url", "emailAddress", "ipCaptureEvent", "incidentAddress"})
_KINDS = frozenset(
    {
        "webPageIncident",
        "emailIncident",
        "newsgroupIncident",
        "chatImIncident",
        "onlineGamingIncident",
        "cellPhoneIncident",
        "nonInternetIncident",
        "peer2peerIncident",
    }
)
_PLAIN = frozenset(
    {
        "name",
        "chatClient",
        "chatRoomName",
        "gameName",
        "console",
        "latitude",
        "longitude",
        "locationName",
        "client",
        "fileNames",
    }
)
_HOSTED = "thirdPartyHostedContent"


def read_annotations(c: Collector, element: Element, path: str, known: frozenset[str]) -> list[str]:
    """Give the presence-only children that count as present; new names are taken and counted."""
    names: list[str] = []
    for child, place in element.placed(path, frozenset()):
        if not is_flag(c, child, place):
            continue
        if child.tag not in known:
            c.unknown(place, child.tag, "enum")
        if child.tag not in names:
            names.append(child.tag)
    return names


def read_summary(c: Collector, element: Element, path: str) -> None:
    """Read `incidentSummary`."""
    unknown_attributes(c, element, path)
    incident = c.incident
    for child, place in element.placed(path, frozenset()):
        if child.tag == "reportAnnotations":
            incident.annotations.extend(read_annotations(c, child, place, REPORT_ANNOTATIONS))
            continue
        if child.tag not in _SUMMARY:
            unknown_element(c, child, place)
            continue
        text = read_text(c, child, place)
        if text is None:
            continue
        if child.tag == "incidentType":
            c.known(place, text, INCIDENT_TYPES)
            incident.types.append(text)
        elif child.tag == "platform":
            incident.platform = text
        elif child.tag == "escalateToHighPriority":
            incident.escalation = text
            c.note(place, text)
        elif child.tag == "incidentDateTime":
            incident.time = text
        else:
            incident.time_description = text
            c.note(place, text)


_SUMMARY = frozenset(
    {
        "incidentType",
        "platform",
        "escalateToHighPriority",
        "incidentDateTime",
        "incidentDateTimeDescription",
    }
)


def read_details(c: Collector, element: Element, path: str) -> None:
    """Read `internetDetails`: one kind of incident in each."""
    unknown_attributes(c, element, path)
    for child, place in element.placed(path, frozenset()):
        if child.tag in _KINDS:
            _incident(c, child, place)
        else:
            unknown_element(c, child, place)


def _incident(c: Collector, element: Element, path: str) -> None:
    unknown_attributes(c, element, path, frozenset({_HOSTED}))
    hosted = element.attributes.get(_HOSTED)
    if hosted is not None:
        c.incident.details.append((f"{path}@{_HOSTED}", hosted))
    is_hosted = stated(hosted) is Stated.YES
    bearer = Bearer(role=Role.MENTIONED, third_party=True) if is_hosted else MENTIONED
    for child, place in element.placed(path, _REPEATED):
        _field(c, child, place, bearer)


def _field(c: Collector, child: Element, path: str, bearer: Bearer) -> None:
    tag = child.tag
    if tag == "url":
        text = read_text(c, child, path)
        if text is not None:
            c.identify(RawIdentifier(kind=IdentifierKind.URL, value=text), bearer, path)
    elif tag == "emailAddress":
        read_email(c, child, path, MENTIONED)
    elif tag == "phoneNumber":
        read_phone(c, child, path, MENTIONED)
    elif tag == "ipCaptureEvent":
        read_capture(c, child, path, MENTIONED)
    elif tag == "incidentAddress":
        line = address_line(c, child, path)
        if line is not None:
            c.incident.details.append((path, line))
    elif tag == "content":
        c.content(path, read_text(c, child, path))
    elif tag == "additionalInfo":
        c.note(path, read_text(c, child, path))
    elif tag in _PLAIN:
        text = read_text(c, child, path)
        if text is not None:
            c.incident.details.append((path, text))
    else:
        unknown_element(c, child, path)
