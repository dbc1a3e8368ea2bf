"""Who gives out addresses: lines that lease them, carriers that share them, rented and VPN exits.

A household holds one IPv4 address for a lease; then the provider gives the address to another
household, so that a year later it is a stranger's. Its IPv6 /64 stays, the low half rotates.
Sources: Padmanabhan et al., IMC 2016 (doi 10.1145/2987443.2987461) on periodic change; RFC 6269 on
carriers that share one address among many; RFC 7422 on fixed blocks of ports; RFC 8981 on rotating
low halves.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate

from world import distributions
from world.calendar_text import DAY
from world.dice import mix
from world.reserved import dotted


class NetworkClass(StrEnum):
    """What kind of network an address belongs to, as `connection.csv` writes it."""

    FIXED = "fixed"
    MOBILE = "mobile"
    CARRIER_NAT = "carrier_nat"
    HOSTING = "hosting"
    VPN = "vpn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A block of IPv4 addresses under one operator."""

    name: str
    kind: NetworkClass
    asn: int
    """From the range that RFC 5398 sets aside for documentation."""
    first: int
    """First address as an integer."""
    bits: int
    """The block holds 2 ** bits addresses."""
    classified: bool = True
    """Whether lists of networks know its class; the others stay unknown."""

    @property
    def prefix(self) -> str:
        """Give the block as `240.16.0.0/12`."""
        return f"{dotted(self.first)}/{32 - self.bits}"

    def address(self, number: int) -> str:
        """Give an address of the block, any integer choosing it; never its first or last one."""
        return dotted(self.first + 1 + number % ((1 << self.bits) - 2))

    def holds(self, address: str) -> bool:
        """Give whether an IPv4 address lies in the block."""
        number = 0
        for part in address.split("."):
            number = number << 8 | int(part)
        return number >> self.bits == self.first >> self.bits


def _fixed(position: int, name: str, *, classified: bool = True) -> Network:
    return Network(
        name=f"{name} (synthetic)",
        kind=NetworkClass.FIXED,
        asn=64_496 + position,
        first=(240 + position) << 24,
        bits=24,
        classified=classified,
    )


def _block(
    name: str, kind: NetworkClass, *, asn: int, start: tuple[int, int], bits: int
) -> Network:
    first = (198 << 24) + (start[0] << 16) + (start[1] << 8)
    return Network(name=f"{name} (synthetic)", kind=kind, asn=asn, first=first, bits=bits)


FIXED = (
    _fixed(0, "Harbour Cable"),
    _fixed(1, "Meadow Fibre"),
    _fixed(2, "Ridge DSL"),
    _fixed(3, "Backwater Net", classified=False),
)
SHOWCASE_LINES = Network(
    name="Stage Cable (synthetic)", kind=NetworkClass.FIXED, asn=64_500, first=244 << 24, bits=12
)
"""Lines of the showcase's people: nobody else's, and never given to another household."""
CARRIER = _block("Plains Mobile", NetworkClass.CARRIER_NAT, asn=64_501, start=(18, 0), bits=15)
MOBILE = _block("Coastal Mobile", NetworkClass.MOBILE, asn=64_502, start=(18, 128), bits=15)
VPN = _block("Burrow VPN", NetworkClass.VPN, asn=64_503, start=(19, 0), bits=14)
HOSTING = _block("Rackfield", NetworkClass.HOSTING, asn=64_504, start=(19, 64), bits=14)
TOR = _block("Onionskin Relays", NetworkClass.HOSTING, asn=64_505, start=(19, 128), bits=14)
"""Servers in a hosting network; each is a Tor exit between two dates only."""
SHARED_NETWORKS = (CARRIER, MOBILE, VPN, HOSTING, TOR)
"""Blocks whose every address serves strangers."""

CARRIER_NAT_ADDRESS = "198.18.0.77"
"""The carrier's busiest exit: the one address that a good share of all tips show."""
IPV6_LINES = 28
"""Bits of the number of a line within its network's share of 2001:db8::/32."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pool:
    """Addresses of one network that one length of lease is given from, in turn."""

    network: Network
    number: int
    lease_days: int
    base: int
    """Offset of its first address within the network."""
    size: int
    """How many addresses it has: a prime, so that every turn gives each to one line at most."""

    def address(self, line: int, when: int) -> str:
        """Give the address of a line (an index below `size`) at that second."""
        turn = when // (self.lease_days * DAY)
        factor = 1 + mix(self.number, 1, turn) % max(1, self.size - 1)
        offset = mix(self.number, 2, turn)
        return self.network.address(self.base + (line * factor + offset) % self.size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A subscriber's line; one or more people live there."""

    number: int
    pool: Pool
    line: int

    @property
    def has_ipv6(self) -> bool:
        """Give whether the line has IPv6 at all."""
        return mix(self.number, 4) % 1_000 < 1_000 * distributions.LINES_WITH_IPV6.share

    def ipv4(self, when: int) -> str:
        """Give the line's IPv4 address at that second."""
        return self.pool.address(self.line, when)

    def ipv6(self, when: int, device: int) -> str:
        """Give an IPv6 address: the /64 stays, the low half changes daily (RFC 8981)."""
        place = FIXED.index(self.pool.network) if self.pool.network in FIXED else len(FIXED)
        half = place << IPV6_LINES | mix(self.number, 3) & ((1 << IPV6_LINES) - 1)
        host = mix(self.number, device, when // DAY)
        groups = [host >> shift & 0xFFFF for shift in (48, 32, 16, 0)]
        low = ":".join(f"{group or 1:x}" for group in groups)
        return f"2001:db8:{half >> 16 or 1:x}:{half & 0xFFFF or 1:x}:{low}"


def _prime(least: int) -> int:
    """Give the smallest prime of at least that size."""
    number = max(least, 3) | 1
    while any(number % part == 0 for part in range(3, int(number**0.5) + 1, 2)):
        number += 2
    return number


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """All leased lines of a world: which pool and which place in it a household has."""

    pools: tuple[Pool, ...]
    """By network, then by length of lease as in `LEASE_DAYS`."""

    def household(self, number: int) -> Household:
        """Give the household of that number, the same one whenever asked."""
        days = distributions.LEASE_DAYS.table
        total = int(days.cumulative[-1])
        century, place = divmod(number, total)
        # A step that shares no factor with the total visits every place once.
        place = (place * 61 + 17) % total
        kind = next(n for n, end in enumerate(days.cumulative) if place < end)
        before = int(days.cumulative[kind - 1]) if kind > 0 else 0
        index = century * int(days.weights[kind]) + place - before
        line, network = divmod(index, len(FIXED))
        return Household(
            number=number, pool=self.pools[network * len(days.values) + kind], line=line
        )

    def used(self, network: Network) -> int:
        """Give how many addresses of a network its pools take up."""
        return max(p.base + p.size for p in self.pools if p.network is network)


def lines(households: int) -> Lines:
    """Give the pools for a world of at most that many households."""
    days = distributions.LEASE_DAYS.table
    total = days.cumulative[-1]
    rate = distributions.ADDRESSES_PER_LINE.value
    sizes = [
        _prime(int(households * weight / total / len(FIXED) * rate) + 7) for weight in days.weights
    ]
    bases = [0, *accumulate(sizes)]
    return Lines(
        pools=tuple(
            Pool(
                network=network,
                number=place * len(sizes) + kind,
                lease_days=days.values[kind],
                base=bases[kind],
                size=sizes[kind],
            )
            for place, network in enumerate(FIXED)
            for kind in range(len(sizes))
        )
    )


def showcase_line(number: int) -> Household:
    """Give the line of a person of the showcase: it keeps its address for good."""
    pool = Pool(
        network=SHOWCASE_LINES, number=10_000 + number, lease_days=100_000, base=number, size=1
    )
    return Household(number=mix(number, 99), pool=pool, line=0)
