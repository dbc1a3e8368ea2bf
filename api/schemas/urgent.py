"""Urgent tips on the wire: which wait for somebody, and an agency's clocks for them."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted


class UrgentTip(Part):
    """A tip that is to be looked at at once, and that nobody acknowledged."""

    tip: str
    at: str = Field(description="Since when.")
    age_s: int = Field(description="How long it waits, seconds.")
    told: str = Field(description="Who was told last.")
    next_at: str | None = Field(description="When further people are told; null: all were.")
    state: str | None = Field(
        description="Where it stands; null for administrators, who see number and age alone."
    )
    owner: str | None
    reasons: tuple[str, ...]


class UrgentPage(PageAnswer[UrgentTip]):
    """Urgent tips of the own agency that nobody acknowledged, whoever waits longest first."""


class UrgentCount(Answer):
    """How many urgent tips wait at the own agency; at most 200 are counted."""

    waiting: int
    is_more: bool = Field(description="There are more than were counted.")
    oldest_at: str | None
    newest_at: str | None = Field(description="The newest of those that were counted.")


class UrgentAcknowledged(Answer):
    """That somebody has said that they have seen an urgent tip."""

    tip: str
    by: str
    at: str
    waited_s: int = Field(description="How long it had waited, seconds.")


class UrgentClocks(Answer):
    """An agency's clocks for its urgent tips: minutes of real time."""

    agency: str
    supervisors_minutes: int = Field(description="Until supervisors are told again.")
    administrators_minutes: int = Field(description="Until administrators are told.")
    unit: str | None = Field(description="The unit on duty; null: all who work on tips.")
    changed_at: str | None
    changed_by: str | None
    version: int | None


class SetUrgentClocks(Wanted):
    """Clocks as a supervisor sets them."""

    supervisors_minutes: int = Field(ge=1, le=1440, examples=[15])
    administrators_minutes: int = Field(ge=2, le=1440, examples=[60])
    unit: str | None = Field(default=None, max_length=200, description="Name of a unit.")
