"""E-mail addresses.

Sources: RFC 5321 section 2.3.11 (the local part is case-sensitive by the standard, by no provider
in practice), RFC 6531 (letters outside ASCII), RFC 5890 and UTS 46 (domains); Gmail's rules for
dots and `+` (`mail_providers.csv`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from graph.identifiers.boilerplate import boilerplate_reason, email_candidates
from graph.identifiers.characters import admit, compatible, finish
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
from graph.identifiers.hosts import normal_host, reserved_reason
from graph.identifiers.tables import Line, read_table

_KIND = IdentifierKind.EMAIL
_COLUMNS = ("domain", "same_as", "dots_ignored", "tag")
_IN_ANGLES = re.compile(r"<([^<>]*@[^<>]*)>\s*\Z")
_ATOM = re.compile(r'[^\s@<>,;()\[\]\\"]+\Z')
_QUOTED = re.compile(r'"(?:[^"\\]|\\.)+"\Z')
_NEEDLESSLY_QUOTED = re.compile(r'"([^\s@<>,;()\[\]\\":.]+(?:\.[^\s@<>,;()\[\]\\":.]+)*)"\Z')
_LITERAL = re.compile(r"\[[0-9a-z.:-]+\]\Z")


@dataclass(frozen=True, slots=True, kw_only=True)
class MailProvider:
    """How a mail domain treats variants of an address."""

    domain: str
    same_as: str | None
    """The domain whose mailboxes these are."""
    dots_ignored: bool
    tag_in_key: bool
    """True: what follows `+` goes from the key; False: it goes only from a hint."""


def _mail_provider(line: Line) -> MailProvider:
    return MailProvider(
        domain=line.text("domain"),
        same_as=line.optional("same_as"),
        dots_ignored=line.flag("dots_ignored"),
        tag_in_key=line.choice("tag", ("key", "hint")) == "key",
    )


MAIL_PROVIDERS = {
    row.domain: row for row in read_table("mail_providers.csv", _COLUMNS, _mail_provider)
}


def _rejected(reason: str) -> Rejected:
    return Rejected(kind=_KIND, reason=reason)


def _parts(text: str) -> tuple[str, str] | Rejected:
    """Give local part and domain as received, in NFKC, or why there is no address."""
    text = compatible(text)
    angled = _IN_ANGLES.search(text)
    if angled is not None:
        text = angled.group(1)
    if text[:7].lower() == "mailto:":
        text = text[7:].partition("?")[0]
    local, at, domain = text.strip(" ,;").rpartition("@")
    local, domain = local.strip(), domain.strip()
    if at == "" or domain == "":
        return _rejected("There is no domain: the value has no @, or nothing stands after it.")
    if local == "":
        return _rejected("Nothing stands before the @.")
    unquoted = _NEEDLESSLY_QUOTED.match(local)
    if unquoted is not None:
        return unquoted.group(1), domain
    if _ATOM.match(local) is None and _QUOTED.match(local) is None:
        return _rejected(
            "What stands before the @ holds a space, a second @ or another character that an "
            "address cannot have, or there are several addresses."
        )
    return local, domain


class Email(IdentifierType):
    """E-mail addresses. Key: `local@domain`, both in lower case, the domain in punycode."""

    kind = _KIND

    def clean(self, raw: RawIdentifier, policy: Policy) -> Identifier | Rejected:
        """Give the address as a key, Gmail's variants as one; `+tag` elsewhere as a hint only."""
        text = admit(_KIND, raw.value)
        if isinstance(text, Rejected):
            return text
        parts = _parts(text)
        if isinstance(parts, Rejected):
            return parts
        local = parts[0].lower() if parts[0].isascii() else compatible(parts[0].lower())
        literal = parts[1].lower()
        domain = literal if _LITERAL.match(literal) is not None else normal_host(parts[1])
        if domain is None:
            return _rejected("The domain holds a character that a domain cannot have.")
        hints: tuple[Hint, ...] = ()
        provider = MAIL_PROVIDERS.get(domain)
        if provider is not None:
            domain = provider.same_as or domain
            base = local.partition("+")[0]
            if provider.dots_ignored:
                local, base = local.replace(".", ""), base.replace(".", "")
            if base == "":
                return _rejected("Only dots or a tag stand before the @.")
            if provider.tag_in_key:
                local = base
            elif base != local:
                hints = (Hint(scheme="plus-tag", key=f"{base}@{domain}"),)
        reason = boilerplate_reason(_KIND, email_candidates(local, domain), mined=False)
        reason = reason or reserved_reason(domain, policy)
        return finish(
            _KIND,
            f"{local}@{domain}",
            raw=raw.value,
            state=IdentifierState.NORMAL if reason is None else IdentifierState.STOPPED,
            reason=reason,
            hints=hints,
        )
