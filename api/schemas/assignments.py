"""Whom tips are given to, on the wire."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from api.schemas.common import Answer, Part, Wanted
from graph.assignment.staff import RecordKind, Subject


class StaffRecord(Part):
    """A skill, an absence or a conflict of interest of somebody of the own agency."""

    key: str
    kind: str = Field(description="listed skill, skill, absence or conflict.")
    user: str | None
    about: str | None = Field(description="Of a conflict: tip, investigation or relation.")
    subject: str | None
    from_at: str | None
    until_at: str | None
    why: str | None
    entered_by: str
    entered_at: str
    ended_at: str | None
    ended_by: str | None
    ended_why: str | None


class StaffAnswer(Answer):
    """What counts of the own agency's people."""

    items: tuple[StaffRecord, ...]


class StaffRecordAnswer(Answer, StaffRecord):
    """One record."""


class KeepRecord(Wanted):
    """What a supervisor keeps of somebody, or a skill for the agency's list."""

    kind: RecordKind = Field(examples=["listed skill"])
    user: str | None = Field(default=None, max_length=64)
    about: Subject | None = None
    subject: str | None = Field(default=None, max_length=200, examples=["Phones"])
    from_at: datetime | None = None
    until_at: datetime | None = None
    why: str | None = Field(default=None, max_length=2000)


class DeclareConflict(Wanted):
    """A conflict of interest of one's own; no identifier stands in it."""

    about: Subject = Field(examples=["relation"])
    subject: str = Field(min_length=1, max_length=200, examples=["Works at that school"])
    why: str = Field(min_length=1, max_length=2000, examples=["My brother."])


class EndRecord(Wanted):
    """Why it is ended."""

    why: str = Field(min_length=1, max_length=2000, examples=["Back at work."])


class CarriedTips(Part):
    """Open tips of one class that somebody carries."""

    priority: str
    total: int


class AssignmentCandidate(Part):
    """Somebody whom the tip may be given to, with what bears on it."""

    key: str = Field(description="Of the user or the unit: `assignee`.")
    name: str
    is_unit: bool
    members: tuple[str, ...]
    units: tuple[str, ...]
    load: tuple[CarriedTips, ...]
    total: int
    urgent: int
    oldest_at: str | None
    stood_at: str | None
    skills: tuple[str, ...]
    matching: tuple[str, ...] = Field(description="Of the skills that were asked for.")
    away_until_at: str | None
    conflicts: tuple[str, ...] = Field(description="An assignment to them is refused.")
    relations: tuple[str, ...] = Field(description="Declared; whether they bear on it is yours.")


class CandidatesAnswer(Answer):
    """Everybody whom a tip may be given to, in the order in which they are proposed."""

    items: tuple[AssignmentCandidate, ...]


class GivenTip(Wanted):
    """A tip, and its version in the queue."""

    tip: str = Field(max_length=200, examples=["ncmec:198000001"])
    version: int = Field(ge=0, examples=[0])


class AssignTips(Wanted):
    """Tips that somebody is to have."""

    tips: tuple[GivenTip, ...] = Field(min_length=1, max_length=100)
    assignee: str = Field(max_length=400, examples=["lead.alder"])
    why: str = Field(min_length=1, max_length=2000, examples=["Has the phone skills."])
    override: str | None = Field(
        default=None, max_length=2000, description="Why, over a conflict of interest."
    )


class AssignedTip(Part):
    """What became of one tip."""

    tip: str
    is_done: bool
    said: str
    version: int | None


class AssignedAnswer(Answer):
    """What became of each tip, in the order in which they were named."""

    items: tuple[AssignedTip, ...]
