"""The API's answers about tips, with the fields that its users here need."""

from __future__ import annotations

from client.answers import Answer, LinkAnswer, Part


class TipLine(Part):
    """A tip as lists show it. `urgency`: 0 imminent danger, 1 escalated, 2 neither."""

    key: str
    urgency: int
    urgency_reasons: tuple[str, ...] | None
    stub: bool
    provisional: bool
    withdrawn_at: str | None
    provider_name: str | None
    incident_types: tuple[str, ...] | None
    incident_at: str | None
    received_at: str | None
    ncmec_priority: str | None
    file_count: int | None
    version_count: int


class TipFacts(TipLine):
    """Everything that stands on the tip itself."""

    source: str
    report_number: str | None
    incident_time_raw: str | None
    platform: str | None
    ncmec_status: str | None
    annotations: tuple[str, ...] | None
    batched_reason: str | None
    withdrawn_why: str | None
    first_recorded_at: str | None


class TipNote(Part):
    """A text of the reporter, or another field that is no identifier."""

    path: str
    text: str


class TipAssertion(Part):
    """What a tip says about one identifier."""

    kind: str
    identifier: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int
    claim_count: int
    role: str
    linking: bool
    stated_as: str | None
    event: str | None
    at: str | None
    time_raw: str | None
    time_note: str | None
    port: int | None
    verified: str | None
    mined: bool
    path: str
    ended_at: str | None
    earliest_at: str | None = None
    latest_at: str | None = None
    zone_stated: bool | None = None


class TipFile(Part):
    """What a tip says about one file."""

    file_id: str
    name: str | None
    original_name: str | None
    uploaded_at: str | None
    viewed_by_esp: str | None
    relevance: str | None
    classification: str | None
    ended_at: str | None
    seen: str
    seen_why: str


class TipReference(Part):
    """A tip that this one names, or that names it."""

    tip: str
    kind: str
    direction: str
    stub: bool
    ended_at: str | None


class TouchedInvestigation(Part):
    """An investigation that claims an identifier of the tip."""

    investigation: str
    agency: str
    reference: str
    status: str
    kind: str
    identifier: str
    claim_role: str
    tip_role: str


class TipVersion(Part):
    """One delivery of one part of the tip, with its document."""

    part: str
    issued_at: str
    current: bool
    recorded_at: str
    unknown: tuple[str, ...]
    rejected: tuple[str, ...]
    document: str
    document_name: str | None
    original: str | None
    media: tuple[str, ...]


class TipPageAnswer(Answer):
    """A page of tips; `next_after` is the `after` of the next one."""

    tips: tuple[TipLine, ...]
    next_after: str | None


class TipAnswer(LinkAnswer):
    """One tip with everything that is known of it."""

    tip: TipFacts
    notes: tuple[TipNote, ...]
    details: tuple[TipNote, ...]
    assertions: tuple[TipAssertion, ...]
    files: tuple[TipFile, ...]
    references: tuple[TipReference, ...]
    investigations: tuple[TouchedInvestigation, ...]
    versions: tuple[TipVersion, ...]
