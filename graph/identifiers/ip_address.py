"""IP addresses.

Sources: RFC 5952 (one spelling of IPv6), RFC 4291 (IPv4-mapped), RFC 6052 (NAT64), RFC 3056 (6to4),
RFC 4380 section 4 (Teredo), RFC 4007 (zone ids), RFC 8981 (temporary addresses: compare at /64).
"""

from __future__ import annotations

import re
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from graph.identifiers.characters import admit, compatible, finish
from graph.identifiers.core import (
    Hint,
    Identifier,
    IdentifierKind,
    IdentifierType,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.ip_ranges import special_range

_KIND = IdentifierKind.IP_ADDRESS
_V4_WITH_PORT = re.compile(r"([0-9.]+):[0-9]{1,5}\Z")
_BRACKETED = re.compile(r"\[([^\[\]]*)\](?::[0-9]{1,5})?\Z")
_LEADING_ZERO = re.compile(r"(?:^|\.)0[0-9]")
_LOW_32 = 0xFFFFFFFF
_MAPPED = 0xFFFF
_NAT64 = 0x0064FF9B << 64
_TEREDO = 0x20010000
_SIX_TO_FOUR = 0x2002


def _bare(text: str) -> str:
    """Give the address without brackets, port, zone id and the prefix length of one host."""
    bracketed = _BRACKETED.match(text)
    if bracketed is not None:
        text = bracketed.group(1)
    elif (with_port := _V4_WITH_PORT.match(text)) is not None:
        text = with_port.group(1)
    text = text.partition("%")[0].strip()
    return text.removesuffix("/128") if ":" in text else text.removesuffix("/32")


def _reason_of(text: str) -> str:
    if "/" in text:
        return "The value is a network, not the address of one host."
    if ":" not in text and _LEADING_ZERO.search(text) is not None:
        return "A part starts with 0: some programs read it as octal, so the address is ambiguous."
    return "The value is neither an IPv4 nor an IPv6 address."


def _inner(number: int) -> tuple[str, int] | None:
    """Give the hint scheme and the IPv4 address that an IPv6 address carries, if it does."""
    if number >> 32 == _NAT64:
        return "nat64-v4", number & _LOW_32
    if number >> 96 == _TEREDO:
        return "teredo-v4", ~number & _LOW_32
    if number >> 112 == _SIX_TO_FOUR:
        return "6to4-v4", number >> 80 & _LOW_32
    return None


def subnet_key(number: int) -> str:
    """Give the /64 of an IPv6 address as RFC 5952 writes it (the low half is the longest run)."""
    groups = [number >> shift & 0xFFFF for shift in (112, 96, 80, 64)]
    while groups and groups[-1] == 0:
        groups.pop()
    return ":".join(f"{group:x}" for group in groups) + "::/64"


class IpAddress(IdentifierType):
    """IP addresses. Key: dotted IPv4, or the full IPv6 address as RFC 5952 writes it."""

    kind = _KIND

    def clean(self, raw: RawIdentifier, policy: Policy) -> Identifier | Rejected:
        """Give the address; private, shared and reserved ones with their state and reason.

        Relays and translators (Teredo, NAT64) put strangers into one /64, so their addresses get
        no `ipv6-64` hint; an address that carries a reserved IPv4 address is as reserved.
        """
        text = admit(_KIND, raw.value)
        if isinstance(text, Rejected):
            return text
        text = compatible(text).replace(" ", "")
        if ":" in text or "/" in text:
            text = _bare(text)
        try:
            if ":" in text:
                return self._v6(int(IPv6Address(text)), raw.value, policy=policy)
            return self._v4(int(IPv4Address(text)), raw.value, policy=policy)
        except AddressValueError:
            return Rejected(kind=_KIND, reason=_reason_of(text))

    def _v4(self, number: int, received: str, *, policy: Policy) -> Identifier | Rejected:
        key = str(IPv4Address(number))
        special = special_range(number, policy, version=4)
        if special is None:
            return finish(_KIND, key, raw=received)
        return finish(_KIND, key, raw=received, state=special.state, reason=special.reason)

    def _v6(self, number: int, received: str, *, policy: Policy) -> Identifier | Rejected:
        if number >> 32 == _MAPPED:
            return self._v4(number & _LOW_32, received, policy=policy)
        key = str(IPv6Address(number))
        special = special_range(number, policy, version=6)
        inner = _inner(number)
        if special is None and inner is not None:
            special = special_range(inner[1], policy, version=4)
        if special is not None:
            return finish(_KIND, key, raw=received, state=special.state, reason=special.reason)
        hints: tuple[Hint, ...] = ()
        if inner is None or inner[0] == "6to4-v4":
            hints = (Hint(scheme="ipv6-64", key=subnet_key(number)),)
        if inner is not None:
            hints = (*hints, Hint(scheme=inner[0], key=str(IPv4Address(inner[1]))))
        return finish(_KIND, key, raw=received, hints=hints)
