"""NCMEC reporting-API XML: which document it is, and the blocks of `<report>`.

Source: CyberTipline Reporting API (report.cybertip.org/ispws/documentation), read through the
models of the PyPI package `ncmec-cybertip` 0.1.1 and CyberTipline-Tools (bdac42b). The schema
itself is not public. It grows: what is not known here is kept and counted.
"""

from __future__ import annotations

from graph.errors import UnreadableDocumentError
from graph.roles import Role
from ingest.limits import Limits
from ingest.readers.collect import Collector
from ingest.readers.numbering import Given
from ingest.readers.vocabulary import BATCH_REASONS
from ingest.readers.xml_contacts import (
    read_text,
    unknown_attributes,
    unknown_children,
    unknown_element,
)
from ingest.readers.xml_files import read_file_details
from ingest.readers.xml_incident import read_details, read_summary
from ingest.readers.xml_people import read_block
from ingest.readers.xml_reporter import read_law_enforcement, read_reporter
from ingest.readers.xml_responses import read_response
from ingest.readers.xml_source import Element, XmlDocument, parse_xml
from ingest.readers.xml_torn import keep_torn
from ingest.records import NumberStatement, TipRecord

PART = "ncmec-report"
_REPEATED = frozenset({"internetDetails", "intendedRecipient", "victim"})
_PEOPLE = {
    "personOrUserReported": (Role.REPORTED, "reported"),
    "intendedRecipient": (Role.INTENDED_RECIPIENT, "intended_recipient"),
    "victim": (Role.VICTIM, "victim"),
}


def read_xml(data: bytes, limits: Limits, given: Given) -> TipRecord | NumberStatement:
    """Give what an XML document states.

    Raises:
        UnreadableDocumentError: not one of NCMEC's documents, broken, or beyond a limit.
    """
    document = parse_xml(data, limits)
    tag = document.root.tag
    if tag == "report":
        return read_report(document, limits, given)
    if tag == "fileDetails":
        return read_file_details(document, limits, given)
    if tag in ("reportResponse", "reportDoneResponse"):
        return read_response(document)
    raise UnreadableDocumentError(
        "its root element is none of report, fileDetails, reportResponse and reportDoneResponse; "
        "check that the right file was sent"
    )


def read_report(document: XmlDocument, limits: Limits, given: Given) -> TipRecord:
    """Give the record of a `<report>`. It carries no number of its own: one may be given.

    Raises:
        UnreadableDocumentError: the element is empty.
    """
    root = document.root
    if len(root.children) == 0:
        raise UnreadableDocumentError(
            "its report element is empty, so it says nothing about a tip; "
            "ask the sender for a complete copy"
        )
    c = Collector(limits, provider=given.provider)
    unknown_attributes(c, root, "")
    for child, place in root.placed("", _REPEATED):
        _block(c, child, place)
    keep_torn(c, root)
    return c.finished(
        part=PART,
        number=given.report_number,
        number_source=given.number_source,
        synthetic=document.synthetic,
    )


def _block(c: Collector, child: Element, path: str) -> None:
    tag = child.tag
    if tag in _PEOPLE:
        role, label = _PEOPLE[tag]
        read_block(c, child, path, role, label)
    elif tag == "incidentSummary":
        read_summary(c, child, path)
    elif tag == "internetDetails":
        read_details(c, child, path)
    elif tag == "reporter":
        read_reporter(c, child, path)
    elif tag == "lawEnforcement":
        read_law_enforcement(c, child, path)
    elif tag == "batchedReport":
        unknown_attributes(c, child, path, frozenset({"reason"}))
        unknown_children(c, child, path, frozenset())
        reason = child.attributes.get("reason") or child.value() or "not stated"
        c.incident.batched_reason = c.known(f"{path}@reason", reason, BATCH_REASONS)
    elif tag == "additionalInfo":
        c.note(path, read_text(c, child, path))
    else:
        unknown_element(c, child, path)
