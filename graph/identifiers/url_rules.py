"""What is known about parts of web addresses: tracking parameters and hosts that many use.

Sources: `tracking_parameters.csv`, `shared_hosts.csv`; RFC 3986 section 6.2.2 (equal spellings).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote

from graph.identifiers.hosts import parents
from graph.identifiers.tables import Line, read_table

_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
_RESERVED = "%:/?#[]@!$&'()*+,;="
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNSAFE = re.compile(r"[^%A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]")


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackingParameter:
    """A query parameter that tells who shared a link or where, not what it shows."""

    parameter: str
    is_prefix: bool
    host: str | None
    """Only on this host and below it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedHost:
    """A host whose front page, or every page, is everybody's."""

    host: str
    every_page: bool
    reason: str


def _tracking_parameter(line: Line) -> TrackingParameter:
    return TrackingParameter(
        parameter=line.text("parameter"),
        is_prefix=line.choice("match", ("exact", "prefix")) == "prefix",
        host=line.optional("host"),
    )


def _shared_host(line: Line) -> SharedHost:
    line.text("what")
    return SharedHost(
        host=line.text("host"),
        every_page=line.choice("scope", ("front page", "every page")) == "every page",
        reason=line.text("reason"),
    )


TRACKING = read_table(
    "tracking_parameters.csv", ("parameter", "match", "host"), _tracking_parameter
)
SHARED_HOSTS = {
    row.host: row
    for row in read_table("shared_hosts.csv", ("host", "what", "scope", "reason"), _shared_host)
}

_EVERYWHERE = frozenset(row.parameter for row in TRACKING if not row.is_prefix and row.host is None)
_PREFIXES = tuple(row.parameter for row in TRACKING if row.is_prefix and row.host is None)
_ON_HOST: dict[str, frozenset[str]] = {
    host: frozenset(row.parameter for row in TRACKING if row.host == host)
    for host in {row.host for row in TRACKING if row.host is not None}
}


def _respelt(match: re.Match[str]) -> str:
    """Give one percent escape in its normal spelling."""
    digits = match.group(1)
    if digits is None:
        return "%25"
    character = chr(int(digits, 16))
    return character if character in _UNRESERVED else f"%{digits.upper()}"


def respelt(text: str) -> str:
    """Give a path or query in one spelling: needed escapes only, in upper case (RFC 3986 6.2.2)."""
    if "%" in text:
        text = _ESCAPE.sub(_respelt, text)
    if _UNSAFE.search(text) is not None:
        text = quote(text, safe=_RESERVED)
    return text


def without_tracking(query: str, host: str) -> str:
    """Give the query without tracking parameters, the rest in its order."""
    here: frozenset[str] = frozenset()
    for domain in parents(host):
        here = _ON_HOST.get(domain, here)
        if here:
            break
    kept = []
    for item in query.split("&"):
        name = item.partition("=")[0].lower()
        if item == "" or name in _EVERYWHERE or name in here or name.startswith(_PREFIXES):
            continue
        kept.append(item)
    return "&".join(kept)


def shared_reason(host: str, *, front_page: bool) -> str | None:
    """Give why a link says nothing about a person; None when it leads to something of its own."""
    row = SHARED_HOSTS.get(host)
    if row is None or not (row.every_page or front_page):
        return None
    return row.reason
