"""Addresses that strangers share at one time: a carrier's exits, VPN services, rented servers, Tor.

How many there are grows with the world, so that each serves about as many tips in a large world
as in a small one; the busiest ones serve many more than the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from world import distributions
from world.calendar_text import DAY, DAYS, FIRST_DAY
from world.dice import mix
from world.networks import CARRIER, HOSTING, MOBILE, TOR, VPN, Network

PORT_BLOCK = 1_024
_BLOCKS = 63
_FIRST_EXIT = 100
"""The carrier's other exits lie behind its busiest one."""
_TRIES = 8
"""How often another Tor exit is looked for when one was none on that day."""
WEEK = 7 * DAY


def _even(*parts: int) -> float:
    """Give a number from 0 to 1, a random function of some integers."""
    return (mix(*parts) >> 11) / (1 << 53)


def is_nat(address: str) -> bool:
    """Give whether an address of the world is one of the carrier's exits."""
    return address.startswith("198.18.") and CARRIER.holds(address)


def nat_port(seat: int, when: int, draw: int) -> int:
    """Give a source port behind a carrier: a subscriber has a block of ports for a week."""
    block = 1 + mix(seat, 5, when // WEEK) % _BLOCKS
    return block * PORT_BLOCK + draw % PORT_BLOCK


@dataclass(frozen=True, slots=True, kw_only=True)
class Exits:
    """How many shared addresses of each kind a world uses."""

    carrier: int
    mobile: int
    vpn: int
    hosting: int
    tor: int

    def carrier_address(self, seat: int, when: int) -> str:
        """Give the exit behind which a subscriber is that week; a few exits serve very many."""
        place = int(_even(seat, 6, when // WEEK) ** 2 * self.carrier)
        return CARRIER.address(_FIRST_EXIT + place)

    def mobile_address(self, seat: int, when: int) -> str:
        """Give a mobile subscriber's own address of the day: somebody else's tomorrow."""
        return MOBILE.address(mix(seat, 7, when // DAY) % self.mobile)

    def anonymous(self, seat: int, when: int) -> str:
        """Give the exit of a VPN, of a rented server or of Tor that a person used that day."""
        which = _even(seat, 8)
        kinds = distributions.ANONYMISERS
        if which < kinds.vpn:
            return VPN.address(int(_even(seat, 9, when // WEEK) ** 2 * self.vpn))
        if which < kinds.vpn + kinds.tor:
            return self._tor(seat, when)
        return HOSTING.address(mix(seat, 11) % self.hosting)

    def _tor(self, seat: int, when: int) -> str:
        for turn in range(_TRIES):
            number = mix(seat, 10, when // DAY, turn) % self.tor
            begin, end = tor_dates(number)
            if begin <= when < end:
                return TOR.address(number)
        return VPN.address(mix(seat, 9) % self.vpn)

    def used(self, network: Network) -> int:
        """Give how many addresses of a shared network are in use, from its first one."""
        counts = {
            CARRIER.name: _FIRST_EXIT + self.carrier,
            MOBILE.name: self.mobile,
            VPN.name: self.vpn,
            HOSTING.name: self.hosting,
            TOR.name: self.tor,
        }
        return counts[network.name]


def tor_dates(number: int) -> tuple[int, int]:
    """Give the second from which and until which a server of the Tor block was an exit."""
    begin = FIRST_DAY + (mix(number, 12) % (DAYS + 300) - 300) * DAY
    return begin, begin + (60 + mix(number, 13) % 640) * DAY


def exits(tips: int) -> Exits:
    """Give the shared addresses of a world of that size."""
    per = distributions.TIPS_PER_EXIT
    return Exits(
        carrier=4 + int(tips / per.carrier),
        mobile=8 + int(tips / per.mobile),
        vpn=4 + int(tips / per.vpn),
        hosting=4 + int(tips / per.hosting),
        tor=12 + int(tips / per.tor),
    )
