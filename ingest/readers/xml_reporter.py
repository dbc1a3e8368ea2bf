"""NCMEC XML: who reported, and which police already know. Nobody here is a subject."""

from __future__ import annotations

from graph.identifiers.core import IdentifierKind
from graph.roles import Role
from ingest.readers.collect import Collector
from ingest.readers.xml_contacts import read_text, unknown_attributes, unknown_element
from ingest.readers.xml_people import read_block
from ingest.readers.xml_source import Element

_TEMPLATES = frozenset({"companyTemplate", "termsOfService", "legalURL"})
"""Boilerplate with the provider's legal contacts: kept as text, never mined. Its addresses stand
in all of a provider's tips and would join them all."""
_POLICE = frozenset(
    {
        "agencyName",
        "caseNumber",
        "reportedToLe",
        "servedLegalProcessDomestic",
        "servedLegalProcessInternational",
    }
)


def read_reporter(c: Collector, element: Element, path: str) -> None:
    """Read `reporter`: the provider's people and its boilerplate."""
    unknown_attributes(c, element, path)
    for child, place in element.placed(path, frozenset()):
        if child.tag == "reportingPerson":
            before = len(c.assertions)
            read_block(c, child, place, Role.REPORTER, "reporter")
            c.provider_domain = c.provider_domain or _domain(c, before)
        elif child.tag == "contactPerson":
            read_block(c, child, place, Role.ESP_CONTACT, "esp_contact")
        elif child.tag in _TEMPLATES:
            text = read_text(c, child, place)
            if text is not None:
                c.reporter_fields.append((child.tag, text))
        else:
            unknown_element(c, child, place)


def _domain(c: Collector, before: int) -> str | None:
    for assertion in c.assertions[before:]:
        if assertion.identifier.kind is IdentifierKind.EMAIL and not assertion.mined:
            domain = assertion.identifier.value.rpartition("@")[2].strip().lower()
            if "." in domain:
                return domain
    return None


def read_law_enforcement(c: Collector, element: Element, path: str) -> None:
    """Read `lawEnforcement`: another agency may already work this."""
    unknown_attributes(c, element, path, frozenset({"fleaCountry"}))
    country = element.attributes.get("fleaCountry")
    if country is not None:
        c.law_enforcement.append(("@fleaCountry", country))
    for child, place in element.placed(path, frozenset()):
        if child.tag == "officerContact":
            read_block(c, child, place, Role.LAW_ENFORCEMENT, "officer")
        elif child.tag in _POLICE:
            text = read_text(c, child, place)
            if text is not None:
                c.law_enforcement.append((child.tag, text))
        else:
            unknown_element(c, child, place)
