"""The addresses that a provider recorded for one person in one tip."""

from __future__ import annotations

from world import distributions
from world.calendar_text import DAY, HOUR
from world.dice import mix
from world.drafts import Capture
from world.exits import is_nat, nat_port
from world.features import Feature
from world.networks import CARRIER_NAT_ADDRESS
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


def _address(person: Offender, when: int, special: Feature | None, rolls: Rolls) -> str:
    exits, seat = rolls.setting.exits, person.carrier_seat
    if special is Feature.CARRIER_NAT:
        return CARRIER_NAT_ADDRESS
    if special is Feature.VPN_EXIT:
        return exits.anonymous(seat, when)
    if special is Feature.MOBILE_ADDRESS:
        has_own = mix(seat, 14) % 100 >= 100 * distributions.MOBILE_SHARED.share
        return exits.mobile_address(seat, when) if has_own else exits.carrier_address(seat, when)
    if special is Feature.IPV6:
        return person.household.ipv6(when, 1)
    return person.household.ipv4(when)


def captures(person: Offender, rolls: Rolls) -> tuple[Capture, ...]:
    """Give the captures of one person in one tip; most tips have one to three."""
    dice = rolls.dice
    count = rolls.count(distributions.CAPTURES_PER_TIP)
    if rolls.forced:
        count = max(count, 2)
    if count == 0:
        return ()
    has_ipv6 = rolls.forced or person.household.has_ipv6
    special = rolls.first(*(each for each in _SPECIAL if has_ipv6 or each is not Feature.IPV6))
    untimed = rolls.hit(Feature.MISSING_CAPTURE_TIME)
    server_port = rolls.hit(Feature.SERVER_PORT)
    proxy = True if rolls.hit(Feature.POSSIBLE_PROXY) else None
    has_port = rolls.stated(distributions.PORT_STATED)
    made: list[Capture] = []
    for number in range(count):
        when = rolls.incident - dice.below(HOUR if number == 0 else 20 * DAY)
        again = number == 0 or dice.chance(distributions.SPECIAL_AGAIN.share)
        plain = _address(person, when, special if again else None, rolls)
        mapped = number == 0 and special is Feature.IPV4_MAPPED
        draw = dice.below(64_000)
        port = nat_port(person.carrier_seat, when, draw) if is_nat(plain) else 1_024 + draw
        made.append(
            Capture(
                address=plain,
                written=f"::ffff:{plain}" if mapped else plain,
                event=dice.one(_EVENTS),
                when=None if untimed and number == count - 1 else rolls.time(when),
                port=(443 if server_port else port) if server_port or has_port else None,
                proxy=proxy if number == 0 else None,
            )
        )
    return tuple(made)
