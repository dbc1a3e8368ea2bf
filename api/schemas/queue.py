"""The queue on the wire: where tips stand at the own agency, and how urgent they are there."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import Answer, PageAnswer, Part, Wanted
from api.schemas.evidence import FileEvidence
from graph.triage.moves import Move, Outcome
from graph.triage.priority import Priority


class IncidentRecord(Part):
    """A further record of one incident: same provider, account, file and incident time."""

    tip: str
    state: str
    owner: str | None
    outcome: str | None
    priority: str
    says: tuple[str, ...] = Field(
        description="Why it is as urgent as it is, where the tip shown does not say so itself."
    )
    since_at: str
    has_news: bool = Field(description="Whether its report says more since it was last moved.")
    version: int


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
    under: str | None = Field(description="Tip in whose row the queue shows it.")
    more: tuple[IncidentRecord, ...] = Field(
        description="Further records of the same incident that stand alike: one row with it."
    )
    elsewhere: tuple[IncidentRecord, ...] = Field(
        description="Further records of it that stand elsewhere, in rows of their own."
    )
    apart_by: str | None = Field(description="Who says that it is no record of another's incident.")
    apart_why: str | None
    news: tuple[str, ...] = Field(
        description="What its report says more since it was last moved; a sentence each delivery."
    )
    news_at: str | None


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
    rows: int = Field(description="In how many rows the queue shows them.")


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


class LookedAt(Wanted):
    """A record of the incident, and the version that was looked at."""

    tip: str = Field(max_length=200, examples=["ncmec:100000001"])
    version: int = Field(ge=0)


class MoveTogether(MoveTip):
    """One move on every record of an incident: all or nothing."""

    records: tuple[LookedAt, ...] = Field(min_length=1, max_length=100)
    leave_others: bool = Field(
        default=False, description="Whether records that stand elsewhere stay where they are."
    )


class TipMoved(Answer):
    """Where a tip stands after a move."""

    tip: str
    state: str
    owner: str | None
    version: int
    also: tuple[str, ...] = Field(description="Records of the same incident, taken with it.")


class MovedRecord(Part):
    """Where one record stands after a move on all."""

    tip: str
    state: str
    owner: str | None
    version: int


class MovedTogether(Answer):
    """Where each record of an incident stands after one move on all."""

    items: tuple[MovedRecord, ...]
