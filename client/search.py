"""The API's answers about identifiers: what a text is taken for, and who mentions it."""

from __future__ import annotations

from client.answers import Answer, LinkAnswer, Part
from client.states import StateDecision
from client.tips import TipLine


class Taken(Part):
    """An identifier that a searched text can be read as."""

    kind: str
    key: str
    display: str
    state: str
    state_reason: str | None


class FoundIdentifier(Part):
    """An identifier that is in the graph."""

    kind: str
    key: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int
    claim_count: int


class Claimant(Part):
    """An investigation that claims an identifier."""

    investigation: str
    agency: str
    reference: str
    status: str
    role: str


class Found(Part):
    """An identifier that is in the graph, with its first tips and its claims."""

    identifier: FoundIdentifier
    tips: tuple[TipLine, ...]
    claims: tuple[Claimant, ...]


class SearchAnswer(LinkAnswer):
    """What is in the graph under a text."""

    taken_for: tuple[Taken, ...]
    tips: tuple[TipLine, ...]
    found: tuple[Found, ...]


class Use(Part):
    """One tip's assertion about an identifier."""

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
    """How many of one provider's tips mention an identifier in one role."""

    provider: str | None
    role: str
    tips: int
    first_at: str | None
    last_at: str | None


class FirstSeen(Part):
    """The tip in which a file's hash was first seen here, or why that is not known."""

    seen: str
    why: str
    tip: str | None
    received_at: str | None


class HashList(Part):
    """A hash list in force that holds the file's hash."""

    key: str
    name: str
    source: str
    dated: str
    issue: str


class HistoryAnswer(Answer):
    """Every use of an identifier by time, and how the uses spread."""

    identifier: FoundIdentifier
    spread: tuple[Spread, ...]
    uses: tuple[Use, ...]
    states: tuple[StateDecision, ...]
    first_seen: FirstSeen | None
    lists: tuple[HashList, ...]
    cut_off: tuple[str, ...]
