"""Hand-offs on the wire, as one side sees them."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.handoff.showing import Level
from graph.handoff.steps import HandoffStep, Kind


class ShownTip(Part):
    """What an offer shows of a tip; what its level does not show is null."""

    tip: str
    giver: str
    contact: str
    why: str
    kind: str
    purpose: str
    priority: str = Field(description="Class of urgency at the giver.")
    provider: str | None
    files: int | None
    place: str | None = Field(description="General place, in the giver's words.")
    scope: str | None = Field(description="What a prosecutor's office is handed it for.")
    investigation: str | None
    until_at: str | None
    incident_types: tuple[str, ...] | None
    incident_at: str | None
    reasons: tuple[str, ...] | None
    identifiers: tuple[str, ...] | None = Field(
        description="`<kind>: <value>`, of the reported person alone."
    )
    cut_off: str | None


class Handoff(Part):
    """A hand-off as the own side sees it."""

    ref: str
    tip: str
    side: str = Field(description="giver or receiver: the own side.")
    stage: str = Field(description="offered, accepted, declined and so on; `docs/handoff.md`.")
    kind: str = Field(description="transfer, joint or prosecution.")
    giver: str
    receiver: str
    level: str
    purpose: str
    offered_at: str
    offered_by: str
    due_at: str = Field(description="Until when it can be answered.")
    until_at: str | None = Field(description="Until when a prosecutor's office holds it.")
    answered_at: str | None
    answered_by: str | None
    answered_why: str | None
    permitted: str = Field(description="What the table of permitted recipients said.")
    agreement: str | None
    shown_sha256: str
    shown: ShownTip | None = Field(
        description="What the offer shows; to the receiver while it waits and once accepted."
    )
    version: int


class HandoffPage(PageAnswer[Handoff]):
    """What waits first, the oldest first; then what is done, the newest first."""


class HandoffAnswer(Answer, Handoff):
    """A hand-off."""


class HandoffReceipt(Part):
    """A receipt of the own side, and whether it still holds."""

    number: int
    step: str
    at: str
    body: str = Field(description="Canonical JSON (RFC 8785).")
    sha256: str = Field(description="Of `body`.")
    prior: str | None = Field(description="SHA-256 of the receipt before.")
    disclosed: str | None = Field(description="What the step disclosed; the giver keeps it.")
    disclosed_sha256: str | None
    leaf: str = Field(description="Entry of the own log that vouches for it.")
    holds: bool
    faults: tuple[str, ...]


class HandoffReceipts(Answer):
    """The own side's receipts."""

    items: tuple[HandoffReceipt, ...]


class OfferTip(Wanted):
    """A tip that is offered to another agency."""

    tip: str = Field(max_length=200, examples=["ncmec:198000001"])
    to: str = Field(max_length=200, description="Key of the agency.", examples=["birch"])
    kind: Kind = Field(examples=["transfer"])
    why: str = Field(
        min_length=1,
        max_length=2000,
        description="The receiver reads it before it accepts.",
        examples=["The reported person lives in your county."],
    )
    level: Level = Level.POINTER
    purpose: str = Field(default="cybertip", max_length=100)
    contact: str | None = Field(default=None, max_length=200, description="Whom to call.")
    place: str | None = Field(default=None, max_length=2000, examples=["Ohio"])
    due_at: datetime | None = Field(default=None, description="Until when it can be answered.")
    scope: str | None = Field(default=None, max_length=2000)
    until_at: datetime | None = None
    investigation: str | None = Field(default=None, max_length=200)


class StepHandoff(Wanted):
    """A step, and its reason; which needs one is in `docs/handoff.md`."""

    step: HandoffStep = Field(examples=["decline"])
    why: str | None = Field(default=None, max_length=2000, examples=["Not our county."])
