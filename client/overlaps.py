"""The API's answers about investigations and their overlaps."""

from __future__ import annotations

from client.answers import LinkAnswer, Part
from client.tips import TipLine


class Investigation(Part):
    """An investigation with its agency."""

    key: str
    agency: str
    agency_name: str
    agency_contact: str | None
    reference: str
    title: str | None
    status: str
    opened_at: str | None
    contact: str | None
    claim_total: int


class Meeting(Part):
    """One thing through which two investigations meet; `tip` is None when both claim it.

    `second_tip` and what bridges to it are there when they meet through two linked tips.
    """

    tip: TipLine | None
    second_tip: TipLine | None
    bridge_kind: str | None
    bridge_identifier: str | None
    first_kind: str
    first_identifier: str
    second_kind: str
    second_identifier: str
    weight: int
    is_low_value: bool
    is_protective: bool
    sentence: str


class OverlapPair(Part):
    """Two open investigations of different agencies that meet."""

    first: Investigation
    second: Investigation
    urgency: int
    is_direct: bool
    meetings: tuple[Meeting, ...]
    meeting_total: int


class OverlapsAnswer(LinkAnswer):
    """All overlaps, the most urgent first; those about a child and those of low value apart."""

    overlaps: tuple[OverlapPair, ...]
    protective: tuple[OverlapPair, ...]
    low_value: tuple[OverlapPair, ...]
