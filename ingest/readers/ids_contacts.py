"""ICAC Data System JSON: contacts, addresses, captures and names within a block."""

from __future__ import annotations

from graph.identifiers.core import IdentifierKind, RawIdentifier
from ingest.readers.collect import Collector
from ingest.readers.drafts import PLAIN, Bearer, Circumstances, PersonDraft
from ingest.readers.json_shape import dumped, items_of, one_text, text_of, wrapper_rest
from ingest.readers.json_source import Json
from ingest.readers.stated import is_nothing, stated
from ingest.readers.vocabulary import EVENTS
from ingest.records import Stated

_CONTACT_KEYS = frozenset(
    {"value", "verified", "type", "verificationDate", "countryCallingCode", "extension"}
)
_BARE_CONTACT_KEYS = frozenset({"value", "verified"})
_CAPTURE_KEYS = frozenset(
    {"captureType", "value", "dateTime", "eventName", "port", "possibleProxy"}
)
_ADDRESS_KEYS = ("street1", "street2", "city", "state", "postalCode", "country")
_CAPTURE_KINDS: dict[str, IdentifierKind] = {
    "ip address": IdentifierKind.IP_ADDRESS,
    "ip": IdentifierKind.IP_ADDRESS,
    "profile url": IdentifierKind.URL,
    "url": IdentifierKind.URL,
}
"""The capture types seen in public readers of this format (cybertipParser, CAT-RG)."""
_LIKELY_KINDS: tuple[tuple[str, IdentifierKind], ...] = (
    ("ip", IdentifierKind.IP_ADDRESS),
    ("url", IdentifierKind.URL),
    ("email", IdentifierKind.EMAIL),
    ("e-mail", IdentifierKind.EMAIL),
    ("phone", IdentifierKind.PHONE),
    ("device", IdentifierKind.DEVICE),
    ("imei", IdentifierKind.DEVICE),
)
"""Words in a capture type not seen yet that leave its meaning plain; it is counted all the same."""


def read_contacts(
    c: Collector, value: Json, path: str, wrapper: str, kind: IdentifierKind, bearer: Bearer
) -> None:
    """Read `emails` or `phones`: `{"emails": [{"value", "verified"}]}`, a list, or bare texts."""
    wrapper_rest(c, value, path, wrapper)
    for item, place in items_of(value, path, wrapper):
        if not isinstance(item, dict):
            text = text_of(item)
            if text is None:
                c.unknown(place, dumped(item), "type")
            else:
                c.identify(RawIdentifier(kind=kind, value=text), bearer, place)
            continue
        text = _value(c, item, place)
        if text is not None:
            c.identify(_contact(kind, text, item), bearer, place, _verified(c, item, place))
        rest(c, item, place, _CONTACT_KEYS)


def _value(c: Collector, item: dict[str, Json], place: str) -> str | None:
    value = item.get("value")
    if isinstance(value, str):
        return None if is_nothing(value) else value
    return one_text(c, value, f"{place}/value")


def _contact(kind: IdentifierKind, text: str, item: dict[str, Json]) -> RawIdentifier:
    return RawIdentifier(
        kind=kind,
        value=text,
        calling_code=text_of(item.get("countryCallingCode")),
        extension=text_of(item.get("extension")),
    )


def _verified(c: Collector, item: dict[str, Json], place: str) -> Circumstances:
    """Give what is said about verification; a time in `verified` means yes."""
    if item.keys() <= _BARE_CONTACT_KEYS and item.get("verified") is None:
        return PLAIN
    word = text_of(item.get("verified"))
    time = text_of(item.get("verificationDate"))
    answer = stated(word)
    if answer is None:
        is_time = word is not None and word[:4].isdigit()
        if is_time:
            answer, time = Stated.YES, time or word
        else:
            answer = c.yes_no(f"{place}/verified", word)
    return Circumstances(
        verified=answer, verified_time=time, contact_type=text_of(item.get("type"))
    )


def read_addresses(c: Collector, value: Json, path: str, person: PersonDraft) -> None:
    """Read postal addresses, one line each."""
    wrapper_rest(c, value, path, "addresses")
    for item, place in items_of(value, path, "addresses"):
        if isinstance(item, dict):
            parts = [text_of(item.get(key)) for key in _ADDRESS_KEYS]
            line = ", ".join(part for part in parts if part is not None)
            rest(c, item, place, frozenset({*_ADDRESS_KEYS, "type", "value"}))
            value_line = text_of(item.get("value"))
            if (country := text_of(item.get("country"))) is not None:
                person.countries.append(country)
            line = line or value_line or ""
        else:
            line = text_of(item) or ""
        if line:
            person.addresses.append(line)


def read_names(c: Collector, value: Json, path: str, bearer: Bearer, service: str | None) -> None:
    """Read `screenName`: `{"value": …}`, a text, or a list of either."""
    for item, place in items_of(value, path, "screenNames"):
        if isinstance(item, dict):
            text = _value(c, item, place)
            rest(c, item, place, frozenset({"value"}))
        else:
            text = one_text(c, item, place)
        if text is not None:
            raw = RawIdentifier(
                kind=IdentifierKind.SCREEN_NAME, value=text, provider=c.provider, service=service
            )
            c.identify(raw, bearer, place)


def read_captures(c: Collector, value: Json, path: str, bearer: Bearer) -> None:
    """Read `sourceInformation`: IP addresses and URLs with event, time and port."""
    wrapper_rest(c, value, path, "sourceCaptures")
    for item, place in items_of(value, path, "sourceCaptures"):
        if not isinstance(item, dict):
            c.unknown(place, dumped(item), "type")
            continue
        text = _value(c, item, place)
        kind = _capture_kind(c, item.get("captureType"), text, place)
        if text is not None and kind is None:
            c.unknown(f"{place}/value", text, "type")
        elif text is not None and kind is not None:
            _capture(c, item, text, kind, bearer, place)
        rest(c, item, place, _CAPTURE_KEYS)


def _capture(
    c: Collector,
    item: dict[str, Json],
    text: str,
    kind: IdentifierKind,
    bearer: Bearer,
    place: str,
) -> None:
    stated_type = text_of(item.get("captureType"))
    is_device = kind is IdentifierKind.DEVICE
    c.identify(
        RawIdentifier(kind=kind, value=text, subtype=stated_type if is_device else None),
        bearer,
        place,
        Circumstances(
            event=c.known(place, text_of(item.get("eventName")), EVENTS, "eventName"),
            time=one_text(c, item.get("dateTime"), f"{place}/dateTime"),
            port=text_of(item.get("port")),
            possible_proxy=yes_no(c, item, "possibleProxy", place),
            contact_type=stated_type if kind is IdentifierKind.URL else None,
        ),
    )


def _capture_kind(c: Collector, value: Json, text: str | None, place: str) -> IdentifierKind | None:
    word = text_of(value)
    if word is None:
        return IdentifierKind.URL if text is not None and "://" in text else None
    folded = word.strip().lower()
    kind = _CAPTURE_KINDS.get(folded)
    if kind is not None:
        return kind
    c.unknown(f"{place}/captureType", word, "enum")
    return next((likely for part, likely in _LIKELY_KINDS if part in folded), None)


def yes_no(c: Collector, item: dict[str, Json], key: str, place: str) -> Stated:
    """Give what a yes-or-no key says; silence when it is missing or null."""
    value = item.get(key)
    if value is None:
        return Stated.NOT_STATED
    if isinstance(value, bool):
        return Stated.YES if value else Stated.NO
    return c.yes_no(f"{place}/{key}", one_text(c, value, f"{place}/{key}"))


def read_notes(c: Collector, value: Json, path: str, bearer: Bearer) -> None:
    """Read `additionalInformations`: a list of `{"value": text}`."""
    for item, place in items_of(value, path, "additionalInformations"):
        if isinstance(item, dict):
            c.note(place, _value(c, item, place), bearer)
            rest(c, item, place, frozenset({"value"}))
        else:
            c.note(place, one_text(c, item, place), bearer)


def rest(c: Collector, item: dict[str, Json], place: str, known: frozenset[str]) -> None:
    """Keep the keys that a reader does not know."""
    if item.keys() <= known:
        return
    for key, value in item.items():
        if key not in known and value is not None:
            c.unknown(f"{place}/{key}", dumped(value), "key")
