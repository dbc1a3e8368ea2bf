"""Near hashes on the wire."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from api.schemas.common import LinkAnswer, Part, Wanted, answer
from graph.opening import OpenStore
from graph.services.near import MAX_HITS, Near


class NearQuestion(Wanted):
    """A PDQ hash. It travels in the body, so that no log of addresses holds it."""

    model_config = ConfigDict(extra="forbid")

    pdq: str = Field(min_length=1, max_length=200, description="64 hexadecimal digits.")
    limit: int = Field(default=50, ge=1, le=MAX_HITS)


class NearTip(Part):
    """What a tip says about a near hash."""

    tip: str
    urgency: int
    provider: str | None
    role: str
    event: str | None
    at: str | None
    time_raw: str | None
    received_at: str | None
    file_id: str | None
    path: str


class NearHash(Part):
    """A hash within the distance: a hint, not the same file."""

    key: str
    distance: int = Field(description="Bits that differ, of 256.")
    same: str = Field(description="What the distance says, in a sentence.")
    state: str | None = Field(description="Null where only a hash list has it.")
    lists: tuple[str, ...] = Field(description="Hash lists in force that hold it.")
    tip_total: int = Field(description="Tips that mention it now.")
    claim_total: int
    tips: tuple[NearTip, ...]
    warning: str | None


class NearAnswer(LinkAnswer):
    """What is near a PDQ, nearest first."""

    asked: str
    max_distance: int
    hint: str = Field(description="What the answer is and is not; to be shown with it, always.")
    warning: str | None = Field(description="What is odd about the hash that was asked about.")
    hits: tuple[NearHash, ...]

    @classmethod
    def of(cls, found: Near, opened: OpenStore) -> NearAnswer:
        """Give the answer for what was found."""
        return answer(cls, found, opened, queries=found.queries)
