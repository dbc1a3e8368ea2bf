"""The addresses that a provider recorded for one person in one tip."""

from __future__ import annotations

from world import distributions
from world.calendar_text import DAY, HOUR
from world.drafts import Capture
from world.features import Feature
from world.networks import CARRIER, CARRIER_NAT_ADDRESS, VPN
from world.people import Offender
from world.rolls import Rolls

_EVENTS = ("Login", "Login", "Login", "Registration", "Upload", "Other", "Unknown")
_SPECIAL = (
    Feature.CARRIER_NAT,
    Feature.VPN_EXIT,
    Feature.MOBILE_ADDRESS,
    Feature.IPV6,
    Feature.IPV4_MAPPED,
)


def _address(person: Offender, when: int, special: Feature | None) -> tuple[str, str]:
    """Give an address plainly and as written."""
    if special is Feature.CARRIER_NAT:
        return CARRIER_NAT_ADDRESS, CARRIER_NAT_ADDRESS
    if special is Feature.VPN_EXIT:
        address = VPN.address(person.carrier_seat + when // DAY)
        return address, address
    if special is Feature.MOBILE_ADDRESS:
        address = CARRIER.address(person.carrier_seat + when // (7 * DAY))
        return address, address
    if special is Feature.IPV6:
        address = person.household.ipv6(when, 1)
        return address, address
    address = person.household.ipv4(when)
    return address, f"::ffff:{address}" if special is Feature.IPV4_MAPPED else address


def captures(person: Offender, rolls: Rolls) -> tuple[Capture, ...]:
    """Give the captures of one person in one tip; most tips have one to three."""
    dice = rolls.dice
    count = dice.draw(distributions.CAPTURES_PER_TIP.table)
    if rolls.forced:
        count = max(count, 2)
    if count == 0:
        return ()
    special = rolls.first(*_SPECIAL)
    untimed = rolls.hit(Feature.MISSING_CAPTURE_TIME)
    server_port = rolls.hit(Feature.SERVER_PORT)
    proxy = True if rolls.hit(Feature.POSSIBLE_PROXY) else None
    has_port = dice.chance(distributions.PORT_STATED.share)
    made: list[Capture] = []
    for number in range(count):
        when = rolls.incident - dice.below(HOUR if number == 0 else 20 * DAY)
        plain, written = _address(person, when, special if number == 0 else None)
        port = 1_024 + dice.below(64_000) if has_port else None
        made.append(
            Capture(
                address=plain,
                written=written,
                event=dice.one(_EVENTS),
                when=None if untimed and number == count - 1 else rolls.time(when),
                port=443 if server_port else port,
                proxy=proxy if number == 0 else None,
            )
        )
    return tuple(made)
