"""NCMEC XML: the small types that many blocks share (phone, email, address, captures, devices)."""

from __future__ import annotations

from graph.identifiers.core import IdentifierKind, RawIdentifier
from ingest.readers.collect import UNKNOWN_LENGTH, Collector
from ingest.readers.drafts import Bearer, Circumstances
from ingest.readers.stated import stated
from ingest.readers.vocabulary import ADDRESS_TYPES, EMAIL_TYPES, EVENTS, PHONE_TYPES
from ingest.readers.xml_source import Element
from ingest.records import Stated

_CAPTURE = frozenset({"ipAddress", "eventName", "dateTime", "possibleProxy", "port"})
_DEVICE = frozenset({"idType", "idValue", "eventName", "dateTime"})
_ADDRESS = ("address", "city", "state", "nonUsaState", "zipCode", "country")
_LOCATION = ("city", "region", "countryCode")
_PHONE_ATTRIBUTES = frozenset(
    {"type", "verified", "verificationDate", "countryCallingCode", "extension"}
)
_EMAIL_ATTRIBUTES = frozenset({"type", "verified", "verificationDate"})
_NONE: frozenset[str] = frozenset()
_DEEPEST = 3
"""Levels of an unknown element that are shown."""


def shown(element: Element, level: int = 0) -> str:
    """Give an element that no reader knows as one line: its text, and its children as `tag=…`."""
    parts = [element.value() or ""]
    parts += [f"@{name}={value}" for name, value in element.attributes.items()]
    if level < _DEEPEST:
        parts += [f"{child.tag}={shown(child, level + 1)}" for child in element.children[:20]]
    return " ".join(part for part in parts if part)[:UNKNOWN_LENGTH]


def unknown_element(c: Collector, element: Element, path: str) -> None:
    """Keep an element that no reader knows."""
    c.unknown(path, shown(element), "element")


def unknown_attributes(
    c: Collector, element: Element, path: str, known: frozenset[str] = _NONE
) -> None:
    """Keep the attributes that a reader does not know."""
    for name, value in element.attributes.items():
        if name not in known:
            c.unknown(f"{path}@{name}", value, "attribute")


def unknown_children(c: Collector, element: Element, path: str, known: frozenset[str]) -> None:
    """Keep the children that a reader does not know."""
    for child in element.children:
        if child.tag not in known:
            unknown_element(c, child, f"{path}/{child.tag}")


def read_text(c: Collector, element: Element, path: str) -> str | None:
    """Give the text of an element that should hold nothing else; what else it holds is kept."""
    if element.attributes:
        unknown_attributes(c, element, path)
    if element.children:
        unknown_children(c, element, path, _NONE)
    return element.value()


def read_yes_no(c: Collector, element: Element, path: str) -> Stated:
    """Give what a boolean element says; an empty one says nothing."""
    return c.yes_no(path, read_text(c, element, path))


def is_flag(c: Collector, element: Element, path: str) -> bool:
    """Tell whether a presence-only element counts as present.

    Some clients model these elements as booleans; `<spam>false</spam>` is absent, and counted.
    """
    text = element.value()
    if stated(text) is Stated.NO:
        c.unknown(path, text or "", "flag")
        return False
    return True


def read_phone(c: Collector, element: Element, path: str, bearer: Bearer) -> None:
    """Read `phone` or `phoneNumber`."""
    unknown_attributes(c, element, path, _PHONE_ATTRIBUTES)
    unknown_children(c, element, path, _NONE)
    text = element.value()
    if text is None:
        return
    raw = RawIdentifier(
        kind=IdentifierKind.PHONE,
        value=text,
        calling_code=element.attributes.get("countryCallingCode"),
        extension=element.attributes.get("extension"),
    )
    c.identify(raw, bearer, path, _contact(c, element, path, PHONE_TYPES))


def read_email(c: Collector, element: Element, path: str, bearer: Bearer) -> None:
    """Read `email` or `emailAddress`."""
    unknown_attributes(c, element, path, _EMAIL_ATTRIBUTES)
    unknown_children(c, element, path, _NONE)
    text = element.value()
    if text is not None:
        raw = RawIdentifier(kind=IdentifierKind.EMAIL, value=text)
        c.identify(raw, bearer, path, _contact(c, element, path, EMAIL_TYPES))


def _contact(c: Collector, element: Element, path: str, types: frozenset[str]) -> Circumstances:
    attributes = element.attributes
    return Circumstances(
        verified=c.yes_no(f"{path}@verified", attributes.get("verified")),
        verified_time=attributes.get("verificationDate"),
        contact_type=c.known(f"{path}@type", attributes.get("type"), types),
    )


def address_line(c: Collector, element: Element, path: str) -> str | None:
    """Give an address in one line, with its type in brackets."""
    unknown_attributes(c, element, path, frozenset({"type"}))
    unknown_children(c, element, path, frozenset(_ADDRESS))
    kind = c.known(f"{path}@type", element.attributes.get("type"), ADDRESS_TYPES)
    parts = [element.value(), *(element.child_value(tag) for tag in _ADDRESS)]
    line = ", ".join(part for part in parts if part is not None)
    if not line:
        return None
    return line if kind is None else f"{line} ({kind})"


def location_line(c: Collector, element: Element, path: str) -> str | None:
    """Give an estimated location in one line, with what is said about it in brackets."""
    unknown_attributes(c, element, path, frozenset({"verified", "timestamp"}))
    unknown_children(c, element, path, frozenset(_LOCATION))
    parts = [element.value(), *(element.child_value(tag) for tag in _LOCATION)]
    line = ", ".join(part for part in parts if part is not None)
    about = [
        f"{name} {element.attributes[name]}"
        for name in ("verified", "timestamp")
        if name in element.attributes
    ]
    if not line:
        return None
    return f"{line} ({', '.join(about)})" if about else line


def read_capture(c: Collector, element: Element, path: str, bearer: Bearer) -> None:
    """Read `ipCaptureEvent`: the address is required, all else may be missing."""
    unknown_attributes(c, element, path)
    unknown_children(c, element, path, _CAPTURE)
    address = element.child_value("ipAddress")
    if address is None:
        unknown_element(c, element, path)
        return
    c.identify(
        RawIdentifier(kind=IdentifierKind.IP_ADDRESS, value=address),
        bearer,
        path,
        Circumstances(
            event=c.known(f"{path}/eventName", element.child_value("eventName"), EVENTS),
            time=element.child_value("dateTime"),
            port=element.child_value("port"),
            possible_proxy=c.yes_no(f"{path}/possibleProxy", element.child_value("possibleProxy")),
        ),
    )


def read_device(c: Collector, element: Element, path: str, bearer: Bearer) -> None:
    """Read `deviceId`."""
    unknown_attributes(c, element, path)
    unknown_children(c, element, path, _DEVICE)
    value = element.child_value("idValue")
    if value is None:
        unknown_element(c, element, path)
        return
    c.identify(
        RawIdentifier(
            kind=IdentifierKind.DEVICE, value=value, subtype=element.child_value("idType")
        ),
        bearer,
        path,
        Circumstances(
            event=c.known(f"{path}/eventName", element.child_value("eventName"), EVENTS),
            time=element.child_value("dateTime"),
        ),
    )
