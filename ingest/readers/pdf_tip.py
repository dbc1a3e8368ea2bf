"""Tips as PDFs from NCMEC's case tool, read from the text that was taken out of them.

The sections: A what was reported, B what NCMEC's systems added, C what its analysts added, D whom
it went to. Only section A states identifiers; B and D are kept as details for people, C as a note.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.errors import UnreadableDocumentError
from ingest.limits import Limits
from ingest.pdf.text import PdfLine, PdfText
from ingest.readers.ids_json import MARKER, read_tip
from ingest.readers.json_source import Json
from ingest.readers.numbering import Given
from ingest.readers.pdf_incident import incident, keep_loose, template
from ingest.readers.pdf_labels import Block, Label, label
from ingest.readers.pdf_layout import BlockOfFields, Layout, laid_out
from ingest.readers.pdf_pages import page_remarks, require_one_report
from ingest.readers.pdf_tree import Tree, files, person
from ingest.readers.pdf_values import ORDER, date_order, paragraph
from ingest.records import RawAssertion, TipRecord, UnknownItem

PART = "ncmec-pdf"
SYNTHETIC = "SYNTHETIC DOCUMENT OF CROSSTIP"
"""Line by which `world/` marks its PDFs."""
_NUMBER = re.compile(r"cybertip(?:line)? report(?: number)?:? #?(\d{1,15})\b", re.I)
_RECEIVED = re.compile(r"received by ncmec(?: on)?:? (.*)$", re.I)
_PRIORITY = re.compile(r"priority(?: level)?: ?(.{1,60})$", re.I)
_STATUS = re.compile(r"(?:ncmec )?(?:report )?status: ?(.{1,60})$", re.I)
_PREFACE = re.compile(
    r"^(?:the following information was submitted by the reporting\b|contents$|section [a-d]:)",
    re.I,
)
"""What NCMEC prints in every report; it says nothing of this one."""
_NUMBERS = re.compile(r"\b[1-9][0-9]{5,11}\b")
_PLACE = re.compile(r"(?:/[^/\[]*|\[\d+\])$")
_MOST_LINES = 400
"""Lines of the sections B, C and D, each, that are kept as details."""
_PEOPLE: dict[Block, tuple[str, ...]] = {
    Block.REPORTED: ("reportedPeople", "reportedPersons"),
    Block.RECIPIENT: ("intendedRecipients", "intendedRecipients"),
    Block.VICTIM: ("victims", "victims"),
    Block.GUARDIAN: ("guardians", "guardians"),
    Block.REPORTER: ("reportingPerson", "reportingPersons"),
    Block.OFFICER: ("lawEnforcement", "officers"),
}


def read_pdf(text: PdfText, limits: Limits, given: Given) -> TipRecord:
    """Give the record of one PDF.

    Raises:
        UnreadableDocumentError: it holds no text, no tip, or its number contradicts the given one.
    """
    if len(text.lines) == 0:
        raise UnreadableDocumentError(
            "it is a PDF of pictures: no page holds text, and Crosstip reads no pictures; ask the "
            "sender for the PDF or JSON that the case tool exports, or have it recognised (OCR) "
            "and check the result"
        )
    layout = laid_out(text.lines)
    number = _number(layout.head) or _number(text.lines[:40])
    if number is None and not _says_something(layout):
        raise UnreadableDocumentError(
            "it is a PDF, but no CyberTip: it has neither a report number nor a heading of the "
            "case tool; check that the right file was sent"
        )
    require_one_report(text.lines, number)
    tree = Tree(date_order(text.lines))
    document = _document(tree, layout, number, text)
    record = read_tip(document, limits, given)
    return _placed(record, tree, layout, text)


def _says_something(layout: Layout) -> bool:
    return any(b.kind is not None and (b.fields or b.loose) for b in layout.blocks)


def _number(lines: Sequence[PdfLine]) -> str | None:
    """Give the number that a line begins with, else one that ends a line: not one in a sentence."""
    for line in lines:
        found = _NUMBER.match(line.text)
        if found is not None:
            return found[1]
    for line in lines:
        found = _NUMBER.search(line.text)
        if found is not None and line.text[found.end() :].strip() == "":
            return found[1]
    return None


def _first(pattern: re.Pattern[str], lines: list[PdfLine]) -> str | None:
    for line in lines:
        found = pattern.search(line.text)
        if found is not None:
            return found[1].strip()
    return None


def _document(tree: Tree, layout: Layout, number: str | None, text: PdfText) -> dict[str, Json]:
    information: dict[str, Json] = {}
    received = _first(_RECEIVED, layout.head)
    document: dict[str, Json] = {
        "reportId": number,
        "dateReceived": None if received is None else tree.order.iso(received),
        "priority": _first(_PRIORITY, layout.head),
        "status": _first(_STATUS, layout.head),
        "reportedInformation": information,
    }
    if any(SYNTHETIC in line.text for line in text.lines[:5]):
        document[MARKER] = True
    for block in layout.blocks:
        if block.title is None:
            block.loose = [line for line in block.loose if not _is_read(line)]
        _block(tree, information, block)
    _related(tree, document, layout)
    if len(information) == 0:
        information["pdf text"] = text.lines[0].text
    return document


def _block(tree: Tree, information: dict[str, Json], block: BlockOfFields) -> None:
    path = "reportedInformation"
    people = None if block.kind is None else _PEOPLE.get(block.kind)
    if people is not None:
        where = tree.add(information, path, "/".join(people), {}, _place(block))
        given = person(tree, block, where)
        _put_last(information, people, given)
    elif block.kind is Block.FILES:
        keys = "uploadedFiles/uploadedFiles"
        holder = information.setdefault("uploadedFiles", {"uploadedFiles": []})
        listed = holder["uploadedFiles"] if isinstance(holder, dict) else []
        if isinstance(listed, list):
            listed += files(tree, block, f"{path}/{keys}", len(listed))
        keep_loose(tree, information, path, block)
    elif block.kind is Block.NOTES:
        told = paragraph([line.text for line in block.loose])
        if told != "":
            tree.add(information, path, "additionalInformations", {"value": told}, _place(block))
    elif block.kind in (Block.PROVIDER, Block.TEMPLATE):
        template(tree, information, path, block)
    else:
        incident(tree, information, path, block)


def _put_last(information: dict[str, Json], keys: tuple[str, ...], given: dict[str, Json]) -> None:
    holder = information[keys[0]]
    members = holder[keys[1]] if isinstance(holder, dict) else None
    if isinstance(members, list):
        members[-1] = given


def _place(block: BlockOfFields) -> str:
    line = block.title
    return "page 1" if line is None else f"page {line.page}, line {line.number} ({line.text})"


def _related(tree: Tree, document: dict[str, Json], layout: Layout) -> None:
    """Read numbers of other reports: the provider's prior ones, and NCMEC's related ones."""
    for block in layout.blocks:
        for found in block.fields:
            if found.label in (Label.PRIOR, Label.RELATED):
                key = "priorReports" if found.label is Label.PRIOR else "relatedReports"
                for text, _ in found.lines:
                    for number in _NUMBERS.findall(text):
                        tree.add(document, "", key, number, found.place)
    for line in layout.further.get("c", ()):
        known = label(line.text)
        if known is not None and known[0] in (Label.PRIOR, Label.RELATED):
            for number in _NUMBERS.findall(known[2]):
                place = f"page {line.page}, line {line.number} ({known[1]})"
                tree.add(document, "", "relatedReports", number, place)


def _placed(record: TipRecord, tree: Tree, layout: Layout, text: PdfText) -> TipRecord:
    """Give the record with places in the PDF for places in the JSON, and what else the PDF says."""
    details = list(record.incident.details)
    details += [
        (f"page {line.page}, line {line.number}", line.text)
        for line in _unread(layout)[:_MOST_LINES]
    ]
    for name in ("b", "c", "d"):
        kept = layout.further.get(name, [])[:_MOST_LINES]
        details += [(f"page {line.page}, section {name.upper()}", line.text) for line in kept]
    unknown = [replace(item, path=_found(tree, item.path)) for item in record.unknown]
    unknown += _remarks(layout, text)
    return replace(
        record,
        part=PART,
        incident=replace(
            record.incident,
            details=tuple((_found(tree, path), value) for path, value in details),
        ),
        assertions=tuple(_at(tree, one) for one in record.assertions),
        texts=tuple(replace(one, path=_found(tree, one.path)) for one in record.texts),
        unknown=tuple(unknown),
    )


def _unread(layout: Layout) -> list[PdfLine]:
    """Give the lines of the head that say what no field has: the summary on the first page."""
    if not layout.has_sections:
        return []
    return [line for line in layout.head if not _is_read(line)]


def _is_read(line: PdfLine) -> bool:
    read = (_NUMBER, _RECEIVED, _PRIORITY, _STATUS, ORDER, _PREFACE)
    return SYNTHETIC in line.text or any(one.search(line.text) is not None for one in read)


def _remarks(layout: Layout, text: PdfText) -> list[UnknownItem]:
    told: list[UnknownItem] = []
    if len(text.empty_pages) > 0:
        pages = ", ".join(str(page) for page in text.empty_pages[:20])
        why = f"no text on page {pages}: if it is a picture of text, nothing of it was read"
        told.append(UnknownItem(path="pages", value=why, why="text"))
    told += [
        UnknownItem(path="pages", value=why, why="text")
        for why in page_remarks(text.lines, text.pages)
    ]
    if text.cut_off is not None:
        told.append(UnknownItem(path="pages", value=text.cut_off, why="text"))
    for name, lines in sorted(layout.further.items()):
        if len(lines) > _MOST_LINES:
            why = f"{len(lines) - _MOST_LINES} more lines of section {name.upper()} were not kept"
            told.append(UnknownItem(path=f"section {name.upper()}", value=why, why="text"))
    return told


def _at(tree: Tree, one: RawAssertion) -> RawAssertion:
    return replace(one, path=_found(tree, one.path))


def _found(tree: Tree, path: str) -> str:
    """Give the place of a value: its own, or that of the nearest thing around it."""
    base, at, mined = path.rpartition("@")
    inner = base if at != "" and mined.isdigit() else path
    suffix = f"@{mined}" if inner is not path else ""
    while inner != "":
        place = tree.places.get(inner)
        if place is not None:
            return place + suffix
        inner = _PLACE.sub("", inner) if _PLACE.search(inner) is not None else ""
    return path
