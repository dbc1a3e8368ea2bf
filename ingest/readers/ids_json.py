"""Tips as JSON from the ICAC Data System.

Source of the shape: two public readers of these files, itslily88/cybertipParser and
koebbe14/CyberTip-Analyzer-Tool-Report-Generator; there is no published description. Keys may be
missing or null, and the files begin with a byte order mark.
"""

from __future__ import annotations

from graph.errors import UnreadableDocumentError
from graph.roles import Role
from ingest.limits import Limits
from ingest.readers.collect import Collector
from ingest.readers.drafts import MENTIONED
from ingest.readers.ids_contacts import read_notes
from ingest.readers.ids_files import read_files
from ingest.readers.ids_incident import read_details, read_summary
from ingest.readers.ids_people import read_people, read_person, read_protected
from ingest.readers.json_shape import dumped, items_of, one_text, text_of
from ingest.readers.json_source import REPEATED, Json
from ingest.readers.numbering import Given, document_number
from ingest.readers.stated import report_number
from ingest.records import TipRecord

PART = "ids-json"
MARKER = "crosstipSynthetic"
"""Key by which `world/` marks its documents; true means synthetic."""
_PRIORITY_KEYS = ("priority", "ncmecPriority", "priorityLevel")
_STATUS_KEYS = ("status", "ncmecStatus", "reportStatus")
_RELATED_KEYS = ("relatedReports", "relatedReportIds")
_PRIOR_KEYS = ("priorReports", "priorCTReports")
_TEMPLATE_KEYS = ("companyTemplate", "termsOfService", "legalUrl", "legalURL")
"""Keys of priority, status and other reports were not seen: these plain names are taken when a
document has them, at the top or in `reportedInformation`."""


def looks_like_tip(value: Json) -> bool:
    """Tell whether a JSON value is an object with a tip's keys."""
    return isinstance(value, dict) and ("reportId" in value or "reportedInformation" in value)


def read_tip(value: Json, limits: Limits, given: Given) -> TipRecord:
    """Give the record of one tip.

    Raises:
        UnreadableDocumentError: no tip, or its number contradicts the one that was given.
    """
    if isinstance(value, list):
        raise UnreadableDocumentError(
            "it is a list without tips in it; check that the right file was sent"
        )
    if not isinstance(value, dict) or not looks_like_tip(value):
        raise UnreadableDocumentError(
            "it is JSON, but no tip: it has neither reportId nor reportedInformation; "
            "check that the right file was sent"
        )
    information = value.get("reportedInformation")
    if not isinstance(information, dict) or len(information) == 0:
        raise UnreadableDocumentError(
            "its reportedInformation is missing or no object, so it says nothing about the tip; "
            "ask the sender for a complete copy"
        )
    if f"reportId{REPEATED}" in value:
        raise UnreadableDocumentError(
            "it states two different report numbers, so it is not clear which tip it is; "
            "ask the sender for a correct copy"
        )
    c = Collector(limits, provider=given.provider)
    _top(c, value)
    _information(c, information, "reportedInformation")
    stated_number = text_of(value.get("reportId"))
    number, source = document_number(report_number(stated_number), given)
    if value.get("reportId") is not None and report_number(stated_number) is None:
        c.unknown("reportId", dumped(value["reportId"]), "type")
    synthetic = text_of(value.get(MARKER)) == "true"
    return c.finished(part=PART, number=number, number_source=source, synthetic=synthetic)


def _top(c: Collector, value: dict[str, Json]) -> None:
    c.received_time = one_text(c, value.get("dateReceived"), "dateReceived")
    for key, item in value.items():
        if key in ("reportId", "dateReceived", "reportedInformation", MARKER) or item is None:
            continue
        if not _shared(c, key, item, key):
            c.unknown(key, dumped(item), "key")


def _shared(c: Collector, key: str, item: Json, path: str) -> bool:
    """Read keys that may stand at the top or in `reportedInformation`."""
    if key in _PRIORITY_KEYS:
        before, c.ncmec_priority = c.ncmec_priority, one_text(c, item, path)
        if before not in (None, c.ncmec_priority):
            c.unknown(path, before, "duplicate")
    elif key in _STATUS_KEYS:
        c.ncmec_status = one_text(c, item, path)
    elif key in _RELATED_KEYS or key in _PRIOR_KEYS:
        record = c.related if key in _RELATED_KEYS else c.prior
        for one, place in items_of(item, path, key, "reports"):
            inner = one.get("reportId") if isinstance(one, dict) else one
            record(place, text_of(inner) if inner is not None else dumped(one))
    elif key in _TEMPLATE_KEYS:
        text = one_text(c, item, path)
        if text is not None:
            c.reporter_fields.append((key, text))
    else:
        return read_protected(c, key, item, path)
    return True


def _information(c: Collector, value: dict[str, Json], path: str) -> None:
    _provider(c, value.get("reportingEsp"), f"{path}/reportingEsp")
    for key, item in value.items():
        place = f"{path}/{key}"
        if item is None or key == "reportingEsp":
            continue
        if key == "additionalInformations":
            read_notes(c, item, place, MENTIONED)
        elif key == "incidentSummary":
            read_summary(c, item, place)
        elif key == "incidentDetails":
            read_details(c, item, place)
        elif key == "reportedPeople":
            read_people(c, item, place, "reportedPersons", Role.REPORTED, "reported")
        elif key == "intendedRecipients":
            recipient = Role.INTENDED_RECIPIENT
            read_people(c, item, place, key, recipient, "intended_recipient")
        elif key == "uploadedFiles":
            read_files(c, item, place)
        elif not _shared(c, key, item, place):
            c.unknown(place, dumped(item), "key")


def _provider(c: Collector, value: Json, path: str) -> None:
    """Read who reported: the name leads all accounts, the person is a contact, never a subject."""
    if not isinstance(value, dict):
        c.provider = one_text(c, value, path) or c.provider
        return
    c.provider = one_text(c, value.get("espName"), f"{path}/espName") or c.provider
    contact: dict[str, Json] = {}
    for key, item in value.items():
        if key in _TEMPLATE_KEYS:
            text = one_text(c, item, f"{path}/{key}")
            if text is not None:
                c.reporter_fields.append((key, text))
        elif key != "espName" and item is not None:
            contact[key] = item
    if len(contact) > 0:
        read_person(c, contact, path, Role.REPORTER, "reporter")
