"""Which addresses a webhook may have, and which machines are ever connected to.

Whoever may register an address must not reach with it what only this machine can: itself, its
network, its cloud's metadata. A name is judged by what it leads to when it is connected to, not
when it is registered (CWE-918; DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias
from urllib.parse import SplitResult, urlsplit

import idna

from graph.errors import RowError

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
LONGEST = 1000
_HTTPS_PORT, _HTTP_PORT = 443, 80
_PRINTABLE = re.compile(r"[\x21-\x7e\u00a1-\U0010ffff]+\Z")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\Z")
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|[0-9]+)\Z")
_INNER = ("localhost", "local", "internal", "localdomain", "lan", "intranet", "home", "corp")
_MAPPED, _NAT64 = ipaddress.IPv6Network("::ffff:0:0/96"), ipaddress.IPv6Network("64:ff9b::/96")
_GLOBAL_V6 = ipaddress.IPv6Network("2000::/3")
_REFUSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "0.0.0.0/8",  # this network (RFC 6890)
        "10.0.0.0/8",
        "100.64.0.0/10",  # carrier-grade NAT (RFC 6598)
        "127.0.0.0/8",
        "169.254.0.0/16",  # link-local; 169.254.169.254 is the clouds' metadata
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",
        "2002::/16",  # 6to4: any IPv4 address behind it
        "3fff::/20",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An address in its parts."""

    host: str
    """A name in ASCII, or an address without brackets."""
    port: int
    path: str
    """With the query."""
    is_tls: bool

    @property
    def literal(self) -> Address | None:
        """The address where the host is one."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None


def target_of(url: str, *, http: bool, networks: Sequence[str]) -> Target:
    """Give the parts of an address that a webhook may have; names are not looked up.

    Raises:
        RowError: it may not have it; the sentence does not repeat the address, whose path may
            hold a secret.
    """
    if not 0 < len(url) <= LONGEST or _PRINTABLE.match(url) is None or "\\" in url:
        raise RowError(f"An address has 1 to {LONGEST} characters, no space and no backslash.")
    try:
        parts = urlsplit(url)
        port, host = parts.port, (parts.hostname or "")
    except ValueError as error:
        raise RowError("That is no address of a receiver: https://host/path.") from error
    is_tls = parts.scheme == "https"
    if not is_tls and not (http and parts.scheme == "http"):
        raise RowError(
            "A webhook's address begins with https://: notices do not leave in the open."
        )
    if parts.username is not None or parts.password is not None or parts.fragment != "":
        raise RowError("A webhook's address holds no user, no password and no fragment (#).")
    if port == 0:
        raise RowError("A webhook's address names no port, or one from 1 to 65535.")
    target = Target(
        host=_host(host, networks),
        port=port if port is not None else (_HTTPS_PORT if is_tls else _HTTP_PORT),
        path=_path(parts),
        is_tls=is_tls,
    )
    literal = target.literal
    if literal is not None and not is_allowed(literal, networks=networks):
        raise RowError(NOT_PUBLIC)
    return target


NOT_PUBLIC = (
    "A webhook leads to a public address, or into a network that CROSSTIP_WEBHOOK_NETWORKS names."
)


def is_allowed(address: Address, *, networks: Sequence[str]) -> bool:
    """Say whether a machine may be connected to: it is public, or in one of the named networks."""
    known = [ipaddress.ip_network(text) for text in networks]
    meant = _meant(address)
    if any(meant in network for network in known):
        return True
    if isinstance(meant, ipaddress.IPv6Address):
        # Only what is handed out to the public (RFC 4291, 2.4): all else is local or a tunnel.
        is_public = meant in _GLOBAL_V6 and meant.scope_id is None
    else:
        is_public = True
    return is_public and not any(meant in network for network in _REFUSED)


def _meant(address: Address) -> Address:
    """Give the IPv4 address that an IPv6 address stands for, where it does."""
    if isinstance(address, ipaddress.IPv6Address) and (address in _MAPPED or address in _NAT64):
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address


def _host(host: str, networks: Sequence[str]) -> str:
    """Give a host as it is looked up.

    Raises:
        RowError: it is neither a full name nor an address as everybody writes it.
    """
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        pass
    try:
        name = idna.encode(host, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise RowError("The address names no host that can be looked up.") from error
    labels = name.removesuffix(".").split(".")
    # What ends in a number is an address to many programs: 2130706433, 0177.0.0.1, 0x7f.1.
    if _NUMBER.match(labels[-1]) is not None:
        raise RowError("Write an IPv4 address as four decimal numbers: 198.18.0.7.")
    if len(labels) == 1 or any(_LABEL.match(label) is None for label in labels):
        raise RowError("The address names no host that others know: give its full name.")
    if labels[-1] in _INNER and len(networks) == 0:
        raise RowError(NOT_PUBLIC)
    return ".".join(labels)


def _path(parts: SplitResult) -> str:
    path = parts.path if parts.path != "" else "/"
    whole = f"{path}?{parts.query}" if parts.query != "" else path
    if not whole.isascii():
        raise RowError("What follows the host is written in ASCII: percent-encode the rest.")
    return whole
