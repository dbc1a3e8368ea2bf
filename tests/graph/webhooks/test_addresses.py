"""Which addresses a webhook may have, and which machines are ever connected to."""

from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import RowError
from graph.webhooks.addresses import LONGEST, is_allowed, target_of

PUBLIC = ("93.184.216.34", "8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8")
REFUSED = (
    *("127.0.0.1", "127.8.9.10", "0.0.0.0", "0.1.2.3", "10.0.0.1"),  # noqa: S104 - refused
    *("172.16.0.1", "172.31.255.255"),
    *("192.168.1.1", "169.254.169.254", "169.254.0.1", "100.64.0.1", "100.127.255.255"),
    *("192.0.0.170", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1"),
    *("240.0.0.1", "255.255.255.255", "192.88.99.1"),
    *("::1", "::", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "::ffff:10.0.0.1", "::127.0.0.1"),
    *("fe80::1", "fe80::1%2", "fec0::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1"),
    *("2002:7f00:1::", "2001:0:7f00:1::", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe"),
    *("64:ff9b:1::a00:1", "100::1", "3fff::1", "5f00::1"),
)
ODD = (
    *("http://h.example.org/", "ftp://h.example.org/", "//h.example.org/", "h.example.org", ""),
    *("https://", "https:///x", "https://u@h.example.org/", "https://u:p@h.example.org/"),
    *("https://h.example.org/#x", "https://h.example.org:0/", "https://h.example.org:99999/"),
    *("https://h.example.org:x/", "https://h.example.org/ x", "https://h.example.org/\r\nX: y"),
    *("https://h.example.org\\@127.0.0.1/", "https://[::1", "https://[zz]/", "https://-a.example/"),
    *("https://a_b.example.org/", "https://a..example.org/", "https://localhost/", "https://db/"),
    *("https://metadata.google.internal/", "https://printer.local/", "https://x.localhost/"),
    # Addresses that other programs would take for 127.0.0.1 or 169.254.169.254.
    *("https://2130706433/", "https://0x7f000001/", "https://0177.0.0.1/", "https://0x7f.1/"),
    *("https://127.1/", "https://127.0.0.1./", "https://017700000001/", "https://2852039166/"),
    *("https://①②⑦.⓪.⓪.①/", "https://127。0。0。1/", "https://0xA9FEA9FE/"),
    *(f"https://{text.partition('%')[0]}/" for text in REFUSED if ":" not in text),
    *(f"https://[{text}]/" for text in REFUSED if ":" in text),
    f"https://h.example.org/{'x' * LONGEST}",
)


@pytest.mark.parametrize("url", ODD)
def test_what_is_no_address_of_a_receiver_is_refused(url: str) -> None:
    with pytest.raises(RowError) as raised:
        target_of(url, http=False, networks=())
    assert len(url) < 4 or url not in str(raised.value)


def test_an_address_in_its_parts() -> None:
    target = target_of("HTTPS://Hooks.Exämple.org/in?a=b", http=False, networks=())
    assert (target.host, target.port) == ("hooks.xn--exmple-cua.org", 443)
    assert (target.path, target.is_tls, target.literal) == ("/in?a=b", True, None)
    assert target_of("https://h.example.org:8443", http=False, networks=()).path == "/"
    assert target_of("http://h.example.org", http=True, networks=()).port == 80
    literal = target_of("https://[::ffff:8.8.8.8]/", http=False, networks=()).literal
    assert literal == ipaddress.ip_address("::ffff:8.8.8.8")


def test_what_is_connected_to() -> None:
    for text in PUBLIC:
        assert is_allowed(ipaddress.ip_address(text), networks=()), text
    for text in REFUSED:
        assert not is_allowed(ipaddress.ip_address(text), networks=()), text


def test_operators_name_networks_of_their_own() -> None:
    named = ("10.20.0.0/16", "fd12:3456::/32")
    for text in ("10.20.0.7", "::ffff:10.20.0.7", "fd12:3456::7"):
        assert is_allowed(ipaddress.ip_address(text), networks=named), text
        assert not is_allowed(ipaddress.ip_address(text), networks=()), text
    assert not is_allowed(ipaddress.ip_address("10.21.0.7"), networks=named)
    assert target_of("https://10.20.0.7/x", http=False, networks=named).host == "10.20.0.7"


@given(st.ip_addresses())
def test_nothing_that_python_calls_local_is_public(
    address: ipaddress.IPv4Address | ipaddress.IPv6Address,
) -> None:
    if is_allowed(address, networks=()):
        assert not address.is_loopback
        assert not address.is_link_local
        assert not address.is_multicast
        assert not address.is_unspecified
        mapped = getattr(address, "ipv4_mapped", None)
        assert not (address if mapped is None else mapped).is_private


@given(st.text(max_size=60))
def test_any_text_is_refused_or_has_a_host(text: str) -> None:
    try:
        target = target_of(f"https://{text}", http=False, networks=())
    except RowError:
        return
    assert target.host.isascii()
    assert target.path.isascii()
    assert target.path.startswith("/")
    assert "." in target.host or ":" in target.host
