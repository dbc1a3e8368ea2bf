"""Requests to providers on the wire, and what runs out."""

from __future__ import annotations

from datetime import date

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from api.schemas.desk import DeskStep, OfSubject
from graph.desk.providers import ProviderKind, ProviderStep


class RunningOut(Part):
    """Something whose time runs out."""

    ref: str | None = Field(description="Name of the request; null of a presumed end.")
    kind: str = Field(description="A kind of request, or `presumed expiry`.")
    tip: str | None
    investigation: str | None
    provider: str | None
    ends_on: str | None = Field(description="Civil day in the agency's zone; null: not known.")
    ends_at: str | None = Field(description="When that day begins.")
    left_days: int | None = Field(description="Spans of 24 hours; negative once it is over.")
    source: str = Field(description="The rule that it comes from.")
    says: str = Field(description="To be shown with it, always.")


class RunningOutPage(PageAnswer[RunningOut]):
    """What runs out, the first end first."""


class ProviderRequest(Part):
    """A request to a provider, and its clock."""

    ref: str
    tip: str | None
    investigation: str | None
    kind: str
    provider: str
    reference: str
    stage: str = Field(description="sent, renewed, returned and so on; `docs/desk.md`.")
    sent_on: str
    ends_on: str
    ends_at: str
    zone: str
    source: str
    says: str = Field(description="To be shown with it, always.")
    renewed_on: str | None
    answered_on: str | None
    entered_at: str
    entered_by: str
    moved_at: str
    moved_by: str
    why: str | None
    version: int


class ProviderRequestAnswer(Answer, ProviderRequest):
    """A request to a provider."""


class ProviderStoryAnswer(Answer):
    """A request to a provider and its steps."""

    request: ProviderRequest
    steps: tuple[DeskStep, ...]


class ProviderClocks(Answer):
    """What was asked of providers about a tip or an investigation; of a tip its presumed end."""

    presumed: RunningOut | None
    requests: tuple[ProviderRequest, ...]


class EnterProviderRequest(OfSubject):
    """What was sent to a provider. Crosstip sends nothing."""

    kind: ProviderKind = Field(examples=["preservation letter"])
    provider: str = Field(min_length=1, max_length=200, examples=["Chatterbox"])
    reference: str = Field(min_length=1, max_length=200, examples=["L-26-0117"])
    sent_on: date
    due_on: date | None = Field(default=None, description="Of a process: its day of return.")


class StepProviderRequest(Wanted):
    """A step of a request, and what it needs."""

    step: ProviderStep = Field(examples=["renew"])
    on: date | None = Field(default=None, description="Civil day; null: today.")
    why: str | None = Field(default=None, max_length=2000)
