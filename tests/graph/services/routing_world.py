"""Agencies with areas, and tips that point somewhere, for tests of routing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from graph.casework.caller import Caller
from graph.casework.vocabulary import AgencyKind
from graph.identifiers.core import IdentifierKind
from graph.routing.site_files import RoutingFiles
from graph.scoring.networks import NetworkClass, Networks
from graph.services.agencies import NewAgency, add_agency
from graph.services.recording import record
from graph.services.routing_areas import load_areas
from graph.statements import Assertion
from graph.store import Store
from tests.deliveries import MONDAY_US, delivery, says

HEADER: Final = "agency,country,state,county,city,valid_from,valid_to,verified,source,reviewed"
AREAS: Final = f"""{HEADER}
north,US,CO,,,2020-01-01,,yes,test,2026-11-23
south,US,WA,,,2020-01-01,,no,test,2026-11-23
town,US,CO,,Mockville,2020-01-01,,yes,test,2026-11-23
federal,US,,,,2020-01-01,,yes,test,2026-11-23
abroad,GB,,,,2020-01-01,,yes,test,2026-11-23
"""
_FOREVER = 1 << 60


def add_desks(ops: Caller, store: Store) -> None:
    """Enter, beside north and south, an affiliate, a federal and a foreign desk, and all areas."""
    for new in (
        NewAgency(key="town", name="Mockville PD", kind=AgencyKind.AFFILIATE, task_force="north"),
        NewAgency(key="federal", name="Federal Desk", kind=AgencyKind.FEDERAL),
        NewAgency(key="abroad", name="Overseas Desk", kind=AgencyKind.FOREIGN),
    ):
        add_agency(ops, store, new=new)
    load_areas(ops, store, text=AREAS, name="areas.csv")


def networks(**classes: NetworkClass) -> Networks:
    """Give the class of networks, named as `n240_1` for 240.1.0.0/16."""
    found = Networks()
    for name, network_class in classes.items():
        first, second = name.removeprefix("n").split("_")
        found.add(f"{first}.{second}.0.0/16", network_class, from_us=0, until_us=_FOREVER)
    return found


def fixed(folder: Path) -> RoutingFiles:
    """Give files of a site that knows the first networks of the synthetic world as fixed lines."""
    known = networks(
        n240_1=NetworkClass.FIXED,
        n240_2=NetworkClass.FIXED,
        n240_3=NetworkClass.FIXED,
        n198_18=NetworkClass.MOBILE,
        n240_9=NetworkClass.ANONYMOUS,
    )
    return RoutingFiles(folder=folder, networks=known)


def address(key: str, at_us: int | None = MONDAY_US, **more: Any) -> Assertion:
    """Give an assertion about an IP address of a reported person."""
    more.setdefault("person", "reported[0]")
    return says(IdentifierKind.IP_ADDRESS, key, at_us=at_us, path=f"captures/{key}", **more)


def phone(key: str, **more: Any) -> Assertion:
    """Give an assertion about a phone number of a reported person."""
    return says(IdentifierKind.PHONE, key, path="phones/0", person="reported[0]", **more)


def take(
    store: Store,
    number: int,
    *said: Assertion,
    holder: str | None = None,
    details: Mapping[str, str] | None = None,
) -> str:
    """Record a tip that NCMEC received on the Monday, and give its key."""
    stated = () if details is None else tuple(details.items())
    made = delivery(str(number), said, holder=holder, details=stated)
    facts = made.statement.facts
    assert facts is not None
    statement = replace(made.statement, facts=replace(facts, received_us=MONDAY_US))
    record(store, [replace(made, statement=statement)], actor="test")
    return f"ncmec:{number}"
