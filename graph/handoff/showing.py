"""What exactly an offer shows to the agency that it is made to, level by level, and its digest.

The bytes are RFC 8785 (`graph.audit.records.encode`), so that a digest in a receipt can be computed
again years later with any JSON library.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from types import MappingProxyType

from pydantic import TypeAdapter

from graph.audit.records import Field, encode
from graph.casework.log_text import holds_identifier
from graph.errors import RowError


class Level(StrEnum):
    """How much an offer shows before it is accepted; whoever offers chooses."""

    POINTER = "pointer"
    """That there is a tip, whose, and how urgent. No identifier."""
    SUBJECTS = "subjects"
    """The kind of incident too, and the identifiers that the tip states of the reported person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the receiver is shown of a tip that is offered. A field of a higher level is None."""

    tip: str
    giver: str
    contact: str
    why: str
    kind: str
    purpose: str
    priority: str
    """Class of urgency at the giver."""
    provider: str | None = None
    files: int | None = None
    place: str | None = None
    """General place, in the giver's words."""
    scope: str | None = None
    """What a prosecutor's office is handed it for."""
    investigation: str | None = None
    """Reference of the giver's investigation."""
    until_us: int | None = None
    incident_types: tuple[str, ...] | None = None
    incident_us: int | None = None
    reasons: tuple[str, ...] | None = None
    """Why it is of that class."""
    identifiers: tuple[str, ...] | None = None
    """`<kind>: <value>`, of the reported person alone."""
    cut_off: str | None = None


_POINTER = (
    *("tip", "giver", "contact", "why", "kind", "purpose", "priority", "provider", "files"),
    *("place", "scope", "investigation", "until_us"),
)
LEVELS: Mapping[Level, tuple[str, ...]] = MappingProxyType(
    {
        Level.POINTER: _POINTER,
        Level.SUBJECTS: (
            *_POINTER,
            *("incident_types", "incident_us", "reasons", "identifiers", "cut_off"),
        ),
    }
)
"""By level: the fields that are shown. What is not named is not shown."""
_SHOWN = TypeAdapter(Shown)


def at_level(shown: Shown, level: Level) -> Shown:
    """Give what a level shows, and nothing else."""
    wanted = {name: getattr(shown, name) for name in LEVELS[level]}
    return Shown(**wanted)


def text_of_shown(shown: Shown) -> str:
    """Give a record of what is shown as canonical text; what does not apply is left out.

    Raises:
        RowError: it is too large for one record.
    """
    found: dict[str, Field] = {}
    for field in fields(shown):
        value = getattr(shown, field.name)
        if value is not None:
            found[field.name] = list(value) if isinstance(value, tuple) else value
    return canonical_text(found)


def shown_from(text: str) -> Shown:
    """Give what a canonical text shows."""
    return _SHOWN.validate_json(text)


def whole_text(*, tip: str, versions: Sequence[str]) -> str:
    """Give the canonical text that says what acceptance gives: each version of the tip.

    A version's key ends with the SHA-256 of the document that it was read from, so this says byte
    for byte what the receiver could read at that time.
    """
    return canonical_text({"tip": tip, "versions": sorted(versions)})


def canonical_text(found: dict[str, Field]) -> str:
    """Give fields as canonical text (RFC 8785).

    Raises:
        RowError: it is too large for one record.
    """
    return encode(found).decode("utf-8")


def sha256_of(text: str) -> str:
    """Give the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def require_no_identifier(
    text: str | None, what: str, *, level: Level, numbers: bool = True
) -> None:
    """Come back when a text that a person typed holds nothing like an identifier.

    For the level that promises none: an address, a domain, a digest, a long number unless
    `numbers` is off. Names cannot be told from words.

    Raises:
        RowError: it looks as if it did.
    """
    if level is Level.POINTER and text is not None and holds_identifier(text, numbers=numbers):
        raise RowError(
            f"{what} holds what looks like an identifier, and an offer of the level `pointer` "
            "shows none. Say it without, or choose the level `subjects`. Nothing was offered."
        )
