"""Contacts that stand in thousands of documents and belong to nobody in them.

A provider's address for legal process, NCMEC's pages and 24-hour numbers: as identifiers they would
join all tips of a provider. Source: `boilerplate_contacts.csv`, reviewed rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.identifiers.core import IdentifierKind
from graph.identifiers.hosts import parents
from graph.identifiers.tables import Line, read_table


class Match(StrEnum):
    """What of a key a row is compared with."""

    ADDRESS = "address"
    DOMAIN = "domain"
    LOCAL_PART = "local part"
    LOCAL_PART_CONTAINS = "local part contains"
    NUMBER = "number"
    HOST = "host"
    """A URL's host without `www.`, or host and first part of the path."""


class Scope(StrEnum):
    """Where a row counts."""

    ANYWHERE = "anywhere"
    TEXT = "text"
    """Only for values mined from running text: in a field of its own the value may be a user's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """One reviewed row."""

    kind: IdentifierKind
    match: Match
    value: str
    scope: Scope
    reason: str


def _contact(line: Line) -> Contact:
    return Contact(
        kind=IdentifierKind(line.choice("kind", tuple(IdentifierKind))),
        match=Match(line.choice("match", tuple(Match))),
        value=line.text("value"),
        scope=Scope(line.choice("scope", tuple(Scope))),
        reason=line.text("reason"),
    )


CONTACTS = read_table(
    "boilerplate_contacts.csv", ("kind", "match", "value", "scope", "reason"), _contact
)

_ROWS = {(row.kind, row.match, row.value, row.scope): row.reason for row in CONTACTS}
_CONTAINED = tuple(
    (row.kind, row.value, row.scope, row.reason)
    for row in CONTACTS
    if row.match is Match.LOCAL_PART_CONTAINS
)


def boilerplate_reason(
    kind: IdentifierKind, candidates: tuple[tuple[Match, str], ...], *, mined: bool
) -> str | None:
    """Give why a value is a contact and no user's, None when no row says so."""
    scopes = (Scope.ANYWHERE, Scope.TEXT) if mined else (Scope.ANYWHERE,)
    for match, value in candidates:
        for scope in scopes:
            reason = _ROWS.get((kind, match, value, scope))
            if reason is not None:
                return reason
        if match is Match.LOCAL_PART and mined:
            for row_kind, part, _, reason in _CONTAINED:
                if row_kind is kind and part in value:
                    return reason
    return None


def email_candidates(local: str, domain: str) -> tuple[tuple[Match, str], ...]:
    """Give what of an e-mail address a row may name."""
    return (
        (Match.ADDRESS, f"{local}@{domain}"),
        (Match.LOCAL_PART, local),
        *((Match.DOMAIN, above) for above in parents(domain)),
    )


def mined_reason(kind: IdentifierKind, key: str) -> str | None:
    """Give why a value found in running text is boilerplate, None when it may be a user's.

    For `ingest`: wider than what `clean` already marks as stopped, because a government address in
    a sentence is a contact, and in a suspect's own e-mail field it is a suspect's.
    """
    if kind is IdentifierKind.EMAIL:
        local, _, domain = key.rpartition("@")
        return boilerplate_reason(kind, email_candidates(local, domain), mined=True)
    if kind is IdentifierKind.PHONE:
        return boilerplate_reason(kind, ((Match.NUMBER, key),), mined=True)
    return None
