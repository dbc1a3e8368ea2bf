"""The API's answer about hashes of pictures that may look alike."""

from __future__ import annotations

from client.answers import LinkAnswer, Part


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
    distance: int
    same: str
    state: str | None
    lists: tuple[str, ...]
    tip_total: int
    claim_total: int
    tips: tuple[NearTip, ...]
    warning: str | None


class NearAnswer(LinkAnswer):
    """What is near a PDQ, nearest first."""

    asked: str
    max_distance: int
    hint: str
    warning: str | None
    hits: tuple[NearHash, ...]
