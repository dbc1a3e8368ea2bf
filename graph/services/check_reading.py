"""How a line of a check is read: as every identifier that it states, or not at all.

Claims are met on the whole normalised key. What lacks a part of it (a telephone number without its
country, a name without its platform) cannot be looked up as such, and is no miss.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.identifiers.core import (
    Identifier,
    IdentifierKind,
    Policy,
    RawIdentifier,
    Rejected,
)
from graph.identifiers.phone import UNRESOLVED
from graph.identifiers.providers import UNKNOWN_KEY
from graph.identifiers.registry import clean, interpret

NO_IDENTIFIER = "The line is no identifier that is understood here."
_NAMES = frozenset({IdentifierKind.ACCOUNT, IdentifierKind.SCREEN_NAME})
_NO_COUNTRY = (
    "Read as a telephone number without its country; numbers with a country were not looked up. "
    "Write it with + and the calling code."
)
_NO_PLATFORM = (
    "Read as a name or id without its platform; those of known platforms were not looked up. "
    "Write platform:name, or give provider and kind in columns of their own."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One line as it was read."""

    readings: tuple[Identifier, ...] = ()
    """What is looked up; empty where nothing is."""
    reason: str | None = None
    """Why a miss would say nothing about this line: it was not understood, or not whole."""

    @property
    def is_readable(self) -> bool:
        """Whether there is anything to look up."""
        return len(self.readings) > 0

    @property
    def keys(self) -> tuple[tuple[str, str], ...]:
        """Kind and key of what is looked up."""
        return tuple((item.kind.value, item.key) for item in self.readings)


def asked_text(text: str, *, kind: IdentifierKind | None = None, policy: Policy) -> Asked:
    """Read what a person typed: as all that it can be whole, else as what it can be in part."""
    found = tuple(item for item in interpret(text, policy) if kind is None or item.kind is kind)
    if len(found) == 0:
        return Asked(reason=NO_IDENTIFIER)
    whole = tuple(item for item in found if _lacking(item) is None)
    if len(whole) > 0:
        return Asked(readings=whole)
    return Asked(readings=found, reason=_lacking(found[0]))


def asked_raw(raw: RawIdentifier, policy: Policy) -> Asked:
    """Read a value whose kind is stated."""
    found = clean(raw, policy)
    if isinstance(found, Rejected):
        return Asked(reason=found.reason)
    return asked_identifier(found)


def asked_identifier(identifier: Identifier) -> Asked:
    """Give a line of one identifier."""
    return Asked(readings=(identifier,), reason=_lacking(identifier))


def _lacking(identifier: Identifier) -> str | None:
    """Give what an identifier lacks to be met on its whole key, None when nothing."""
    if identifier.kind is IdentifierKind.PHONE and identifier.key.startswith(UNRESOLVED):
        return _NO_COUNTRY
    if identifier.kind in _NAMES and identifier.key.startswith(f"{UNKNOWN_KEY}|"):
        return _NO_PLATFORM
    return None
