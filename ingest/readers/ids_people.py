"""ICAC Data System JSON: person blocks. The role comes from the block, never from its content."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from graph.identifiers.core import IdentifierKind, RawIdentifier
from graph.roles import Role
from ingest.readers.collect import Collector
from ingest.readers.drafts import Bearer, PersonDraft
from ingest.readers.ids_contacts import (
    read_addresses,
    read_captures,
    read_contacts,
    read_names,
    read_notes,
)
from ingest.readers.json_shape import dumped, items_of, one_text, text_of
from ingest.readers.json_source import Json

_FACTS = frozenset(
    {
        "gender",
        "preferredPronouns",
        "physicalDescription",
        "vehicleDescription",
        "vehicleTagNumber",
        "occupation",
        "relationshipToReporter",
        "relationshipToChildVictim",
        "accessToChildVictim",
        "accessToChildren",
        "accessToFirearms",
        "convictedSexOffender",
        "gangAffiliation",
        "awareOfReport",
        "races",
        "languages",
        "disabilities",
        "additionalDisabilityInformation",
    }
)
"""Fields that say something about a person and identify nobody (cybertipParser, CAT-RG)."""
_CORE = frozenset({"firstName", "lastName", "screenName", "espUserId", "emails", "phones"})
_PERSON_KEYS = _CORE | {"dateOfBirth", "approximateAge", "sourceInformation", "addresses"}
_PROTECTED_KEYS: tuple[tuple[re.Pattern[str], Role, str], ...] = (
    (re.compile(r"guardian|parent(?!al)|mother|father", re.I), Role.PARENT_GUARDIAN, "guardian"),
    (re.compile(r"victim|child(?!ren$)", re.I), Role.VICTIM, "victim"),
    (re.compile(r"reporter|complainant|reportingperson", re.I), Role.REPORTER, "reporter"),
    (re.compile(r"contactperson", re.I), Role.ESP_CONTACT, "esp_contact"),
    (re.compile(r"lawenforcement|officer|detective", re.I), Role.LAW_ENFORCEMENT, "officer"),
)
"""Names of blocks whose people are no subjects. Which keys the format uses for victims and
reporters has not been seen in any public source, so their names decide."""


def read_people(c: Collector, value: Json, path: str, wrapper: str, role: Role, label: str) -> None:
    """Read a list of person blocks that share a role."""
    if isinstance(value, dict) and wrapper in value:
        for key, item in value.items():
            if key == wrapper or item is None:
                continue
            if not read_protected(c, key, item, f"{path}/{key}"):
                c.unknown(f"{path}/{key}", dumped(item), "key")
    for item, place in items_of(value, path, wrapper):
        if isinstance(item, dict):
            read_person(c, item, place, role, label)
        else:
            c.unknown(place, dumped(item), "type")


def read_person(c: Collector, value: dict[str, Json], path: str, role: Role, label: str) -> None:
    """Read one person block, every key; unknown keys are kept."""
    person = c.person(label, role)
    service = text_of(value.get("espService"))
    block = _Block(
        c=c, person=person, bearer=Bearer(role=role, person=person.label), service=service
    )
    if service is not None and value.get("espUserId") is None:
        person.other.append(("espService", service))
    for key, item in value.items():
        if item is None or item == "" or key == "espService":
            continue
        place = f"{path}/{key}"
        reader = _READERS.get(key)
        if reader is not None:
            reader(block, item, place)
        elif key in _FACTS:
            text = one_text(c, item, place)
            if text is not None:
                person.other.append((key, text))
        elif not read_protected(c, key, item, place):
            c.unknown(place, dumped(item), "key")


def read_protected(c: Collector, key: str, value: Json, path: str) -> bool:
    """Read a block whose name says victim, reporter, guardian, contact or officer.

    Returns:
        Whether it was one and held person blocks; what else it holds is the caller's to keep.
    """
    if not isinstance(value, (dict, list)):
        return False
    for pattern, role, label in _PROTECTED_KEYS:
        if pattern.search(key) is not None:
            return _protected(c, value, path, role, label)
    return False


def _protected(c: Collector, value: Json, path: str, role: Role, label: str) -> bool:
    blocks = list(_person_blocks(value, path))
    for block, place in blocks:
        read_person(c, block, place, role, label)
    return len(blocks) > 0


def _person_blocks(value: Json, path: str) -> list[tuple[dict[str, Json], str]]:
    """Give the person blocks in a value; depth is bounded by the document's own bound."""
    found: list[tuple[dict[str, Json], str]] = []
    if isinstance(value, dict):
        if not _PERSON_KEYS.isdisjoint(value) and not _is_wrapper(value):
            return [(value, path)]
        for key, item in value.items():
            found.extend(_person_blocks(item, f"{path}/{key}"))
    elif isinstance(value, list):
        for number, item in enumerate(value):
            found.extend(_person_blocks(item, f"{path}[{number}]"))
    return found


def _is_wrapper(value: dict[str, Json]) -> bool:
    return len(value) == 1 and next(iter(value)) in ("emails", "phones", "addresses")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """One person block while it is read."""

    c: Collector
    person: PersonDraft
    bearer: Bearer
    service: str | None

    def first_name(self, value: Json, path: str) -> None:
        self.person.first_name = one_text(self.c, value, path)

    def middle_name(self, value: Json, path: str) -> None:
        self.person.middle_name = one_text(self.c, value, path)

    def last_name(self, value: Json, path: str) -> None:
        self.person.last_name = one_text(self.c, value, path)

    def preferred_name(self, value: Json, path: str) -> None:
        self.person.display_names.extend(text for text, _ in self._texts(value, path))

    def date_of_birth(self, value: Json, path: str) -> None:
        self.person.date_of_birth = one_text(self.c, value, path)

    def age(self, value: Json, path: str) -> None:
        self.person.age = one_text(self.c, value, path)

    def account(self, value: Json, path: str) -> None:
        for text, place in self._texts(value, path):
            raw = RawIdentifier(
                kind=IdentifierKind.ACCOUNT,
                value=text,
                provider=self.c.provider,
                service=self.service,
            )
            self.c.identify(raw, self.bearer, place)

    def screen_name(self, value: Json, path: str) -> None:
        read_names(self.c, value, path, self.bearer, self.service)

    def emails(self, value: Json, path: str) -> None:
        read_contacts(self.c, value, path, "emails", IdentifierKind.EMAIL, self.bearer)

    def phones(self, value: Json, path: str) -> None:
        read_contacts(self.c, value, path, "phones", IdentifierKind.PHONE, self.bearer)

    def addresses(self, value: Json, path: str) -> None:
        read_addresses(self.c, value, path, self.person)

    def ip_address(self, value: Json, path: str) -> None:
        for text, place in self._texts(value, path):
            raw = RawIdentifier(kind=IdentifierKind.IP_ADDRESS, value=text)
            self.c.identify(raw, self.bearer, place)

    def captures(self, value: Json, path: str) -> None:
        read_captures(self.c, value, path, self.bearer)

    def notes(self, value: Json, path: str) -> None:
        read_notes(self.c, value, path, self.bearer)

    def _texts(self, value: Json, path: str) -> Iterator[tuple[str, str]]:
        for item, place in items_of(value, path):
            text = one_text(self.c, item, place)
            if text is not None:
                yield text, place


_READERS: dict[str, Callable[[_Block, Json, str], None]] = {
    "firstName": _Block.first_name,
    "middleName": _Block.middle_name,
    "lastName": _Block.last_name,
    "preferredName": _Block.preferred_name,
    "dateOfBirth": _Block.date_of_birth,
    "approximateAge": _Block.age,
    "espUserId": _Block.account,
    "screenName": _Block.screen_name,
    "emails": _Block.emails,
    "phones": _Block.phones,
    "addresses": _Block.addresses,
    "ipAddress": _Block.ip_address,
    "sourceInformation": _Block.captures,
    "additionalInformations": _Block.notes,
    "additionalContactInformation": _Block.notes,
}
