"""What a tip does not state that work on it needs: for the caseload figures, by provider.

A provider that leaves out the port or the time of an address leaves nothing to ask a network
operator for: behind carrier-grade NAT both are needed (RFC 6302, section 2).
"""

from __future__ import annotations

from enum import StrEnum

from graph.identifiers.core import IdentifierKind
from graph.roles import LINKING_ROLES
from graph.tip_state import TipState
from graph.triage.signals import signals_of


class Lack(StrEnum):
    """What may be missing."""

    LOCATION = "location"
    """Neither an address nor an estimated location of a reported person is stated."""
    ADDRESS = "IP address"
    """No IP address of a reported or associated person is stated."""
    TIME = "time of the IP address"
    """IP addresses are stated, none of them with a time."""
    PORT = "port of the IP address"
    """IP addresses are stated, none of them with a port."""
    VIEWED = "whether files were viewed"
    """Files are reported, and of none is it said whether somebody viewed it."""


_BY_SIGNAL = {"location not stated": Lack.LOCATION, "viewing not stated": Lack.VIEWED}


def lacks_of(state: TipState) -> tuple[str, ...]:
    """Give what a tip does not state, in the order of the enumeration's values."""
    found = {_BY_SIGNAL[name] for name in signals_of(state) if name in _BY_SIGNAL}
    stated = [
        item.assertion
        for item in state.assertions
        if item.ended_us is None
        and item.assertion.kind is IdentifierKind.IP_ADDRESS
        and item.assertion.role in LINKING_ROLES
    ]
    if len(stated) == 0:
        found.add(Lack.ADDRESS)
    else:
        if all(_is_timeless(item.at_us, item.earliest_us) for item in stated):
            found.add(Lack.TIME)
        if all(item.port is None for item in stated):
            found.add(Lack.PORT)
    return tuple(sorted(found))


def _is_timeless(at_us: int | None, earliest_us: int | None) -> bool:
    return at_us is None and earliest_us is None
