"""A handful of tips and investigations that show every part of an answer."""

from __future__ import annotations

from graph.deliveries import Delivery
from graph.identifiers.core import Identifier, IdentifierKind
from graph.roles import Role
from graph.services.investigations import AgencyFacts, ClaimFacts, enter_agencies, enter_claims
from graph.services.recording import record
from graph.statements import FileStatement
from graph.store import Store
from tests.deliveries import HOUR_US, MONDAY_US, delivery, email, file_hash, says
from tests.one_transaction import in_one_transaction

URGENT = "ncmec:198000001"
LINKED = "ncmec:198000002"
CHILD = "ncmec:198000003"
ALONE = "ncmec:198000004"
SHARED_EMAIL = "dark.fox@example.com"
SECOND_EMAIL = "second@example.org"
CHILD_EMAIL = "kid@example.net"
HOSTILE = "<img src=x onerror=alert('href')>"


def fill(store: Store) -> None:
    """Record four tips and three agencies' investigations.

    URGENT and LINKED share an address of their suspects, URGENT and CHILD one of the victim's.
    Alder and Birch claim the suspects' address, Alder and Cedar the child's.
    """
    in_one_transaction(store, _enter)


def _enter(store: Store) -> None:
    record(store, _deliveries(), actor="test")
    agencies = [
        AgencyFacts(key="alder", name="Alder County", kind="task force", contact="555-555-0101"),
        AgencyFacts(key="birch", name="Birch City", kind="affiliate", contact="555-555-0102"),
        AgencyFacts(key="cedar", name="Cedar Bay", kind="federal", contact="555-555-0103"),
    ]
    enter_agencies(store, agencies, actor="test")
    claims = [
        _claim("alder", "A-7", SHARED_EMAIL),
        _claim("birch", "B-9", SHARED_EMAIL),
        _claim("birch", "B-9", SECOND_EMAIL),
        _claim("alder", "A-8", CHILD_EMAIL, role="victim"),
        _claim("cedar", "C-1", CHILD_EMAIL, role="victim"),
    ]
    enter_claims(store, claims, actor="test")


def _deliveries() -> list[Delivery]:
    child = says(IdentifierKind.EMAIL, CHILD_EMAIL, role=Role.VICTIM)
    return [
        delivery(
            "198000001",
            [
                email(SHARED_EMAIL, at_us=MONDAY_US, time_raw="14 Nov 2023 22:13", port=4000),
                email(SECOND_EMAIL),
                child,
                file_hash("md5:0123456789abcdef0123456789abcdef", file_id="1"),
            ],
            files=[FileStatement(file_id="1", name=f"{HOSTILE}.jpg", viewed_by_esp="yes")],
            references=[("prior", ALONE)],
            urgency=0,
            urgency_reasons=("The reporter ticked imminent danger.",),
            provider_name=f"Chatterbox {HOSTILE}",
            incident_types=("Online Enticement",),
            incident_us=MONDAY_US - HOUR_US,
            incident_time_raw="11/14/2023 9:13 PM",
            received_us=MONDAY_US,
            notes=(("incident/notes", "[x](https://host.example/) **says** $a$"),),
        ),
        delivery("198000002", [email(SHARED_EMAIL)], urgency=1, urgency_reasons=("Escalated.",)),
        delivery("198000003", [child]),
        delivery("198000004", [email("alone@example.com")]),
    ]


def _claim(agency: str, reference: str, key: str, *, role: str = "suspect") -> ClaimFacts:
    return ClaimFacts(
        agency=agency,
        reference=reference,
        title=f"Operation {HOSTILE}",
        status="open",
        opened_us=MONDAY_US,
        contact=None,
        identifier=Identifier(kind=IdentifierKind.EMAIL, key=key, display=key),
        role=role,
    )
