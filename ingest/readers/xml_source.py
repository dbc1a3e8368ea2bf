"""XML bytes to elements, within limits that hold while parsing. Any DTD is refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import ParseError
from xml.parsers.expat import errors

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from graph.errors import UnreadableDocumentError
from ingest.limits import Limits, too_many

_MARKER = ("crosstip", "synthetic")
"""Target and data of `<?crosstip synthetic?>`, by which `world/` marks its documents."""
_SCHEMA_INSTANCE = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(slots=True)
class Element:
    """An element without its namespace."""

    tag: str
    attributes: dict[str, str]
    children: list[Element] = field(default_factory=list)
    text: str = ""
    """All character data directly inside it, as it stands."""

    def value(self) -> str | None:
        """Give the text without surrounding blanks, None when there is none."""
        stripped = self.text.strip()
        return stripped if stripped else None

    def child(self, tag: str) -> Element | None:
        """Give the first child of a name."""
        for child in self.children:
            if child.tag == tag:
                return child
        return None

    def child_value(self, tag: str) -> str | None:
        """Give the text of the first child of a name."""
        child = self.child(tag)
        return None if child is None else child.value()

    def placed(self, path: str, repeated: frozenset[str]) -> Iterator[tuple[Element, str]]:
        """Give the children with their paths; those that may repeat are numbered from 0."""
        counts: dict[str, int] = {}
        for child in self.children:
            tag = child.tag
            count = counts.get(tag, 0)
            counts[tag] = count + 1
            place = f"{path}/{tag}" if path else tag
            yield child, f"{place}[{count}]" if count > 0 or tag in repeated else place


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlDocument:
    """A parsed document."""

    root: Element
    synthetic: bool
    """The marker of `world/` stands before the root, or before the root's first child."""


class _Builder:
    """Receives what the parser finds, and stops it at the first limit."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._open: list[Element] = []
        self._nodes = 0
        self._characters = 0
        self._texts: list[list[str]] = []
        self.root: Element | None = None
        self.synthetic = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self._nodes += 1 + len(attributes)
        if self._nodes > self._limits.max_nodes:
            raise too_many("elements and attributes", "max_nodes", self._limits.max_nodes)
        if len(self._open) >= self._limits.max_depth:
            raise too_many("levels of nesting", "max_depth", self._limits.max_depth)
        self._characters = 0
        element = Element(_local(tag), _local_attributes(attributes) if attributes else {})
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)
        self._texts.append([])

    def end(self, _tag: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())
        self._characters = 0

    def data(self, text: str) -> None:
        self._characters += len(text)
        if self._characters > self._limits.max_text:
            raise too_many("characters in one text", "max_text", self._limits.max_text)
        if self._texts:
            self._texts[-1].append(text)

    def pi(self, target: str, data: str | None = None) -> None:
        is_early = self.root is None or (len(self._open) == 1 and not self._open[0].children)
        if is_early and target == _MARKER[0] and (data or "").strip() == _MARKER[1]:
            self.synthetic = True

    def close(self) -> Element | None:
        return self.root


def _local(name: str) -> str:
    return name.rpartition("}")[2] if name[:1] == "{" else name


def _local_attributes(attributes: dict[str, str]) -> dict[str, str]:
    return {
        _local(name): value
        for name, value in attributes.items()
        if not name.startswith(_SCHEMA_INSTANCE)
    }


def parse_xml(data: bytes, limits: Limits) -> XmlDocument:
    """Give the elements of an XML document.

    Raises:
        UnreadableDocumentError: not well-formed, of an unknown or wrong encoding, with a DTD or
            entities (OWASP XML Security Cheat Sheet), or beyond a limit.
    """
    builder = _Builder(limits)
    parser = DefusedXMLParser(target=builder, forbid_dtd=True)
    try:
        parser.feed(data)
        parser.close()
    except DefusedXmlException:
        raise UnreadableDocumentError(
            "it brings a document type or entities of its own, which are refused because they can "
            "read files and fill the memory; ask the sender for plain XML"
        ) from None
    except ParseError as error:
        line, column = error.position
        reason = errors.messages.get(error.code, "broken")
        raise UnreadableDocumentError(
            f"it is not well-formed XML: {reason} at line {line}, column {column + 1}; "
            "ask the sender for a complete copy"
        ) from None
    except (LookupError, ValueError):
        raise UnreadableDocumentError(
            "its declared encoding is unknown, or its bytes do not follow it; ask the sender for "
            "UTF-8"
        ) from None
    if builder.root is None:
        raise UnreadableDocumentError("it holds no XML element; ask the sender for a complete copy")
    return XmlDocument(root=builder.root, synthetic=builder.synthetic)
