"""Overlaps: investigations of different agencies that meet, and through what.

This is subject deconfliction, not event safety. An overlap that comes through a tip is labelled as
such and is no hit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.clock import now_us
from graph.queries.investigations import InvestigationRow
from graph.queries.links import SNAPSHOT
from graph.queries.overlaps import (
    BRIDGES,
    DIRECT,
    TOUCHES,
    UNWALKED,
    BridgesParams,
    DirectParams,
    ThroughTipsParams,
    TouchRow,
    UnwalkedParams,
    UnwalkedRow,
)
from graph.queries.scope import Seeing
from graph.queries.tips import TIPS, TipsParams
from graph.services.crossing import Bridge, bridged, crossing, touches_of
from graph.services.investigation_pages import investigations_of
from graph.services.judging import Verdict, standing
from graph.services.links import NO_SNAPSHOT
from graph.services.meetings import Meeting as Meeting
from graph.services.meetings import bridge_meeting, direct_meeting, tip_meeting
from graph.services.walking import walk_limit
from graph.store import ReadUnit, Store

BRIDGE_LIMIT = 50
"""Two tips count as linked here when they share something that no more tips mention."""
MAX_DIRECT = 100_000
MAX_TOUCHES = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two open investigations of different agencies that meet, with every meeting."""

    first: InvestigationRow
    second: InvestigationRow
    urgency: int
    """The most urgent tip through which they meet; 2 when there is none."""
    meetings: tuple[Meeting, ...]

    @property
    def is_direct(self) -> bool:
        """Whether both claim the same identifier."""
        return any(m.tip is None and not m.is_low_value for m in self.meetings)

    @property
    def is_protective(self) -> bool:
        """Whether they meet in nothing but a child to be protected."""
        return all(m.is_protective or m.is_low_value for m in self.meetings) and not (
            self.is_low_value
        )

    @property
    def is_low_value(self) -> bool:
        """Whether they meet only in values that many share."""
        return all(m.is_low_value for m in self.meetings)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlaps:
    """All overlaps, the most urgent first; those of low value apart."""

    as_of_us: int
    overlaps: tuple[Overlap, ...]
    protective: tuple[Overlap, ...]
    """Possibly the same child in two agencies' work: the supervisors should talk."""
    low_value: tuple[Overlap, ...]
    cut_off: tuple[str, ...]
    queries: tuple[str, ...] = (
        DIRECT.name,
        TOUCHES.name,
        UNWALKED.name,
        BRIDGES.name,
        SNAPSHOT.name,
    )


def find_overlaps(store: Store) -> Overlaps:
    """Give every pair of open investigations of different agencies that meet.

    Raises:
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(_find, name="overlaps")


def _find(unit: ReadUnit) -> Overlaps:
    snapshot = unit.read(SNAPSHOT, Seeing())[0]
    most = walk_limit(snapshot.tip_total)
    direct = unit.read(DIRECT, DirectParams(limit=MAX_DIRECT))
    mentions = unit.read(TOUCHES, ThroughTipsParams(walk_limit=most, limit=MAX_TOUCHES))
    touches = touches_of(mentions)
    named = {row.investigation for row in touches.rows}
    named |= {key for row in direct for key in (row.first, row.second)}
    investigations = investigations_of(unit, named)
    unwalked = unit.read(UNWALKED, UnwalkedParams(walk_limit=most))[0]
    met: dict[tuple[str, str], list[Meeting]] = {}
    for row in direct:
        met.setdefault((row.first, row.second), []).append(direct_meeting(row, snapshot))
    tips = sorted({row.tip for row in touches.rows})
    lines = {line.key: line for line in unit.read(TIPS, TipsParams(tips=tips))}
    for a, b in crossing(touches.rows, investigations):
        meeting = tip_meeting(a, b, lines[a.tip], touches=touches, snapshot=snapshot)
        met.setdefault((a.investigation, b.investigation), []).append(meeting)
    bridges, left_out = _bridges(unit, touches.rows, tips, investigations)
    for bridge in bridges:
        meeting = bridge_meeting(bridge, lines, touches=touches, snapshot=snapshot)
        pair = (bridge.first.investigation, bridge.second.investigation)
        met.setdefault(pair, []).append(meeting)
    found = [
        _overlap(investigations[first], investigations[second], meetings)
        for (first, second), meetings in met.items()
    ]
    found.sort(key=lambda o: (o.urgency, not o.is_direct, o.first.key, o.second.key))
    cut_off = [*_cut_offs(len(direct), len(mentions), touches.left_out, unwalked), *left_out]
    if snapshot.snapshot_us is None and len(found) > 0:
        cut_off.append(NO_SNAPSHOT)
    return Overlaps(
        as_of_us=now_us(),
        overlaps=tuple(o for o in found if not o.is_low_value and not o.is_protective),
        protective=tuple(o for o in found if o.is_protective),
        low_value=tuple(o for o in found if o.is_low_value),
        cut_off=tuple(cut_off),
    )


def _cut_offs(direct: int, mentions: int, left_out: int, unwalked: UnwalkedRow) -> Iterator[str]:
    if direct == MAX_DIRECT:
        yield f"Only {MAX_DIRECT} direct meetings were looked at."
    if mentions == MAX_TOUCHES:
        yield f"Only {MAX_TOUCHES} claimed mentions in tips were looked at."
    if left_out > 0:
        yield (
            f"{left_out} claimed mentions in tips are a reporting person's, an officer's or a "
            "provider's there: they make nobody a subject and no overlap."
        )
    if (common := unwalked.identifiers - unwalked.shared) > 0:
        yield (
            f"{common} claimed identifiers are mentioned by too many tips: "
            "these tips were not looked at for meetings."
        )
    if unwalked.shared > 0:
        yield (
            f"{unwalked.shared} claimed identifiers are shared by strangers, viral or stopped: "
            "tips that mention them were not looked at for meetings."
        )


def _bridges(
    unit: ReadUnit,
    touches: Sequence[TouchRow],
    tips: Sequence[str],
    investigations: Mapping[str, InvestigationRow],
) -> tuple[list[Bridge], list[str]]:
    """Give the meetings over two tips, and what was left out of them in sentences."""
    cut_off: list[str] = []
    params = BridgesParams(tips=list(tips), bridge_limit=BRIDGE_LIMIT, limit=MAX_TOUCHES)
    shared = unit.read(BRIDGES, params)
    if len(shared) == MAX_TOUCHES:
        cut_off.append(f"Only {MAX_TOUCHES} identifiers that tips share were looked at.")
    judged = standing(unit, tips)
    apart = {pair for pair, row in judged.items() if row.verdict == Verdict.NOT_SAME}
    found = bridged(touches, shared, investigations)
    kept = [b for b in found if frozenset((b.first.tip, b.second.tip)) not in apart]
    if len(kept) < len(found):
        cut_off.append(
            f"{len(found) - len(kept)} meetings over tips that were judged not the same are left "
            "out."
        )
    return kept, cut_off


def _overlap(first: InvestigationRow, second: InvestigationRow, meetings: list[Meeting]) -> Overlap:
    ordered = sorted(
        meetings,
        key=lambda m: (
            m.tip.urgency if m.tip is not None else 2,
            (m.tip is not None) + (m.second_tip is not None),
            -m.weight,
            m.first_identifier,
            m.second_identifier,
            m.tip.key if m.tip is not None else "",
            m.second_tip.key if m.second_tip is not None else "",
            m.bridge_identifier or "",
        ),
    )
    strong = [
        line.urgency
        for m in ordered
        if not m.is_low_value
        for line in (m.tip, m.second_tip)
        if line is not None
    ]
    return Overlap(
        first=first, second=second, urgency=min(strong, default=2), meetings=tuple(ordered)
    )
