"""The API's queue: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from typing import Literal, TypeAlias

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, part, read
from client.resources.evidence import FileEvidence

State: TypeAlias = Literal[
    "new", "in review", "needs more", "referred", "assigned", "investigating", "closed", "withdrawn"
]

Priority: TypeAlias = Literal[
    "at once", "today", "this week", "when there is time", "not for action"
]


class IncidentRecord(Part):
    """A further record of one incident: same provider, account, file and incident time."""

    tip: str
    state: str
    owner: str | None
    outcome: str | None
    priority: str
    says: tuple[str, ...]
    since_at: str
    has_news: bool
    version: int


class QueuedTip(Part):
    """A tip of the own agency's queue."""

    tip: str
    state: str
    owner: str | None
    priority: str
    is_set: bool
    set_by: str | None
    set_why: str | None
    by_rule: str
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    rules: str
    since_at: str
    stood_at: str
    due_at: str | None
    is_late: bool
    why: str | None
    outcome: str | None
    recipient: str | None
    version: int
    provider_name: str | None
    incident_types: tuple[str, ...]
    received_at: str | None
    ncmec_priority: str | None
    file_count: int | None
    under: str | None
    more: tuple[IncidentRecord, ...]
    elsewhere: tuple[IncidentRecord, ...]
    apart_by: str | None
    apart_why: str | None
    news: tuple[str, ...]
    news_at: str | None


class QueuePage(Answer):
    """The queue: the most urgent class first, in it whoever waited longest."""

    items: tuple[QueuedTip, ...]
    next_after: str | None


class QueueTally(Part):
    """How many open tips stand somewhere."""

    state: str
    priority: str
    total: int
    late: int
    rows: int


class QueueTallyAnswer(Answer):
    """How many open tips of the own agency stand where."""

    items: tuple[QueueTally, ...]


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


class QueuedTipAnswer(Answer):
    """A tip of the queue, and how it came to stand where it does."""

    tip: str
    state: str
    owner: str | None
    priority: str
    is_set: bool
    set_by: str | None
    set_why: str | None
    by_rule: str
    reasons: tuple[str, ...]
    unknown: tuple[str, ...]
    rules: str
    since_at: str
    stood_at: str
    due_at: str | None
    is_late: bool
    why: str | None
    outcome: str | None
    recipient: str | None
    version: int
    provider_name: str | None
    incident_types: tuple[str, ...]
    received_at: str | None
    ncmec_priority: str | None
    file_count: int | None
    under: str | None
    more: tuple[IncidentRecord, ...]
    elsewhere: tuple[IncidentRecord, ...]
    apart_by: str | None
    apart_why: str | None
    news: tuple[str, ...]
    news_at: str | None
    moves: tuple[TipMove, ...]
    evidence: tuple[FileEvidence, ...]


class TipMoved(Answer):
    """Where a tip stands after a move."""

    tip: str
    state: str
    owner: str | None
    version: int
    also: tuple[str, ...]


Move: TypeAlias = Literal[
    "take",
    "put back",
    "ask for more",
    "resume",
    "refer",
    "take back",
    "assign",
    "start",
    "close",
    "reopen",
    "set priority",
    "lift priority",
    "leave as it is",
    "keep apart",
    "fold again",
    "withdraw",
]

Outcome: TypeAlias = Literal[
    "child safeguarded",
    "arrest",
    "prosecution",
    "joined to an investigation",
    "worked by another agency",
    "no offence",
    "not enough to act on",
    "not pursued",
    "duplicate",
    "viral or meme",
    "spam",
]


class MoveTip(Asked):
    """A move, and what it is given; which needs what is in `docs/triage.md`."""

    move: Move
    why: str | None = None
    outcome: Outcome | None = None
    assignee: str | None = None
    override: str | None = None
    recipient: str | None = None
    priority: Priority | None = None


class Queue(Calls):
    """Calls about queue."""

    def queue(
        self,
        *,
        state: State | None = None,
        owner: str | None = None,
        unassigned: bool = False,
        priority: Priority | None = None,
        older_than_days: int | None = None,
        changed: bool = False,
        after: str = "",
        limit: int = 50,
    ) -> QueuePage:
        """The own agency's open tips: the most urgent class first, in it whoever waited longest."""
        return read(
            self._call(
                "GET",
                "queue",
                params={
                    "state": state,
                    "owner": owner,
                    "unassigned": unassigned,
                    "priority": priority,
                    "older_than_days": older_than_days,
                    "changed": changed,
                    "after": after,
                    "limit": limit,
                },
            ),
            QueuePage,
        )

    def tally_queue(self) -> QueueTallyAnswer:
        """How many open tips stand where, and how many of them nobody looked at in time."""
        return read(self._call("GET", "queue/tally"), QueueTallyAnswer)

    def queued_tip(self, tip: str) -> QueuedTipAnswer:
        """Where a tip stands, how urgent it is and why, and how it came there."""
        return read(self._call("GET", f"queue/{part(tip)}"), QueuedTipAnswer)

    def take_tip(self, tip: str, *, key: str | None = None) -> TipMoved:
        """Take a tip that nobody has, for review; of two at once one gets it, and 409 names who."""
        return read(self._call("POST", f"queue/{part(tip)}/take", key=once(key)), TipMoved)

    def move_tip(
        self, tip: str, wanted: MoveTip, *, version: int, key: str | None = None
    ) -> TipMoved:
        """Make a move from the version that you looked at."""
        return read(
            self._call(
                "POST", f"queue/{part(tip)}/moves", body=wanted, version=version, key=once(key)
            ),
            TipMoved,
        )
