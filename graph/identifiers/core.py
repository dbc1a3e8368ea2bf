"""What every kind of identifier has in common: raw value in, key or a reason out."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from enum import StrEnum

MAX_KEY_LENGTH = 2000
"""Characters. Neo4j refuses far longer keys under a unique constraint, ArcadeDB stores them."""


class IdentifierKind(StrEnum):
    """The kinds of identifier; each value is the node label that holds it."""

    ACCOUNT = "Account"
    EMAIL = "Email"
    PHONE = "Phone"
    IP_ADDRESS = "IpAddress"
    FILE_HASH = "FileHash"
    DEVICE = "Device"
    URL = "Url"
    SCREEN_NAME = "ScreenName"


class IdentifierState(StrEnum):
    """Whether a value may link tips, as far as the value itself tells."""

    NORMAL = "normal"
    SHARED = "shared"
    """Used by many by nature (private and carrier ranges, shared hosts, router defaults)."""
    STOPPED = "stopped"
    """Says nothing about a person (hash of the empty file, provider boilerplate, test IMEI)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawIdentifier:
    """A value as a document or a search box gives it, with what was said around it."""

    kind: IdentifierKind
    value: str
    provider: str | None = None
    """Name of the provider whose namespace it belongs to, as received. Accounts, screen names."""
    service: str | None = None
    """The provider's service (`espService`), as received. Accounts."""
    subtype: str | None = None
    """Hash type or device id type, as received."""
    calling_code: str | None = None
    """`+1`, `+44`. Phones."""
    region: str | None = None
    """ISO 3166 alpha-2 that the document states for this phone."""
    extension: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hint:
    """A weaker, derived key: never equal to an identifier, only a lead to look at."""

    scheme: str
    """`nat64-v4`, `6to4-v4`, `teredo-v4`, `ipv6-64`, `plus-tag`, `skeleton`, `national-number`,
    `cross-platform-name`, `any-scheme`, `profile-account` or `profile-screen-name`."""
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Identifier:
    """A normalised identifier. `key` is unique within its kind and is what links tips."""

    kind: IdentifierKind
    key: str
    display: str
    """For people: as close to what was received as is safe to show (no control characters)."""
    state: IdentifierState = IdentifierState.NORMAL
    state_reason: str | None = None
    """A sentence, when the state is not normal or the key needs a word of warning."""
    hints: tuple[Hint, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Why a value is no identifier of its kind. The raw value is not repeated here."""

    kind: IdentifierKind
    reason: str
    """A sentence for people that does not contain the value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What the store at hand takes: only a synthetic one treats reserved ranges as public."""

    synthetic: bool = False


class IdentifierType(ABC):
    """One kind: cleaning, key, display and the reason of a rejection. One object per kind."""

    kind: IdentifierKind

    @abstractmethod
    def clean(self, raw: RawIdentifier, policy: Policy) -> Identifier | Rejected:
        """Give the identifier, or the reason why there is none. Never raises on bad values."""
