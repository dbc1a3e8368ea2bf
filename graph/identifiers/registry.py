"""All kinds of identifier in one mapping, and the reading of a search box."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from graph.identifiers.account import Account
from graph.identifiers.core import (
    Identifier,
    IdentifierKind,
    IdentifierType,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.device import Device
from graph.identifiers.email import Email
from graph.identifiers.file_hash import FileHash
from graph.identifiers.guesses import guesses
from graph.identifiers.ip_address import IpAddress
from graph.identifiers.phone import Phone
from graph.identifiers.screen_name import ScreenName
from graph.identifiers.url import Url

TYPES: Mapping[IdentifierKind, IdentifierType] = MappingProxyType(
    {
        kind.kind: kind
        for kind in (
            Account(),
            Email(),
            Phone(),
            IpAddress(),
            FileHash(),
            Device(),
            Url(),
            ScreenName(),
        )
    }
)
"""The one object of each kind."""


def clean(raw: RawIdentifier, policy: Policy) -> Identifier | Rejected:
    """Give the identifier of a raw value, or the reason why there is none. Never raises."""
    return TYPES[raw.kind].clean(raw, policy)


def interpret(text: str, policy: Policy) -> tuple[Identifier, ...]:
    """Give every identifier that a search text can be, the most likely one first.

    A phone number without a country stays unresolved; a bare name is a screen name and an account
    whose platform is not stated, to be looked up by the hint `cross-platform-name`. Keys as
    Crosstip shows them (`md5:…`, `imei:…`, `provider|service|id`) are understood.
    """
    found: dict[tuple[IdentifierKind, str], Identifier] = {}
    for raw in guesses(text):
        identifier = clean(raw, policy)
        if isinstance(identifier, Identifier):
            found.setdefault((identifier.kind, identifier.key), identifier)
    return tuple(found.values())
