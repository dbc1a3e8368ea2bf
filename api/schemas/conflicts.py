"""Conflicts and notices on the wire, as one side sees them."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from graph.casework.conflict_life import Resolution


class ConflictReason(Part):
    """One thing in which the sides meet."""

    kind: str
    identifier_kind: str
    own_ref: str | None = Field(description="The own claim, check or tip.")
    own_role: str | None
    asked_by: str | None
    purpose: str | None
    first_at: str
    last_at: str | None
    times: int
    taken_back_at: str | None = Field(
        description="Since when the tip that it rests on says it no longer."
    )


class ConflictMessage(Part):
    """What one side wrote to the other."""

    number: int
    agency: str
    written_by: str
    at: str
    text: str


class Conflict(Part):
    """A conflict as the own side sees it."""

    ref: str
    status: str
    severity: str = Field(description="urgent, high or normal.")
    severity_why: tuple[str, ...]
    own_reference: str | None
    other_agency: str
    other_reference: str | None = Field(description="Null where it is protected.")
    other_contact: str
    is_protected: bool
    is_other_told: bool
    opened_at: str
    since_at: str
    due_at: str | None = Field(description="Until when the own side is to acknowledge.")
    seen_at: str | None
    seen_by: str | None
    late_at: str | None
    other_seen_at: str | None
    resolution: str | None
    resolved_at: str | None
    resolved_by: str | None
    resolved_why: str | None
    version: int


class ConflictPage(PageAnswer[Conflict]):
    """Conflicts that the own side is told of: what is not resolved first, urgent first."""


class ConflictAnswer(Answer, Conflict):
    """A conflict with its reasons and messages."""

    reasons: tuple[ConflictReason, ...]
    messages: tuple[ConflictMessage, ...]


class ConflictStepped(Answer):
    """A conflict after a step."""

    ref: str
    status: str
    version: int


class ResolveConflict(Wanted):
    """How a conflict ended."""

    resolution: Resolution = Field(examples=["joined"])
    why: str = Field(
        min_length=1,
        max_length=2000,
        description="The other side reads it.",
        examples=["Called; Birch joins our investigation."],
    )


class WriteMessage(Wanted):
    """What the other side is to read."""

    text: str = Field(min_length=1, max_length=2000, examples=["Please call us before you knock."])


class AgencyConflicts(Part):
    """How conflicts with one other agency stand."""

    other: str
    total: int
    unresolved: int
    urgent: int
    oldest_at: str | None
    resolving_s: float = Field(description="Seconds from opening to resolving, of all resolved.")


class MatrixAnswer(Answer):
    """How conflicts with each other agency stand."""

    items: tuple[AgencyConflicts, ...]


class Notice(Part):
    """What somebody is told."""

    key: str
    kind: str
    object: str | None = Field(description="What it is about, such as the ref of a conflict.")
    investigation: str | None
    severity: str
    subject: str
    text: str
    at: str
    seen_at: str | None
    seen_by: str | None
    mail: str


class NoticePage(PageAnswer[Notice]):
    """The caller's notices, newest first."""


class NoticeCount(Answer):
    """How many notices wait; at most 100 are counted."""

    unseen: int
    urgent: int
    newest_at: str | None
    is_more: bool = Field(description="There are more than were counted.")


class NoticeAnswer(Answer, Notice):
    """One notice."""


class DeadLetter(Part):
    """A notice that could not be delivered; what it tells is not in it."""

    key: str
    agency: str
    kind: str
    severity: str
    at: str
    attempts: int
    failure: str | None


class DeadLettersAnswer(Answer):
    """Notices that could not be delivered."""

    items: tuple[DeadLetter, ...]


class RetriedAnswer(Answer):
    """How many are tried again."""

    retried: int
