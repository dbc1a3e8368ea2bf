"""What an XML document states twice where its schema has it once, and text between elements.

A reader takes one of two values; the others are kept here, so that none goes without a word.
"""

from __future__ import annotations

from graph.errors import UnreadableDocumentError
from ingest.readers.collect import Collector
from ingest.readers.stated import report_number
from ingest.readers.xml_source import Element

_ONCE = frozenset(
    {
        "ipAddress",
        "eventName",
        "dateTime",
        "incidentDateTime",
        "incidentSummary",
        "escalateToHighPriority",
        "fileId",
        "fileName",
        "originalFileName",
        "locationOfFile",
        "fileRelevance",
        "industryClassification",
        "viewedByEsp",
        "exifViewedByEsp",
        "publiclyAvailable",
        "dateOfBirth",
    }
)
_MOST = 100
"""Values that are told of one document."""


def require_one_number(root: Element) -> None:
    """Refuse two report numbers in one document.

    Raises:
        UnreadableDocumentError: there are two.
    """
    numbers = {report_number(c.value()) or c.value() for c in root.children if c.tag == "reportId"}
    if len(numbers - {None}) > 1:
        raise UnreadableDocumentError(
            "it states two different report numbers, so it is not clear which tip it is; "
            "ask the sender for a correct copy"
        )


def keep_torn(c: Collector, root: Element) -> None:
    """Keep what is stated twice, and text that stands between elements."""
    told = 0
    level = [(root, "")]
    while level and told < _MOST:
        below = []
        for element, path in level:
            text = element.value()
            if text is not None and element.children and told < _MOST:
                c.unknown(path or element.tag, text, "element")
                told += 1
            for tag, values in _stated_twice(element).items():
                for value in values[: _MOST - told]:
                    c.unknown(f"{path}/{tag}" if path else tag, value, "duplicate")
                    told += 1
            below += [
                (child, f"{path}/{child.tag}" if path else child.tag)
                for child in element.children
                if child.children
            ]
        level = below


def _stated_twice(element: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for child in element.children:
        if child.tag in _ONCE:
            value = _words(child)
            if value != "" and value not in found.setdefault(child.tag, []):
                found[child.tag].append(value)
    return {tag: values for tag, values in found.items() if len(values) > 1}


def _words(element: Element) -> str:
    """Give the text of an element, or those of its children."""
    if not element.children:
        return element.value() or ""
    return " ".join(f"{child.tag}={child.value() or ''}" for child in element.children)
