"""Where an IP address of a tip points, as of its event, or why it is not used."""

from __future__ import annotations

from dataclasses import dataclass

from graph.roles import Role
from graph.routing.geolocation import Geolocation
from graph.routing.pointers import Confidence, LeftOut, Pointer, Source
from graph.scoring.networks import NetworkClass, Networks
from graph.statements import Assertion
from graph.times import DAY_US

NEAR_DAYS = 90
"""A file further from the event than so is one step weaker: prefixes are handed on within months
(Padmanabhan et al., IMC 2016)."""
OLD_DAYS = 365
"""An event so long before the report says little of where somebody is now."""
WIDE_KM = 200
"""A file that gives this radius or more does not tell neighbouring areas apart."""
_LEFT = (
    "The provider believes it to be a proxy.",
    "It belonged to a hosting, VPN or Tor network then: whoever used it may be anywhere.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """What the site knows of addresses, and when the report was received."""

    geolocation: Geolocation
    networks: Networks
    received_us: int

    @property
    def is_empty(self) -> bool:
        """Whether no file says where any address is."""
        return len(self.geolocation.versions) == 0


def read_address(item: Assertion, *, lookup: Lookup, why_not: str | None) -> Pointer | LeftOut:
    """Give where an address points; `why_not` is why it is no single subscriber's.

    Raises:
        SettingsError: a geolocation file is damaged.
    """
    network = lookup.networks.class_of(item.identifier, item.at_us)
    why = _why_left_out(item, network, why_not)
    if why is not None:
        return LeftOut(source=Source.IP, path=item.path, why=why)
    at_us = lookup.received_us if item.at_us is None else item.at_us
    located = lookup.geolocation.locate(item.identifier, at_us=at_us)
    if located is None:
        said = "No file of this site says where it is."
        return LeftOut(source=Source.IP, path=item.path, why=said)
    notes = [*_of_event(item, lookup), *_of_network(network)]
    if located.days_off > NEAR_DAYS:
        notes.append(f"The nearest file is {located.days_off} days from the event.")
    if located.accuracy_km is not None and located.accuracy_km >= WIDE_KM:
        notes.append(f"The file says: within {located.accuracy_km} km.")
    return Pointer(
        source=Source.IP,
        place=located.place,
        agency_name=None,
        person=item.person if item.role is Role.REPORTED else f"file {item.file_id}",
        at_us=item.at_us,
        path=item.path,
        confidence=Confidence.FAIR if len(notes) == 0 else Confidence.WEAK,
        notes=tuple(notes),
        version=located.version,
    )


def _why_left_out(item: Assertion, network: NetworkClass, why_not: str | None) -> str | None:
    if why_not is not None:
        return why_not
    if item.possible_proxy == "yes":
        return _LEFT[0]
    return _LEFT[1] if network is NetworkClass.ANONYMOUS else None


def _of_event(item: Assertion, lookup: Lookup) -> list[str]:
    notes: list[str] = []
    if item.at_us is None:
        notes.append("No time is stated: looked up as of the day of the report.")
    elif lookup.received_us - item.at_us > OLD_DAYS * DAY_US:
        notes.append("It was used more than a year before the report.")
    if item.compromised == "yes":
        notes.append("The provider says that the account was taken over.")
    return notes


def _of_network(network: NetworkClass) -> list[str]:
    if network in (NetworkClass.MOBILE, NetworkClass.CARRIER_NAT):
        return ["A mobile carrier's network then: geolocation says little of where a phone was."]
    if network is NetworkClass.UNKNOWN:
        return ["Which kind of network it was then is not known here."]
    return []
