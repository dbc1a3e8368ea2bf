from __future__ import annotations

from ipaddress import IPv6Address, IPv6Network, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.identifiers.core import IdentifierKind, IdentifierState
from graph.identifiers.ip_address import subnet_key
from graph.identifiers.ip_ranges import RANGES, special_range
from tests.graph.identifiers.cleaning import REAL, SYNTHETIC, cleaned, hints, raw, refused

IP = IdentifierKind.IP_ADDRESS


@pytest.mark.parametrize(
    ("value", "key"),
    [
        ("198.18.0.1", "198.18.0.1"),
        (" 198.18.0.1:50123 ", "198.18.0.1"),
        ("198.18.0.1/32", "198.18.0.1"),
        ("１９８.18.0.1", "198.18.0.1"),
        ("198.18.0.1\u200b\x00", "198.18.0.1"),
        ("2001:0DB8:0000:0000:0001:0000:0000:0001", "2001:db8::1:0:0:1"),
        ("[2001:db8::1]:443", "2001:db8::1"),
        ("[2001:db8::1]", "2001:db8::1"),
        ("2001:db8::1%eth0", "2001:db8::1"),
        ("2001:db8::1/128", "2001:db8::1"),
    ],
)
def test_key(value: str, key: str) -> None:
    assert cleaned(raw(IP, value)).key == key


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("", "empty"),
        ("198.18.0", "neither"),
        ("198.18.0.256", "neither"),
        ("198.018.0.1", "octal"),
        ("198.18.0.0/15", "network"),
        ("2001:db8::/32", "network"),
        ("2001:db8::1::2", "neither"),
        ("example.com", "neither"),
        ("\ud800", "neither"),
    ],
)
def test_rejected(value: str, word: str) -> None:
    assert word in refused(raw(IP, value))


@pytest.mark.parametrize("value", ["::ffff:198.18.0.1", "::FFFF:c612:1", "[::ffff:198.18.0.1]:80"])
def test_case_22_mapped_addresses_are_the_ipv4_address(value: str) -> None:
    assert cleaned(raw(IP, value)).key == "198.18.0.1"


@pytest.mark.parametrize(
    ("value", "scheme"),
    [
        ("64:ff9b::198.18.0.1", "nat64-v4"),
        ("2002:c612:1::7", "6to4-v4"),
        ("2001:0:4136:e378:8000:63bf:39ed:fffe", "teredo-v4"),
    ],
)
def test_case_22_embedded_addresses_are_hints(value: str, scheme: str) -> None:
    found = cleaned(raw(IP, value))
    assert ":" in found.key
    assert hints(found)[scheme] == "198.18.0.1"
    assert ("ipv6-64" in hints(found)) == (scheme == "6to4-v4")
    assert cleaned(raw(IP, value), REAL).state is IdentifierState.STOPPED


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("10.1.2.3", IdentifierState.SHARED),
        ("172.31.255.255", IdentifierState.SHARED),
        ("192.168.1.1", IdentifierState.SHARED),
        ("100.64.0.1", IdentifierState.SHARED),
        ("100.127.255.255", IdentifierState.SHARED),
        ("127.0.0.1", IdentifierState.STOPPED),
        ("169.254.10.10", IdentifierState.STOPPED),
        ("224.0.0.251", IdentifierState.STOPPED),
        ("0.0.0.0", IdentifierState.STOPPED),  # noqa: S104 - a value, nothing is bound
        ("255.255.255.255", IdentifierState.STOPPED),
        ("192.0.2.1", IdentifierState.STOPPED),
        ("203.0.113.9", IdentifierState.STOPPED),
        ("::", IdentifierState.STOPPED),
        ("::1", IdentifierState.STOPPED),
        ("fe80::1", IdentifierState.STOPPED),
        ("ff02::1", IdentifierState.STOPPED),
        ("fd00::1", IdentifierState.SHARED),
        ("3fff::1", IdentifierState.STOPPED),
        ("5f00::1", IdentifierState.STOPPED),
        ("64:ff9b::10.0.0.1", IdentifierState.SHARED),
        ("172.64.0.1", IdentifierState.SHARED),
        ("8.8.8.8", IdentifierState.SHARED),
    ],
)
def test_case_23_addresses_that_say_nothing_in_any_store(
    value: str, state: IdentifierState
) -> None:
    for policy in (REAL, SYNTHETIC):
        found = cleaned(raw(IP, value), policy)
        assert found.state is state
        assert found.state_reason is not None
        assert found.hints == ()


@pytest.mark.parametrize("value", ["198.18.0.1", "198.19.255.255", "240.0.0.1", "2001:db8:1::1"])
def test_reserved_ranges_are_public_in_a_synthetic_store_only(value: str) -> None:
    assert cleaned(raw(IP, value), SYNTHETIC).state is IdentifierState.NORMAL
    assert cleaned(raw(IP, value), REAL).state is IdentifierState.STOPPED


@pytest.mark.parametrize("value", ["198.17.255.255", "198.20.0.0", "100.63.255.255", "100.128.0.0"])
def test_neighbours_of_special_ranges_are_normal(value: str) -> None:
    assert cleaned(raw(IP, value), REAL).state is IdentifierState.NORMAL


def test_ipv6_hint_is_the_subnet_of_64_bits() -> None:
    found = cleaned(raw(IP, "2001:db8:0:7:aaaa:bbbb:cccc:dddd"))
    assert hints(found) == {"ipv6-64": "2001:db8:0:7::/64"}


@given(st.integers(0, 2**128 - 1))
def test_subnet_key_is_what_ipaddress_writes(number: int) -> None:
    assert subnet_key(number) == str(IPv6Network((number >> 64 << 64, 64)))


@given(
    st.one_of(
        st.integers(0, 2**32 - 1).map(lambda number: (number, 4)),
        st.integers(0, 2**128 - 1).map(lambda number: (number, 6)),
        st.sampled_from(RANGES).flatmap(
            lambda row: st.sampled_from(
                [
                    (int(row.network.network_address), row.network.version),
                    (int(row.network.broadcast_address), row.network.version),
                ]
            )
        ),
    ),
    st.integers(-1, 1),
)
def test_the_narrowest_range_is_found(place: tuple[int, int], step: int) -> None:
    number, version = place[0] + step, place[1]
    if not 0 <= number < 2 ** (32 if version == 4 else 128):
        return
    address = ip_address(number) if version == 4 else IPv6Address(number)
    holding = [row for row in RANGES if row.network.version == version and address in row.network]
    narrowest = max(holding, key=lambda row: row.network.prefixlen, default=None)
    expected = None if narrowest is None or narrowest.reason is None else narrowest
    assert special_range(number, REAL, version=version) is expected
