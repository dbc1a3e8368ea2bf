"""One thing through which two investigations meet, weighed and in words.

What weighs is the snapshot's bands, as in links: a live count would tell whoever may ask twice that
somebody else's tip came in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.queries.links import SnapshotRow
from graph.queries.overlaps import DirectRow, TouchRow
from graph.queries.tips import TipLine
from graph.scoring.bands import band_words, steps_of
from graph.services.crossing import Bridge, Touches
from graph.services.walking import rarity

LOW_VALUE_BELOW = 5000
"""Thousandths of a bit: a value held by more than one in 32 tips does not make agencies meet."""
_VICTIM = "victim"
_RARE = 4
"""What fewer than five tips hold, or nobody counted yet, counts as rare as that."""
_CHILD = " In a tip it is a child's: for protection, no subject link."


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
    """Either side claims it as a victim's, or a tip says so: for the child's safety, no common
    subject."""
    second_tip: TipLine | None = None
    """The other of two linked tips, when they meet through two."""
    bridge_kind: str | None = None
    bridge_identifier: str | None = None
    """What the two tips share."""


def direct_meeting(row: DirectRow, snapshot: SnapshotRow) -> Meeting:
    """Give the meeting of two investigations that claim one identifier."""
    band = row.band or 0
    weight = _weight(band, snapshot)
    is_evidence = row.state in ("normal", "known series")
    is_low_value = _is_common(band, weight) or not is_evidence
    why = ""
    if is_low_value:
        why = f"; {band_words(band)}" if is_evidence else f"; its state is {row.state}"
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
        is_protective=_VICTIM in (row.first_role, row.second_role),
    )


def tip_meeting(
    a: TouchRow, b: TouchRow, line: TipLine, *, touches: Touches, snapshot: SnapshotRow
) -> Meeting:
    """Give the meeting of two investigations over one tip that mentions what both claim."""
    band = max(a.band or 0, b.band or 0)
    weight = _weight(band, snapshot)
    is_child = touches.is_child(a) or touches.is_child(b)
    return Meeting(
        tip=line,
        first_kind=a.kind,
        first_identifier=a.identifier,
        second_kind=b.kind,
        second_identifier=b.identifier,
        weight=weight,
        is_low_value=_is_common(band, weight),
        is_protective=is_child or _VICTIM in (a.claim_role, b.claim_role),
        sentence=(
            f"Tip {line.key} mentions {_claimed(a)} and {_claimed(b)}: "
            f"it comes through a tip and is no hit.{_CHILD if is_child else ''}"
        ),
    )


def bridge_meeting(
    bridge: Bridge, lines: Mapping[str, TipLine], *, touches: Touches, snapshot: SnapshotRow
) -> Meeting:
    """Give the meeting of two investigations over two tips that share something."""
    a, b = bridge.first, bridge.second
    band = max(a.band or 0, b.band or 0, bridge.band)
    weight = _weight(band, snapshot)
    is_child = bridge.is_child or touches.is_child(a) or touches.is_child(b)
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
        is_low_value=_is_common(band, weight),
        is_protective=is_child or _VICTIM in (a.claim_role, b.claim_role),
        sentence=(
            f"Tip {a.tip} mentions {_claimed(a)}, tip {b.tip} mentions {_claimed(b)}, and both "
            f"share the {bridge.kind} {bridge.identifier}: it comes through tips and is no hit."
            f"{_CHILD if is_child else ''}"
        ),
    )


def _claimed(row: TouchRow) -> str:
    return f"the {row.kind} {row.identifier} (claimed as {row.claim_role})"


def _weight(band: int, snapshot: SnapshotRow) -> int:
    return rarity(snapshot.snapshot_tips or 0, max(1 << band, _RARE))


def _is_common(band: int, weight: int) -> bool:
    """Tell whether a value is common; never one of few holders, however few tips there are."""
    return steps_of(band) > 0 and weight < LOW_VALUE_BELOW
