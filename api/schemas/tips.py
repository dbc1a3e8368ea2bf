"""Tips on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import OF_TIPS, Answer, LinkAnswer, Part, answer
from api.schemas.evidence import FileEvidence
from api.schemas.wire import wire
from graph.opening import OpenStore
from graph.queries.investigations import TOUCHING
from graph.queries.tips import ASSERTIONS, REFERENCES, TIP, TIP_PAGE
from graph.queries.versions import FILES, VERSIONS
from graph.services.evidence import TipEvidence
from graph.services.tips import TipPage, TipView


class TipLine(Part):
    """A tip as lists show it."""

    key: str = Field(description="`<source>:<report number>`.", examples=["ncmec:198000001"])
    urgency: int = Field(description="0 imminent danger, 1 escalated, 2 neither.")
    urgency_reasons: tuple[str, ...] | None
    stub: bool = Field(description="Only referred to by other tips; nothing of it was received.")
    provisional: bool = Field(description="No report number is known yet.")
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
    provider: str | None
    incident_time_raw: str | None = Field(description="The incident's time as received.")
    platform: str | None
    ncmec_status: str | None
    annotations: tuple[str, ...] | None
    batched_reason: str | None
    withdrawn_why: str | None
    first_recorded_at: str | None


class TipNote(Part):
    """A text of the reporter, or another field that is no identifier."""

    path: str = Field(description="Where it stands in the document.")
    text: str


class TipAssertion(Part):
    """What the tip says about one identifier."""

    kind: str
    identifier: str
    state: str = Field(description="normal, shared, viral, known series or stopped.")
    state_reason: str | None
    tip_count: int = Field(description="Tips that it may link.")
    mention_count: int = Field(description=OF_TIPS)
    claim_count: int
    role: str
    linking: bool
    stated_as: str | None
    event: str | None
    at: str | None
    earliest_at: str | None
    latest_at: str | None
    zone_stated: bool | None
    time_raw: str | None = Field(description="The time as received.")
    time_note: str | None
    port: int | None
    verified: str | None
    possible_proxy: str | None
    compromised: str | None
    mined: bool = Field(description="Found in free text, not stated in a field.")
    file_id: str | None
    person: str | None
    path: str
    since: str
    ended_at: str | None


class TipFile(Part):
    """What the tip says about one file. Crosstip holds no file."""

    file_id: str
    name: str | None
    original_name: str | None
    uploaded_at: str | None
    viewed_by_esp: str | None
    exif_viewed_by_esp: str | None
    publicly_available: str | None
    relevance: str | None
    classification: str | None
    annotations: tuple[str, ...] | None
    is_media: bool | None
    ended_at: str | None
    seen: str = Field(
        description="first seen here, in an earlier tip, on a hash list or not known; as of now."
    )
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

    key: str
    part: str
    issued_at: str
    current: bool
    superseded_by: str | None
    recorded_at: str
    number_source: str | None
    parser: str
    unknown: tuple[str, ...]
    rejected: tuple[str, ...]
    contents: tuple[str, ...]
    document: str
    document_name: str | None
    size: int | None = Field(description="Bytes.")
    channel: str | None
    receipts: tuple[str, ...] = Field(description="When it was received, each time.")
    original: str | None = Field(description="Where the original is held.")
    media: tuple[str, ...]


class TipPageAnswer(Answer):
    """A page of tips: imminent danger first, then escalated ones, then the newest."""

    tips: tuple[TipLine, ...]
    next_after: str | None = Field(description="`after` of the next page; null on the last.")

    @classmethod
    def of(cls, page: TipPage, opened: OpenStore) -> TipPageAnswer:
        """Give the answer for a page."""
        return answer(cls, page, opened, queries=(TIP_PAGE.name,))


class TipAnswer(LinkAnswer):
    """One tip with everything that is known of it, and the investigations that it touches."""

    tip: TipFacts
    notes: tuple[TipNote, ...] = Field(description="The reporter's own words.")
    details: tuple[TipNote, ...]
    assertions: tuple[TipAssertion, ...]
    files: tuple[TipFile, ...]
    evidence: tuple[FileEvidence, ...] = Field(
        description="Of each file what is asserted, what persons verified, and the legal gate."
    )
    references: tuple[TipReference, ...]
    investigations: tuple[TouchedInvestigation, ...]
    versions: tuple[TipVersion, ...]

    @classmethod
    def of(cls, view: TipView, opened: OpenStore, evidence: TipEvidence) -> TipAnswer:
        """Give the answer for a tip."""
        used = (TIP, ASSERTIONS, VERSIONS, FILES, REFERENCES, TOUCHING)
        names = tuple(query.name for query in used)
        return answer(cls, view, opened, queries=names, evidence=wire(evidence.files))
