"""Assistance between agencies on the wire."""

from __future__ import annotations

from pydantic import AwareDatetime, Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.desk.assistance import HelpKind, HelpStep


class HelpShown(Part):
    """What the helper is shown: all of it, and nothing else."""

    asker: str
    reference: str
    kind: str
    needed: str
    contact: str
    due_at: str


class HelpPreview(Answer, HelpShown):
    """What the helper would be shown; nothing was sent."""


class AssistanceRequest(Part):
    """A request for assistance, as both sides see it."""

    ref: str
    side: str = Field(description="asker or helper: the own side.")
    asker: str
    helper: str
    kind: str
    stage: str = Field(description="asked, accepted, delivered and so on; `docs/desk.md`.")
    shown: HelpShown
    shown_sha256: str
    asked_at: str
    asked_by: str
    due_at: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class AssistancePage(PageAnswer[AssistanceRequest]):
    """What waits first, the oldest first; then what is done, the newest first."""


class AssistanceAnswer(Answer, AssistanceRequest):
    """A request for assistance."""


class HelpReceipt(Part):
    """A receipt of the own side, and whether it still holds."""

    number: int
    step: str
    at: str
    body: str = Field(description="Canonical JSON (RFC 8785).")
    sha256: str
    prior: str | None
    leaf: str = Field(description="Entry of the own log that vouches for it.")
    holds: bool
    faults: tuple[str, ...]


class AssistanceStoryAnswer(Answer):
    """A request for assistance, and the own side's receipts."""

    request: AssistanceRequest
    receipts: tuple[HelpReceipt, ...]


class AskAssistance(Wanted):
    """What is asked of another agency; it sees this and nothing else."""

    to: str = Field(max_length=200, description="Key of the agency.", examples=["birch"])
    kind: HelpKind = Field(examples=["imaging"])
    reference: str = Field(min_length=1, max_length=200, examples=["26-0117"])
    needed: str = Field(min_length=1, max_length=2000, examples=["One telephone, imaged."])
    due_at: AwareDatetime
    contact: str | None = Field(default=None, max_length=2000)


class StepAssistance(Wanted):
    """A step, and the text that the other side reads."""

    step: HelpStep = Field(examples=["accept"])
    why: str | None = Field(default=None, max_length=2000)
