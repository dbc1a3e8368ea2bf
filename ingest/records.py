"""What readers give: a document's statements, as received, with the place where each stands.

Nothing here is normalised. Transformation (`ingest.transform`) turns a record into graph rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from graph.identifiers.core import RawIdentifier
from graph.roles import Role


class Stated(StrEnum):
    """A provider's yes, no, or silence. Silence is never no."""

    YES = "yes"
    NO = "no"
    NOT_STATED = "not stated"


class NumberSource(StrEnum):
    """Where a tip's report number was found."""

    DOCUMENT = "document"
    SUBMIT_RESPONSE = "submit response"
    FILE_DETAILS = "file details"
    FILE_NAME = "file name"
    COMMAND_LINE = "command line"
    ROW = "row"
    """Made from a table's row, which states none."""


class TextKind(StrEnum):
    """Whether a text may be kept: notes may, content of chats and e-mails may not."""

    NOTE = "note"
    CONTENT = "content"


@dataclass(frozen=True, slots=True, kw_only=True)
class RawAssertion:
    """One thing a document says about one identifier."""

    identifier: RawIdentifier
    role: Role
    path: str
    """Where it stands: `personOrUserReported/ipCaptureEvent[2]`; for JSON the keys joined by `/`.
    Mined ones add `@` and the character's place in the text."""
    person: str | None = None
    """Which person block it belongs to (`reported[0]`, `victim[1]`), when it belongs to one."""
    event: str | None = None
    """As received (`Login`, `UPLOAD`)."""
    time: str | None = None
    """The event's time as received."""
    port: str | None = None
    verified: Stated = Stated.NOT_STATED
    verified_time: str | None = None
    possible_proxy: Stated = Stated.NOT_STATED
    contact_type: str | None = None
    """`Mobile`, `Recovery`, `Business` and so on, as received."""
    account_type: str | None = None
    """`associatedAccount@accountType`, as received."""
    third_party: bool = False
    """The account belongs to another platform than the reporting provider."""
    compromised: Stated = Stated.NOT_STATED
    """`compromisedAccount`: the account stays, attribution to its owner does not."""
    mined: bool = False
    """Found in free text by a pattern, not stated in a field of its own."""
    file_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Free text at a place of the document."""

    path: str
    kind: TextKind
    text: str
    role: Role = Role.MENTIONED


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person block without its identifiers (those are assertions)."""

    label: str
    """`reported[0]`, `victim[0]`, `intended_recipient[1]`, `reporter[0]`, `associated[0]`."""
    role: Role
    first_name: str | None = None
    middle_name: str | None = None
    last_name: str | None = None
    display_names: tuple[str, ...] = ()
    date_of_birth: str | None = None
    age: str | None = None
    """Approximate age as received."""
    age_discrepancy: Stated = Stated.NOT_STATED
    addresses: tuple[str, ...] = ()
    """One line each, as received."""
    estimated_locations: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    """Country codes of addresses and estimated locations, as received."""
    other: tuple[tuple[str, str], ...] = ()
    """Everything else that the block states (path relative to the block, value)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """One uploaded file as the document describes it. Never the file."""

    file_id: str
    """`fileId` (XML), `submittalId` (JSON), else `verificationHash`, else `index:<n>`."""
    name: str | None = None
    original_name: str | None = None
    uploaded_time: str | None = None
    location: str | None = None
    viewed_by_esp: Stated = Stated.NOT_STATED
    exif_viewed_by_esp: Stated = Stated.NOT_STATED
    publicly_available: Stated = Stated.NOT_STATED
    relevance: str | None = None
    classification: str | None = None
    annotations: tuple[str, ...] = ()
    other: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownItem:
    """An element, key or enum value that this version does not know; kept raw and counted."""

    path: str
    value: str
    """At most 500 characters."""
    why: str
    """`element`, `key`, `attribute`, `enum` (a value outside its list), `type` (another JSON type
    than expected), `duplicate` (a key stated twice), `flag` (a presence flag that says false) or
    `text` (characters that cannot be stored, mining cut short)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """The incident summary and what stands around it."""

    types: tuple[str, ...] = ()
    """Raw, exactly as received; NCMEC may add a second one."""
    time: str | None = None
    time_description: str | None = None
    platform: str | None = None
    escalation: str | None = None
    """`escalateToHighPriority`: the reason; its presence alone escalates."""
    annotations: tuple[str, ...] = ()
    batched_reason: str | None = None
    details: tuple[tuple[str, str], ...] = ()
    """Non-identifier fields of internetDetails / incidentDetails (path, value); never content."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TipRecord:
    """One tip, or one part of one, as one document states it."""

    source: str = "ncmec"
    report_number: str | None
    number_source: NumberSource | None
    part: str
    """`ids-json`, `ncmec-report` or `ncmec-file:<fileId>`: versions supersede within a part."""
    provider: str | None = None
    """Reporting provider as received."""
    provider_domain: str | None = None
    """Domain of the reporting person's e-mail (XML): names the provider when nothing else does."""
    received_time: str | None = None
    """When NCMEC received it, as received (`dateReceived`)."""
    ncmec_priority: str | None = None
    ncmec_status: str | None = None
    incident: Incident = field(default_factory=Incident)
    prior_reports: tuple[str, ...] = ()
    related_reports: tuple[str, ...] = ()
    people: tuple[Person, ...] = ()
    files: tuple[FileRecord, ...] = ()
    assertions: tuple[RawAssertion, ...] = ()
    texts: tuple[Text, ...] = ()
    law_enforcement: tuple[tuple[str, str], ...] = ()
    """`lawEnforcement` fields (path, value): another agency may already hold a case."""
    reporter_fields: tuple[tuple[str, str], ...] = ()
    """companyTemplate, termsOfService and legalURL, as received. Never identifiers (case 18)."""
    unknown: tuple[UnknownItem, ...] = ()
    synthetic: bool = False
    """The document carries the marker that `world/` writes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberStatement:
    """A document that only says which number a `<report>` got: NCMEC's answer to the provider."""

    report_number: str
    number_source: NumberSource
    file_ids: tuple[str, ...] = ()
    """Files that NCMEC says it got with that report."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgencyRecord:
    """One line of an agencies CSV."""

    line: int
    key: str
    name: str
    kind: str
    state: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRecord:
    """One line of a claims CSV: an investigation of an agency and one identifier that it works."""

    line: int
    agency: str
    investigation: str
    """The agency's own reference number."""
    title: str | None
    status: str
    opened: str | None
    contact: str | None
    identifier: RawIdentifier
    role: str
    """`suspect`, `officer persona` or `victim`."""
    visibility: str | None = None
    """`open` or `pointer`; None: the default of the role."""
    predicate: str | None = None
    source: str | None = None
    support: str | None = None
    reliability: str | None = None
    content: str | None = None
    handling: str | None = None
