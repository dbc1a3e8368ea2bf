"""Who gives out addresses: access networks, a carrier's shared exits, VPN exits.

A household holds one IPv4 address for a lease and then another one, and one IPv6 /64 for long.
Sources: Padmanabhan et al., IMC 2016 (doi 10.1145/2987443.2987461) on periodic change;
RFC 6269 on carriers that share one address among many.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from world.calendar_text import DAY
from world.dice import Dice, mix
from world.reserved import dotted


class NetworkClass(StrEnum):
    """What kind of network an address belongs to."""

    FIXED = "fixed"
    CARRIER_NAT = "carrier nat"
    VPN = "vpn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A block of IPv4 addresses under one operator."""

    name: str
    kind: NetworkClass
    first: int
    """First address as an integer."""
    bits: int
    """The block holds 2 ** bits addresses."""

    @property
    def prefix(self) -> str:
        """Give the block as `240.16.0.0/12`."""
        return f"{dotted(self.first)}/{32 - self.bits}"

    def address(self, number: int) -> str:
        """Give an address of the block, any integer choosing it; never its first or last one."""
        return dotted(self.first + 1 + number % ((1 << self.bits) - 2))


FIXED = tuple(
    Network(name=name, kind=NetworkClass.FIXED, first=(240 << 24) + (position << 24), bits=24)
    for position, name in enumerate(
        ("Harbour Cable (synthetic)", "Meadow Fibre (synthetic)", "Ridge DSL (synthetic)")
    )
)
CARRIER = Network(
    name="Plains Mobile (synthetic)",
    kind=NetworkClass.CARRIER_NAT,
    first=(198 << 24) + (18 << 16),
    bits=11,
)
VPN = Network(
    name="Burrow VPN (synthetic)",
    kind=NetworkClass.VPN,
    first=(198 << 24) + (19 << 16),
    bits=7,
)
SHARED_NETWORKS = (CARRIER, VPN)
"""Blocks whose every address serves strangers."""

CARRIER_NAT_ADDRESS = "198.18.0.77"
"""The carrier's busiest exit: the one address that a good share of all tips show."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Household:
    """A subscriber's line."""

    number: int
    network: Network
    lease_days: int

    def ipv4(self, when: int) -> str:
        """Give the line's IPv4 address at that second."""
        phase = mix(self.number, 1) % (self.lease_days * DAY)
        lease = (when + phase) // (self.lease_days * DAY)
        return self.network.address(mix(self.number, 2, lease))

    def ipv6(self, when: int, device: int) -> str:
        """Give an IPv6 address: the /64 stays, the low half changes daily (RFC 8981)."""
        half = mix(self.number, 3) & 0xFFFFFFFF
        host = mix(self.number, device, when // DAY)
        groups = [host >> shift & 0xFFFF for shift in (48, 32, 16, 0)]
        low = ":".join(f"{group or 1:x}" for group in groups)
        return f"2001:db8:{half >> 16 or 1:x}:{half & 0xFFFF or 1:x}:{low}"


def household(dice: Dice, number: int, *, lease_days: int) -> Household:
    """Give a new line at one of the fixed networks."""
    return Household(number=number, network=dice.one(FIXED), lease_days=lease_days)
