"""NCMEC XML: everybody who has a block, with the role that the block gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.identifiers.core import IdentifierKind, RawIdentifier
from graph.roles import LINKING_ROLES, Role
from ingest.readers.collect import Collector
from ingest.readers.drafts import Bearer, Circumstances, PersonDraft
from ingest.readers.stated import stated
from ingest.readers.vocabulary import ACCOUNT_TYPES
from ingest.readers.xml_contacts import (
    address_line,
    is_flag,
    location_line,
    read_capture,
    read_device,
    read_email,
    read_phone,
    read_text,
    read_yes_no,
    unknown_attributes,
    unknown_element,
)
from ingest.readers.xml_source import Element
from ingest.records import Stated

_REPEATED = frozenset(
    {
        "phone",
        "email",
        "address",
        "displayName",
        "profileUrl",
        "ipCaptureEvent",
        "deviceId",
        "priorCTReports",
        "associatedAccount",
    }
)
_PERSON_ELEMENTS = frozenset(
    {"personOrUserReportedPerson", "intendedRecipientPerson", "victimPerson"}
)
_FACTS = frozenset(
    {
        "vehicleDescription",
        "schoolName",
        "groupIdentifier",
        "allEmailsReported",
        "compromisedAccount",
        "thirdPartyUserReported",
        "platform",
    }
)
"""Elements that identify nobody: kept as they are."""
_DISABLED = frozenset({"accountTemporarilyDisabled", "accountPermanentlyDisabled"})


def read_block(c: Collector, element: Element, path: str, role: Role, label: str) -> None:
    """Read `personOrUserReported`, `intendedRecipient`, `victim` or a contact person."""
    unknown_attributes(c, element, path)
    person = c.person(label, role)
    is_third_party = stated(element.child_value("thirdPartyUserReported")) is Stated.YES
    bearer = Bearer(
        role=role,
        person=person.label,
        third_party=is_third_party,
        compromised=stated(element.child_value("compromisedAccount")) or Stated.NOT_STATED,
    )
    _read(c, element, path, person, bearer, None if is_third_party else c.provider)


def _associated(c: Collector, element: Element, path: str, owner: Bearer) -> None:
    """Read an account that belongs with another: what its bearer is depends on both.

    A parent's account never takes on the child's or the suspect's role, and an account of a
    victim's stays the victim's.
    """
    unknown_attributes(c, element, path, frozenset({"accountType", "thirdPartyUser"}))
    kind = c.known(f"{path}@accountType", element.attributes.get("accountType"), ACCOUNT_TYPES)
    if kind is not None and ("parent" in kind.casefold() or "guardian" in kind.casefold()):
        role = Role.PARENT_GUARDIAN
    else:
        role = Role.ASSOCIATED if owner.role in LINKING_ROLES else owner.role
    person = c.person("associated", role)
    third_party = c.yes_no(f"{path}@thirdPartyUser", element.attributes.get("thirdPartyUser"))
    if owner.person is not None:
        person.other.append(("associatedWith", owner.person))
    for name, value in element.attributes.items():
        person.other.append((f"@{name}", value))
    bearer = Bearer(
        role=role,
        person=person.label,
        account_type=kind,
        third_party=third_party is Stated.YES,
        compromised=stated(element.child_value("compromisedAccount")) or Stated.NOT_STATED,
    )
    provider = element.child_value("platform") if bearer.third_party else c.provider
    _read(c, element, path, person, bearer, provider)


def _read(
    c: Collector,
    element: Element,
    path: str,
    person: PersonDraft,
    bearer: Bearer,
    provider: str | None,
) -> None:
    block = _Block(
        c=c,
        person=person,
        bearer=bearer,
        provider=provider,
        service=element.child_value("espService"),
    )
    if block.service is not None and element.child_value("espIdentifier") is None:
        person.other.append(("espService", block.service))
    block.children(element, path)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Block:
    """One block while it is read."""

    c: Collector
    person: PersonDraft
    bearer: Bearer
    provider: str | None
    service: str | None

    def children(self, element: Element, path: str) -> None:
        for child, place in element.placed(path, _REPEATED):
            reader = _READERS.get(child.tag)
            if reader is not None:
                reader(self, child, place)
            elif child.tag in _FACTS:
                self._fact(child, place)
            elif child.tag in _PERSON_ELEMENTS:
                unknown_attributes(self.c, child, place)
                self.children(child, place)
            elif child.tag in _DISABLED:
                self._disabled(child, place)
            elif child.tag != "espService":
                unknown_element(self.c, child, place)

    def _fact(self, child: Element, path: str) -> None:
        text = read_text(self.c, child, path)
        if text is not None:
            self.person.other.append((child.tag, text))

    def _disabled(self, child: Element, path: str) -> None:
        if is_flag(self.c, child, path):
            self.person.other.append((child.tag, child.value() or "true"))
        for inner, place in child.placed(path, frozenset()):
            text = read_text(self.c, inner, place)
            if text is not None:
                self.person.other.append((f"{child.tag}/{inner.tag}", text))

    def first_name(self, child: Element, path: str) -> None:
        self.person.first_name = read_text(self.c, child, path)

    def middle_name(self, child: Element, path: str) -> None:
        self.person.middle_name = read_text(self.c, child, path)

    def last_name(self, child: Element, path: str) -> None:
        self.person.last_name = read_text(self.c, child, path)

    def display_name(self, child: Element, path: str) -> None:
        text = read_text(self.c, child, path)
        if text is not None:
            self.person.display_names.append(text)

    def age(self, child: Element, path: str) -> None:
        self.person.age = read_text(self.c, child, path)

    def age_discrepancy(self, child: Element, path: str) -> None:
        self.person.age_discrepancy = read_yes_no(self.c, child, path)

    def date_of_birth(self, child: Element, path: str) -> None:
        self.person.date_of_birth = read_text(self.c, child, path)

    def phone(self, child: Element, path: str) -> None:
        read_phone(self.c, child, path, self.bearer)

    def email(self, child: Element, path: str) -> None:
        read_email(self.c, child, path, self.bearer)

    def address(self, child: Element, path: str) -> None:
        line = address_line(self.c, child, path)
        if line is not None:
            self.person.addresses.append(line)
        self._country(child.child_value("country"))

    def location(self, child: Element, path: str) -> None:
        line = location_line(self.c, child, path)
        if line is not None:
            self.person.estimated_locations.append(line)
        self._country(child.child_value("countryCode"))

    def _country(self, code: str | None) -> None:
        if code is not None:
            self.person.countries.append(code)

    def account(self, child: Element, path: str) -> None:
        self._named(child, path, IdentifierKind.ACCOUNT)

    def screen_name(self, child: Element, path: str) -> None:
        self._named(child, path, IdentifierKind.SCREEN_NAME)

    def _named(self, child: Element, path: str, kind: IdentifierKind) -> None:
        text = read_text(self.c, child, path)
        if text is not None:
            raw = RawIdentifier(kind=kind, value=text, provider=self.provider, service=self.service)
            self.c.identify(raw, self.bearer, path)

    def profile_url(self, child: Element, path: str) -> None:
        text = read_text(self.c, child, path)
        if text is not None:
            raw = RawIdentifier(kind=IdentifierKind.URL, value=text)
            about = Circumstances(contact_type=child.tag)
            self.c.identify(raw, self.bearer, path, about)

    def capture(self, child: Element, path: str) -> None:
        read_capture(self.c, child, path, self.bearer)

    def device(self, child: Element, path: str) -> None:
        read_device(self.c, child, path, self.bearer)

    def prior(self, child: Element, path: str) -> None:
        self.c.prior(path, read_text(self.c, child, path))

    def associated(self, child: Element, path: str) -> None:
        _associated(self.c, child, path, self.bearer)

    def note(self, child: Element, path: str) -> None:
        self.c.note(path, read_text(self.c, child, path), self.bearer)


_READERS: dict[str, Callable[[_Block, Element, str], None]] = {
    "firstName": _Block.first_name,
    "middleName": _Block.middle_name,
    "lastName": _Block.last_name,
    "displayName": _Block.display_name,
    "age": _Block.age,
    "approximateAge": _Block.age,
    "ageAssertionDiscrepancy": _Block.age_discrepancy,
    "dateOfBirth": _Block.date_of_birth,
    "phone": _Block.phone,
    "email": _Block.email,
    "address": _Block.address,
    "estimatedLocation": _Block.location,
    "espIdentifier": _Block.account,
    "screenName": _Block.screen_name,
    "profileUrl": _Block.profile_url,
    "profileBio": _Block.note,
    "ipCaptureEvent": _Block.capture,
    "deviceId": _Block.device,
    "priorCTReports": _Block.prior,
    "associatedAccount": _Block.associated,
    "additionalInfo": _Block.note,
}
