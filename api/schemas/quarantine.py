"""Documents that could not be taken in, as they go over the wire. Never their text."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part


class QuarantineLine(Part):
    """A document that could not be taken in."""

    id: str
    state: str = Field(description="`waiting`, or `dismissed` by a person.")
    reason: str = Field(description="Why, at the last try.")
    where: str | None
    name: str
    size: int
    sha256: str
    position: int | None = Field(description="Its place in the archive or array it came in.")
    report_number: str | None
    provider: str | None = Field(
        description="Whom it names as reporting, or whoever handed it in named; unchecked."
    )
    channel: str
    attempts: int
    deliveries: int
    first_at: str
    last_at: str
    dismissed_by: str | None
    dismissed_why: str | None
    dismissed_at: str | None


class QuarantinePage(PageAnswer[QuarantineLine]):
    """What was handed in for your agency and could not be taken in; the oldest first."""


class QuarantineAnswer(Answer):
    """One document that could not be taken in."""

    id: str
    state: str
    reason: str
    where: str | None
    name: str
    size: int
    sha256: str
    position: int | None
    report_number: str | None
    provider: str | None = Field(
        description="Whom it names as reporting, or whoever handed it in named; unchecked."
    )
    channel: str
    attempts: int
    deliveries: int
    first_at: str
    last_at: str
    dismissed_by: str | None
    dismissed_why: str | None
    dismissed_at: str | None


class ProviderTally(Part):
    """What one provider's documents in quarantine come to."""

    provider: str | None = Field(
        description="Null: documents that name none, or several, or cannot be read so far."
    )
    waiting: int
    dismissed: int
    oldest_at: str | None = Field(description="Since when the oldest of those that wait is here.")


class QuarantineTallyAnswer(Answer):
    """Your agency's quarantine by provider, most waiting first; nothing is left out."""

    items: tuple[ProviderTally, ...]
