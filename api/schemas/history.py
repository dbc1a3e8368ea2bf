"""The history of an identifier on the wire."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.common import Answer, Part, Wanted, answer
from api.schemas.search import FoundIdentifier
from api.schemas.states import StateDecision
from graph.identifiers.core import MAX_KEY_LENGTH, IdentifierKind
from graph.opening import OpenStore
from graph.services.history import MAX_USES, History


class HistoryQuestion(Wanted):
    """An identifier as a search gives it, and how many uses are wanted."""

    model_config = ConfigDict(extra="forbid")

    kind: IdentifierKind
    key: str = Field(min_length=1, max_length=MAX_KEY_LENGTH)
    limit: int = Field(default=200, ge=1, le=MAX_USES)


class Use(Part):
    """One tip's assertion about the identifier."""

    tip: str
    urgency: int
    provider: str | None
    role: str
    linking: bool
    event: str | None
    at: str | None
    time_raw: str | None
    received_at: str | None
    port: int | None
    verified: str | None
    mined: bool
    path: str
    ended_at: str | None
    withdrawn_at: str | None


class Spread(Part):
    """How many of one provider's tips mention the identifier in one role."""

    provider: str | None
    role: str
    tips: int
    first_at: str | None
    last_at: str | None


class FirstSeen(Part):
    """The tip in which a file's hash was first seen here, or why that is not known."""

    seen: str = Field(
        description="first seen here, in an earlier tip, on a hash list or not known; as of now."
    )
    why: str
    tip: str | None
    received_at: str | None


class HashList(Part):
    """A hash list in force that holds the file's hash."""

    key: str
    name: str
    source: str
    dated: str = Field(description="Day of issue.")
    issue: str


class HistoryAnswer(Answer):
    """Every use of an identifier by time, and how the uses spread."""

    identifier: FoundIdentifier
    spread: tuple[Spread, ...]
    uses: tuple[Use, ...]
    states: tuple[StateDecision, ...] = Field(
        description="What counting found and people decided about its state, oldest first."
    )
    first_seen: FirstSeen | None = Field(description="Of a file's hash; null for others.")
    lists: tuple[HashList, ...] = Field(
        description="Hash lists in force that hold it. What earlier issues held is not kept."
    )
    cut_off: tuple[str, ...] = Field(description="What was left out, in sentences.")

    @classmethod
    def of(cls, found: History, opened: OpenStore) -> HistoryAnswer:
        """Give the answer for a history."""
        return answer(cls, found, opened, queries=found.queries)
