"""NCMEC XML: `<fileDetails>`, what a provider says about one uploaded file."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from graph.identifiers.core import IdentifierKind, RawIdentifier
from graph.roles import Role
from ingest.limits import Limits
from ingest.readers.collect import Collector
from ingest.readers.drafts import MENTIONED, Bearer
from ingest.readers.ids_files import bounded_id
from ingest.readers.numbering import Given, document_number
from ingest.readers.stated import report_number
from ingest.readers.vocabulary import (
    CLASSIFICATIONS,
    DETAIL_TYPES,
    FILE_ANNOTATIONS,
    RELEVANCES,
)
from ingest.readers.xml_contacts import (
    read_capture,
    read_device,
    read_text,
    read_yes_no,
    unknown_attributes,
    unknown_children,
    unknown_element,
)
from ingest.readers.xml_incident import read_annotations
from ingest.readers.xml_source import Element, XmlDocument
from ingest.readers.xml_torn import keep_torn, require_one_number
from ingest.records import FileRecord, NumberSource, Stated, TipRecord

PART_PREFIX = "ncmec-file:"
_REPEATED = frozenset({"originalFileHash", "deviceId", "details", "additionalInfo"})
_HASH_VALUE = re.compile(r"[0-9A-Fa-f]{32,512}|[A-Za-z0-9+/]{40,512}={0,2}")


@dataclass(slots=True, kw_only=True)
class _File:
    """The file while its details are read."""

    bearer: Bearer
    texts: dict[str, str] = field(default_factory=dict)
    viewed: Stated = Stated.NOT_STATED
    exif_viewed: Stated = Stated.NOT_STATED
    public: Stated = Stated.NOT_STATED
    annotations: list[str] = field(default_factory=list)
    other: list[tuple[str, str]] = field(default_factory=list)


_TEXTS = frozenset(
    {
        "reportId",
        "fileId",
        "fileName",
        "originalFileName",
        "uploadedToEspTimestamp",
        "locationOfFile",
        "fileRelevance",
        "industryClassification",
    }
)


def read_file_details(document: XmlDocument, limits: Limits, given: Given) -> TipRecord:
    """Give the record of one file: a part of its tip of its own, so that versions do not mix.

    Raises:
        UnreadableDocumentError: its report number contradicts the one that was given, or another
            one that it states.
    """
    root = document.root
    require_one_number(root)
    c = Collector(limits, provider=given.provider)
    keep_torn(c, root)
    file_id = _file_id(root)
    file = _File(bearer=Bearer(role=Role.FILE, file_id=file_id))
    unknown_attributes(c, root, "")
    for child, place in root.placed("", _REPEATED):
        _field(c, child, place, file)
    c.files.append(
        FileRecord(
            file_id=file_id,
            name=file.texts.get("fileName"),
            original_name=file.texts.get("originalFileName"),
            uploaded_time=file.texts.get("uploadedToEspTimestamp"),
            location=file.texts.get("locationOfFile"),
            viewed_by_esp=file.viewed,
            exif_viewed_by_esp=file.exif_viewed,
            publicly_available=file.public,
            relevance=c.known("fileRelevance", file.texts.get("fileRelevance"), RELEVANCES),
            classification=c.known(
                "industryClassification", file.texts.get("industryClassification"), CLASSIFICATIONS
            ),
            annotations=tuple(file.annotations),
            other=tuple(file.other),
        )
    )
    stated_number = file.texts.get("reportId")
    number, source = document_number(report_number(stated_number), given, NumberSource.FILE_DETAILS)
    if stated_number is not None and report_number(stated_number) is None:
        c.unknown("reportId", stated_number, "type")
    return c.finished(
        part=PART_PREFIX + file_id,
        number=number,
        number_source=source,
        synthetic=document.synthetic,
    )


def _file_id(root: Element) -> str:
    """Give the file's id; without one its hash or name tells it from the tip's other files."""
    for tag in ("fileId", "originalFileHash", "originalFileName", "fileName"):
        text = root.child_value(tag)
        if text is not None:
            return bounded_id(text)
    return "index:0"


def _field(c: Collector, child: Element, path: str, file: _File) -> None:
    tag = child.tag
    if tag == "originalFileHash":
        _hash(c, child, path, file)
    elif tag == "fileAnnotations":
        file.annotations.extend(read_annotations(c, child, path, FILE_ANNOTATIONS))
    elif tag == "fileViewedByEsp":
        file.viewed = read_yes_no(c, child, path)
    elif tag == "exifViewedByEsp":
        file.exif_viewed = read_yes_no(c, child, path)
    elif tag == "publiclyAvailable":
        file.public = read_yes_no(c, child, path)
    elif tag == "ipCaptureEvent":
        read_capture(c, child, path, file.bearer)
    elif tag == "deviceId":
        read_device(c, child, path, file.bearer)
    elif tag == "details":
        _details(c, child, path, file)
    elif tag == "additionalInfo":
        about = Bearer(role=Role.MENTIONED, file_id=file.bearer.file_id)
        c.note(path, read_text(c, child, path), about)
    elif tag in _TEXTS:
        text = read_text(c, child, path)
        if text is not None:
            file.texts[tag] = text
            if tag == "locationOfFile":
                c.identify(RawIdentifier(kind=IdentifierKind.URL, value=text), file.bearer, path)
    else:
        unknown_element(c, child, path)


def _hash(c: Collector, child: Element, path: str, file: _File) -> None:
    unknown_attributes(c, child, path, frozenset({"hashType"}))
    text = child.value()
    if text is not None:
        raw = RawIdentifier(
            kind=IdentifierKind.FILE_HASH, value=text, subtype=child.attributes.get("hashType")
        )
        c.identify(raw, file.bearer, path)


def _details(c: Collector, element: Element, path: str, file: _File) -> None:
    """Keep name and value as they are; values of type HASH that read as hashes identify."""
    for child, place in element.placed(path, frozenset({"nameValuePair"})):
        if child.tag != "nameValuePair":
            unknown_element(c, child, place)
            continue
        unknown_attributes(c, child, place, frozenset({"type"}))
        unknown_children(c, child, place, frozenset({"name", "value"}))
        kind = c.known(f"{place}@type", child.attributes.get("type"), DETAIL_TYPES)
        name, value = child.child_value("name"), child.child_value("value")
        if value is None:
            continue
        file.other.append((f"{kind}/{name or '?'}" if kind else name or "?", value))
        if (kind or "").upper() == "HASH" and _HASH_VALUE.fullmatch(value) is not None:
            raw = RawIdentifier(kind=IdentifierKind.FILE_HASH, value=value, subtype=name)
            c.identify(raw, file.bearer, place)
        else:
            about = Bearer(role=MENTIONED.role, file_id=file.bearer.file_id)
            c.mined(f"{place}/value", value, about)
