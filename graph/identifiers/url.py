"""Web addresses and magnet links.

Sources: RFC 3986 (syntax, section 6.2 equal spellings), WHATWG URL Standard (default ports),
RFC 5890 and UTS 46 (hosts), BEP 9 (magnet links).
"""

from __future__ import annotations

import re
from base64 import b32decode
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from graph.identifiers.boilerplate import Match, boilerplate_reason
from graph.identifiers.characters import admit, compatible, composed, finish
from graph.identifiers.core import (
    Hint,
    Identifier,
    IdentifierKind,
    IdentifierState,
    IdentifierType,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.hosts import normal_host, parents, reserved_reason
from graph.identifiers.ip_ranges import special_range
from graph.identifiers.profile_urls import profile_hint
from graph.identifiers.url_rules import respelt, shared_reason, without_tracking

_KIND = IdentifierKind.URL
ANY_SCHEME = "any-scheme"
"""Scheme of the hint under which `http`, `https`, with and without `www.` meet."""

_PARTS = re.compile(r"(?:([A-Za-z][A-Za-z0-9+.-]*):)?//([^/?#]*)([^?#]*)(?:\?([^#]*))?")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+-]*):(?![0-9]+(?:[/?#]|\Z))")
_PORT = re.compile(r":([0-9]*)\Z")
_V4 = re.compile(r"[0-9.]+\Z")
_EXACT_TOPIC = re.compile(r"[?&]xt(?:\.[0-9]+)?=(urn:[a-z0-9]+:[^&#]+)", re.IGNORECASE)
_BASE32_TOPIC = re.compile(r"urn:btih:([a-z2-7]{32})\Z")
_DEFAULT_PORTS = {"http": "80", "https": "443", "ftp": "21", "ws": "80", "wss": "443"}
_WEB = frozenset({"http", "https"})
_DEFANGED = {"hxxp": "http", "hxxps": "https"}
_NO_ADDRESS = {
    "data": "The value carries content, it is no address.",
    "javascript": "The value is a program, no address.",
    "mailto": "The value is an e-mail address, not a web address.",
    "tel": "The value is a phone number, not a web address.",
    "file": "The value is a file on one machine, not a web address.",
    "blob": "The value means something in one browser only.",
    "about": "The value means something in one browser only.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Address:
    """A web address in normal spelling."""

    scheme: str
    user: str
    """User name with `@`, or empty."""
    host: str
    number: int | None
    """The host's IP address as an integer, when it is one."""
    port: str
    """With its colon, or empty."""
    path: str
    query: str
    """With its question mark, or empty."""


def _rejected(reason: str) -> Rejected:
    return Rejected(kind=_KIND, reason=reason)


def _host(text: str) -> tuple[str, int | None] | None:
    """Give the host in normal spelling and its number when it is an IP address."""
    try:
        if text.startswith("["):
            address = IPv6Address(text[1:-1].partition("%")[0])
            return f"[{address}]", int(address)
        if _V4.match(text) is not None:
            return text, int(IPv4Address(text))
    except AddressValueError:
        return None
    host = normal_host(text)
    return None if host is None else (host, None)


def _address(text: str) -> _Address | Rejected:
    """Give the parts of an address in normal spelling; without a scheme `https` is taken.

    The `any-scheme` hint is the same for both, so that guess can hide no match.
    """
    parts = _PARTS.match(text)
    if parts is None:
        parts = _PARTS.match("//" + text)
        if parts is None or "." not in parts.group(2) or "@" in parts.group(2):
            return _rejected("The value has no scheme and does not begin with a host name.")
    scheme = (parts.group(1) or "https").lower()
    scheme = _DEFANGED.get(scheme, scheme)
    user, at, host_text = parts.group(2).rpartition("@")
    port = _PORT.search(host_text)
    if port is not None:
        host_text = host_text[: port.start()]
    found = _host(compatible(host_text).strip())
    if found is None:
        return _rejected("The host holds a character that a host cannot have, or there is none.")
    number = "" if port is None else port.group(1).lstrip("0")
    path = respelt(parts.group(3)) or "/"
    query = respelt(parts.group(4) or "")
    if query and scheme in _WEB:
        query = without_tracking(query, found[0])
    user_name = respelt(user.partition(":")[0]) if scheme not in _WEB else ""
    return _Address(
        scheme=scheme,
        user=f"{user_name}@" if at and user_name else "",
        host=found[0],
        number=found[1],
        port="" if number in ("", _DEFAULT_PORTS.get(scheme)) else f":{number}",
        path=path,
        query=f"?{query}" if query else "",
    )


def _magnet(text: str, received: str) -> Identifier | Rejected:
    """Give a magnet link by what it fetches; names and trackers in it do not count."""
    topics = {topic.lower() for topic in _EXACT_TOPIC.findall(text)}
    if not topics:
        return _rejected("The magnet link names no file (no `xt`).")
    plain = set()
    for topic in topics:
        base32 = _BASE32_TOPIC.match(topic)
        plain.add(
            topic if base32 is None else f"urn:btih:{b32decode(base32.group(1).upper()).hex()}"
        )
    key = "magnet:?" + "&".join(f"xt={respelt(topic)}" for topic in sorted(plain))
    return finish(_KIND, key, raw=received)


class Url(IdentifierType):
    """Web addresses. Key: the address in one spelling, without fragment and tracking."""

    kind = _KIND

    def clean(self, raw: RawIdentifier, policy: Policy) -> Identifier | Rejected:
        """Give the address; a profile's with the account or screen name as a hint."""
        text = admit(_KIND, raw.value)
        if isinstance(text, Rejected):
            return text
        text = composed(text).replace("[.]", ".")
        scheme = _SCHEME.match(text)
        if scheme is not None and not text.startswith("//", scheme.end()):
            name = scheme.group(1).lower()
            if name == "magnet":
                return _magnet(text, raw.value)
            return _rejected(_NO_ADDRESS.get(name, "The value has no host: it is no web address."))
        address = _address(text)
        if isinstance(address, Rejected):
            return address
        if address.scheme in _NO_ADDRESS:
            return _rejected(_NO_ADDRESS[address.scheme])
        rest = f"{address.host}{address.port}{address.path}{address.query}"
        state, reason = _state(address, policy)
        return finish(
            _KIND,
            f"{address.scheme}://{address.user}{rest}",
            raw=raw.value,
            state=state,
            reason=reason,
            hints=_hints(address, rest) if state is IdentifierState.NORMAL else (),
        )


def _hints(address: _Address, rest: str) -> tuple[Hint, ...]:
    if address.scheme not in _WEB:
        return ()
    bare = rest.removeprefix("www.")
    any_scheme = Hint(scheme=ANY_SCHEME, key=bare.removesuffix("/"))
    profile = profile_hint(address.host.removeprefix("www."), address.path + address.query)
    return (any_scheme,) if profile is None else (any_scheme, profile)


def _state(address: _Address, policy: Policy) -> tuple[IdentifierState, str | None]:
    """Give the state of an address and the reason for it."""
    if address.number is not None:
        version = 6 if address.host.startswith("[") else 4
        special = special_range(address.number, policy, version=version)
        if special is not None:
            return special.state, special.reason
        return IdentifierState.NORMAL, None
    bare = address.host.removeprefix("www.")
    first = address.path.split("/", 2)[1]
    candidates = (
        (Match.HOST, f"{bare}/{first}"),
        *((Match.HOST, above) for above in parents(bare)),
    )
    reason = boilerplate_reason(_KIND, candidates, mined=False)
    reason = reason or reserved_reason(address.host, policy)
    if reason is not None:
        return IdentifierState.STOPPED, reason
    front_page = address.path == "/" and address.query == ""
    reason = shared_reason(bare, front_page=front_page)
    return (IdentifierState.NORMAL if reason is None else IdentifierState.SHARED), reason
