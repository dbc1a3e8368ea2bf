"""A tip before it takes a format: what both writers read.

Times are text, as they will be written.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from world.features import Feature, Form
from world.people import Account
from world.providers import Provider


class Value(NamedTuple):
    """One identifier in its plainest form; `kind` is the name of Crosstip's identifier kind."""

    kind: str
    """`Account`, `Email`, `Phone`, `IpAddress`, `FileHash`, `Device`, `Url` or `ScreenName`."""
    value: str
    provider: str | None = None
    """Present name of the provider. Accounts and screen names."""
    service: str | None = None
    subtype: str | None = None
    """Hash type or device id type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """An e-mail address or phone number as one tip states it."""

    value: str
    """The plain form: the address in lower case, the number in E.164."""
    written: str
    verified: bool | None = None
    kind: str | None = None
    """`Mobile`, `Recovery` and so on."""
    calling_code: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Capture:
    """One address that a provider recorded."""

    address: str
    written: str
    event: str | None
    when: str | None
    port: int | None = None
    proxy: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody in a tip. Which role is said by where the draft holds the person."""

    account: Account | None = None
    screen_name: str | None = None
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    age: int | None = None
    date_of_birth: str | None = None
    emails: tuple[Contact, ...] = ()
    phones: tuple[Contact, ...] = ()
    captures: tuple[Capture, ...] = ()
    profile_url: str | None = None
    devices: tuple[tuple[str, str], ...] = ()
    """Type and value."""
    compromised: bool | None = None
    third_party: bool = False
    city: str | None = None
    state: str | None = None
    country: str | None = None
    note: str | None = None
    mined: tuple[Value, ...] = ()
    """Identifiers that stand only in the note."""
    account_type: str | None = None
    """For associated accounts: `Linked`, `Parent/Guardian`."""
    associated: tuple[Person, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UploadedFile:
    """What a tip says about one file. There is no file."""

    file_id: str
    md5: str
    sha1: str | None
    second_md5: str | None
    name: str
    original_name: str
    viewed: bool | None
    exif_viewed: bool | None
    public: bool | None
    supplemental: bool
    classification: str | None
    annotations: tuple[str, ...]
    uploaded: str | None
    capture: Capture | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PoliceContact:
    """`lawEnforcement`: whom the provider has already told."""

    agency: str
    reference: str
    officer_email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TipDraft:
    """One tip, complete."""

    number: int
    form: Form
    received: int
    """Second at which it was received."""
    delivered: int
    """Second at which the file was delivered; a second delivery is later."""
    delivery: int = 1
    provider: Provider
    provider_name: str
    """As the provider was called at the time."""
    incident_type: str
    incident_time: str | None
    time_description: str | None
    reported: tuple[Person, ...]
    recipients: tuple[Person, ...]
    victims: tuple[Person, ...]
    complainant: Person | None
    files: tuple[UploadedFile, ...]
    notes: tuple[str, ...]
    web_page: str | None
    conversation: str | None
    """An invented text in place of a chat; neutral."""
    annotations: tuple[str, ...]
    escalation: str | None
    priority: str | None
    status: str | None
    batched: bool
    prior: tuple[int, ...]
    police: PoliceContact | None
    features: frozenset[Feature]

    def has(self, feature: Feature) -> bool:
        """Give whether the tip has the trait."""
        return feature in self.features
