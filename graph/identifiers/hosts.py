"""Host names: one spelling, and which of them are reserved.

Sources: RFC 1035 and RFC 5890 (labels), Unicode Technical Standard 46 (mapping before punycode),
RFC 2606, 6761, 6762 and 8375 (reserved names, `reserved_domains.csv`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from unicodedata import normalize

import idna

from graph.identifiers.core import Policy
from graph.identifiers.tables import Line, read_table

_MAX_HOST = 253
_MAX_LABEL = 63
_ASCII_HOST = re.compile(r"[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})*\Z")
_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_FORBIDDEN = re.compile('[\ufffd\x00-\x20"#%/:;<>?@\\[\\\\\\]^`{|}\x7f]')


@dataclass(frozen=True, slots=True, kw_only=True)
class ReservedDomain:
    """A domain, with everything below it, that is nobody's."""

    domain: str
    synthetic_public: bool
    """A synthetic store treats it as public."""
    reason: str


def _reserved_domain(line: Line) -> ReservedDomain:
    return ReservedDomain(
        domain=line.text("domain"),
        synthetic_public=line.flag("synthetic_public"),
        reason=line.text("reason"),
    )


RESERVED_DOMAINS = {
    row.domain: row
    for row in read_table(
        "reserved_domains.csv", ("domain", "synthetic_public", "reason"), _reserved_domain
    )
}


def normal_host(text: str) -> str | None:
    """Give a host name in lower case and punycode without a final dot; None when it is none.

    Names with underscores, single labels, `.onion` and emoji domains stay names: what the strict
    rules of IDNA 2008 refuse is encoded label by label.
    """
    if len(text) > _MAX_HOST * 2:
        return None
    host = text.lower().removesuffix(".")
    if not host.isascii():
        host = _encoded(host).removesuffix(".")
    if len(host) > _MAX_HOST or _ASCII_HOST.match(host) is None:
        return None
    return host


def _encoded(host: str) -> str:
    """Give a host with letters outside ASCII in punycode; an empty text when it cannot be."""
    try:
        return idna.encode(host, uts46=True, transitional=False).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError):
        labels = _DOTS.split(normalize("NFKC", host).lower())
    if any(len(label) > _MAX_LABEL or _FORBIDDEN.search(label) for label in labels):
        return ""
    return ".".join(
        label if label.isascii() else "xn--" + label.encode("punycode").decode("ascii").lower()
        for label in labels
    )


def parents(host: str) -> list[str]:
    """Give the host and every domain above it, longest first."""
    found = [host]
    while (dot := host.find(".")) >= 0:
        host = host[dot + 1 :]
        found.append(host)
    return found


def reserved_reason(host: str, policy: Policy) -> str | None:
    """Give why nobody can own this host, None when somebody can (RFC 2606, RFC 6761)."""
    for domain in parents(host):
        row = RESERVED_DOMAINS.get(domain)
        if row is not None:
            return None if row.synthetic_public and policy.synthetic else row.reason
    return None
