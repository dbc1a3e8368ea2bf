"""The queue on the wire: where tips stand at the own agency, and how urgent they are there."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from api.schemas.evidence import FileEvidence
from graph.triage.moves import Move, Outcome
from graph.triage.priority import Priority


class QueuedTip(Part):
    """A tip of the own agency's queue."""

    tip: str
    state: str = Field(description="new, in review, needs more, referred, assigned and so on.")
    owner: str | None = Field(description="User whose it is; null: nobody's.")
    priority: str = Field(description="The class that counts: a person's over the table's.")
    is_set: bool = Field(description="Whether a person set it.")
    set_by: str | None
    set_why: str | None
    by_rule: str = Field(description="The class by the table of rules.")
    reasons: tuple[str, ...] = Field(description="A sentence for each rule that holds.")
    unknown: tuple[str, ...] = Field(description="What is not stated and would bear on it.")
    rules: str = Field(description="Version of the table.")
    since_at: str = Field(description="Since when the agency holds it.")
    stood_at: str = Field(description="Since when it stands in its state.")
    due_at: str | None = Field(
        description="Until when somebody is to look at it; null once somebody did."
    )
    is_late: bool
    why: str | None = Field(description="Reason of the last move that had one.")
    outcome: str | None
    recipient: str | None
    version: int
    provider_name: str | None
    incident_types: tuple[str, ...]
    received_at: str | None
    ncmec_priority: str | None = Field(description="As received.")
    file_count: int | None


class QueuePage(PageAnswer[QueuedTip]):
    """The queue: the most urgent class first, in it whoever waited longest."""


class TipMove(Part):
    """One move of a tip."""

    number: int
    move: str
    from_state: str
    to_state: str
    made_by: str
    at: str
    why: str | None
    outcome: str | None
    owner: str | None
    recipient: str | None
    priority: str | None


class QueuedTipAnswer(Answer, QueuedTip):
    """A tip of the queue, and how it came to stand where it does."""

    moves: tuple[TipMove, ...]
    evidence: tuple[FileEvidence, ...] = Field(
        description="Of each file what is asserted, what persons verified, and the legal gate."
    )


class QueueTally(Part):
    """How many open tips stand somewhere."""

    state: str
    priority: str
    total: int
    late: int = Field(description="Of them those that nobody looked at in time.")


class QueueTallyAnswer(Answer):
    """How many open tips of the own agency stand where."""

    items: tuple[QueueTally, ...]


class MoveTip(Wanted):
    """A move, and what it is given; which needs what is in `docs/triage.md`."""

    move: Move = Field(examples=["close"])
    why: str | None = Field(
        default=None, max_length=2000, examples=["The account was closed years ago."]
    )
    outcome: Outcome | None = Field(default=None, examples=["not enough to act on"])
    assignee: str | None = Field(
        default=None, max_length=400, description="User, or unit as the agency's card gives it."
    )
    override: str | None = Field(
        default=None, max_length=2000, description="Why, over a conflict of interest."
    )
    recipient: str | None = Field(default=None, max_length=200)
    priority: Priority | None = None


class TipMoved(Answer):
    """Where a tip stands after a move."""

    tip: str
    state: str
    owner: str | None
    version: int
