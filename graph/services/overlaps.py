"""Overlaps: investigations of different agencies that meet, and through what.

This is subject deconfliction, not event safety. An overlap that comes through a tip is labelled as
such and is no hit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.clock import now_us
from graph.queries.core import NoParams
from graph.queries.investigations import InvestigationRow
from graph.queries.meta import STORE_INFO
from graph.queries.overlaps import (
    BRIDGES,
    DIRECT,
    TOUCHES,
    UNWALKED,
    BridgesParams,
    DirectParams,
    DirectRow,
    ThroughTipsParams,
    TouchRow,
    UnwalkedParams,
)
from graph.queries.tips import TIPS, TipLine, TipsParams
from graph.services.crossing import Bridge, bridged, crossing
from graph.services.investigations import investigations_of
from graph.services.judging import Verdict, standing
from graph.services.walking import rarity, walk_limit
from graph.store import ReadUnit, Store

LOW_VALUE_BELOW = 5000
"""Thousandths of a bit: a value held by more than one in 32 tips does not make agencies meet."""
FEW_TIPS = 5
"""Held by no more tips than this, a value is never called common, however few tips there are."""
BRIDGE_LIMIT = 50
"""Two tips count as linked here when they share something that no more tips mention."""
VICTIM = "victim"
MAX_DIRECT = 100_000
MAX_TOUCHES = 500_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One thing through which two investigations meet."""

    tip: TipLine | None
    """The tip that mentions both identifiers; None when both claim the same one."""
    first_kind: str
    first_identifier: str
    second_kind: str
    second_identifier: str
    weight: int
    """Thousandths of a bit of the commoner of the two identifiers."""
    is_low_value: bool
    sentence: str
    is_protective: bool = False
    """Either side claims it as a victim's: for the child's safety, no common subject."""
    second_tip: TipLine | None = None
    """The other of two linked tips, when they meet through two."""
    bridge_kind: str | None = None
    bridge_identifier: str | None = None
    """What the two tips share."""


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
    queries: tuple[str, ...] = (DIRECT.name, TOUCHES.name, UNWALKED.name, BRIDGES.name)


def find_overlaps(store: Store) -> Overlaps:
    """Give every pair of open investigations of different agencies that meet.

    Raises:
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(_find, name="overlaps")


def _find(unit: ReadUnit) -> Overlaps:
    tip_total = unit.read(STORE_INFO, NoParams())[0].tip_total
    direct = unit.read(DIRECT, DirectParams(limit=MAX_DIRECT))
    touches = unit.read(
        TOUCHES, ThroughTipsParams(walk_limit=walk_limit(tip_total), limit=MAX_TOUCHES)
    )
    named = {row.investigation for row in touches}
    named |= {key for row in direct for key in (row.first, row.second)}
    investigations = investigations_of(unit, named)
    cut_off: list[str] = []
    if len(direct) == MAX_DIRECT:
        cut_off.append(f"Only {MAX_DIRECT} direct meetings were looked at.")
    if len(touches) == MAX_TOUCHES:
        cut_off.append(f"Only {MAX_TOUCHES} claimed mentions in tips were looked at.")
    unwalked = unit.read(UNWALKED, UnwalkedParams(walk_limit=walk_limit(tip_total)))[0]
    if unwalked.identifiers > 0:
        cut_off.append(
            f"{unwalked.identifiers} claimed identifiers are mentioned by too many tips: "
            "these tips were not looked at for meetings."
        )
    met: dict[tuple[str, str], list[Meeting]] = {}
    for row in direct:
        met.setdefault((row.first, row.second), []).append(_direct_meeting(row, tip_total))
    tips = sorted({row.tip for row in touches})
    lines = {line.key: line for line in unit.read(TIPS, TipsParams(tips=tips))}
    for a, b in crossing(touches, investigations):
        pair = (a.investigation, b.investigation)
        met.setdefault(pair, []).append(_tip_meeting(a, b, lines[a.tip], tip_total))
    bridges, left_out = _bridges(unit, touches, tips, investigations)
    cut_off += left_out
    for bridge in bridges:
        pair = (bridge.first.investigation, bridge.second.investigation)
        met.setdefault(pair, []).append(_bridge_meeting(bridge, lines, tip_total))
    found = [
        _overlap(investigations[first], investigations[second], meetings)
        for (first, second), meetings in met.items()
    ]
    found.sort(key=lambda o: (o.urgency, not o.is_direct, o.first.key, o.second.key))
    return Overlaps(
        as_of_us=now_us(),
        overlaps=tuple(o for o in found if not o.is_low_value and not o.is_protective),
        protective=tuple(o for o in found if o.is_protective),
        low_value=tuple(o for o in found if o.is_low_value),
        cut_off=tuple(cut_off),
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


def _direct_meeting(row: DirectRow, tip_total: int) -> Meeting:
    weight = rarity(tip_total, row.tip_count)
    is_low_value = _is_common(row.tip_count, weight) or row.state not in ("normal", "known series")
    why = f", which {row.tip_count} tips share" if is_low_value else ""
    return Meeting(
        tip=None,
        first_kind=row.kind,
        first_identifier=row.identifier,
        second_kind=row.kind,
        second_identifier=row.identifier,
        weight=weight,
        is_low_value=is_low_value,
        sentence=(
            f"Both claim the {row.kind} {row.identifier} "
            f"(as {row.first_role} and as {row.second_role}){why}."
        ),
        is_protective=VICTIM in (row.first_role, row.second_role),
    )


def _tip_meeting(a: TouchRow, b: TouchRow, line: TipLine, tip_total: int) -> Meeting:
    weight = min(rarity(tip_total, a.tip_count), rarity(tip_total, b.tip_count))
    return Meeting(
        tip=line,
        first_kind=a.kind,
        first_identifier=a.identifier,
        second_kind=b.kind,
        second_identifier=b.identifier,
        weight=weight,
        is_low_value=_is_common(max(a.tip_count, b.tip_count), weight),
        is_protective=VICTIM in (a.claim_role, b.claim_role),
        sentence=(
            f"Tip {line.key} mentions {_claimed(a)} and {_claimed(b)}: "
            "it comes through a tip and is no hit."
        ),
    )


def _bridge_meeting(bridge: Bridge, lines: dict[str, TipLine], tip_total: int) -> Meeting:
    a, b = bridge.first, bridge.second
    count = max(a.tip_count, b.tip_count, bridge.tip_count)
    weight = rarity(tip_total, count)
    return Meeting(
        tip=lines[a.tip],
        second_tip=lines[b.tip],
        first_kind=a.kind,
        first_identifier=a.identifier,
        second_kind=b.kind,
        second_identifier=b.identifier,
        bridge_kind=bridge.kind,
        bridge_identifier=bridge.identifier,
        weight=weight,
        is_low_value=_is_common(count, weight),
        is_protective=VICTIM in (a.claim_role, b.claim_role),
        sentence=(
            f"Tip {a.tip} mentions {_claimed(a)}, tip {b.tip} mentions {_claimed(b)}, and both "
            f"share the {bridge.kind} {bridge.identifier}: it comes through tips and is no hit."
        ),
    )


def _claimed(row: TouchRow) -> str:
    return f"the {row.kind} {row.identifier} (claimed as {row.claim_role})"


def _is_common(tip_count: int, weight: int) -> bool:
    return tip_count > FEW_TIPS and weight < LOW_VALUE_BELOW
