"""Overlaps and investigations on the wire."""

from __future__ import annotations

from pydantic import Field

from api.schemas.common import LinkAnswer, Part, answer
from api.schemas.tips import TipLine
from api.schemas.wire import Plain, fields, wire
from graph.opening import OpenStore
from graph.services.overlaps import Overlap, Overlaps

MAX_MEETINGS = 20
"""Meetings shown for one pair of investigations; `meeting_total` says how many there are."""


class Investigation(Part):
    """An investigation with its agency."""

    key: str
    agency: str
    agency_name: str
    agency_kind: str
    agency_contact: str | None
    reference: str
    title: str | None
    status: str
    opened_at: str | None
    contact: str | None
    claim_total: int


class Meeting(Part):
    """One thing through which two investigations meet."""

    tip: TipLine | None = Field(description="Null when both claim the same identifier.")
    second_tip: TipLine | None = Field(
        description="The other of two linked tips, when they meet through two."
    )
    bridge_kind: str | None
    bridge_identifier: str | None = Field(description="What the two tips share.")
    first_kind: str
    first_identifier: str
    second_kind: str
    second_identifier: str
    weight: int = Field(description="Thousandths of a bit of the commoner identifier.")
    is_low_value: bool
    is_protective: bool = Field(
        description="A claim or a tip says that it is a child's: for protection, no subject link."
    )
    sentence: str


class OverlapPair(Part):
    """Two open investigations of different agencies that meet."""

    first: Investigation
    second: Investigation
    urgency: int
    is_direct: bool = Field(description="Both claim the same identifier.")
    meetings: tuple[Meeting, ...]
    meeting_total: int


class OverlapsAnswer(LinkAnswer):
    """All overlaps, the most urgent first; those about a child and those of low value apart."""

    overlaps: tuple[OverlapPair, ...]
    protective: tuple[OverlapPair, ...] = Field(
        description="Possibly the same child in two agencies' work: the supervisors should talk."
    )
    low_value: tuple[OverlapPair, ...] = Field(
        description="Pairs that meet only in values which many share."
    )

    @property
    def shown(self) -> set[str]:
        """Keys of the investigations that it shows."""
        pairs = (*self.overlaps, *self.protective, *self.low_value)
        return {side.key for pair in pairs for side in (pair.first, pair.second)}

    @classmethod
    def of(cls, found: Overlaps, opened: OpenStore, *, limit: int) -> OverlapsAnswer:
        """Give the answer for overlaps, at most `limit` of each list."""
        cut_off = list(found.cut_off)
        for kind, pairs in (
            ("overlaps", found.overlaps),
            ("overlaps about a child", found.protective),
            ("overlaps of low value", found.low_value),
        ):
            if len(pairs) > limit:
                cut_off.append(f"{len(pairs) - limit} further {kind} are not shown.")
        return answer(
            cls,
            found,
            opened,
            queries=found.queries,
            overlaps=[_pair(pair) for pair in found.overlaps[:limit]],
            protective=[_pair(pair) for pair in found.protective[:limit]],
            low_value=[_pair(pair) for pair in found.low_value[:limit]],
            cut_off=[*cut_off],
        )


def _pair(pair: Overlap) -> Plain:
    values = fields(pair)
    values["meetings"] = wire(pair.meetings[:MAX_MEETINGS])
    values["meeting_total"] = len(pair.meetings)
    values["is_direct"] = pair.is_direct
    return values
