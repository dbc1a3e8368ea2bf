"""Whether two investigations truly meet, and through what, worked out from claims and tips."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from world.agencies import Investigation
from world.drafts import TipDraft, Value
from world.statements import linking_values


class How(StrEnum):
    """The shortest chain by which two investigations of one subject meet."""

    SAME_IDENTIFIER = "same identifier"
    """Both claim the same identifier."""
    ONE_TIP = "one tip"
    """One tip states an identifier of each."""
    TWO_TIPS = "two tips"
    """A tip of each, and both tips state a third identifier."""
    NO_SHARED_TIP = "no shared tip"
    """One subject in truth, but nothing that was reported shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Two investigations of different agencies that work one subject, or two parties of a tip."""

    first: Investigation
    second: Investigation
    how: How
    through: tuple[Value, ...]
    """The identifiers that join them, claimed or (two tips) shared by the tips."""
    tips: tuple[int, ...]
    """Tips on the way. For a same identifier those that state it, maybe none."""


def _claimed(investigation: Investigation) -> frozenset[Value]:
    """Give what it claims of suspects: personas and victims are no subjects."""
    return frozenset(claim.value for claim in investigation.claims if claim.role == "suspect")


def meeting(
    first: Investigation,
    second: Investigation,
    *,
    drafts: Sequence[TipDraft],
    hubs: frozenset[Value],
) -> Meeting:
    """Give how two investigations of one subject meet, over that subject's tips."""
    mine, theirs = _claimed(first) - hubs, _claimed(second) - hubs
    stated = [(draft.number, linking_values(draft) - hubs) for draft in drafts]
    both = mine & theirs
    if both:
        how, through = How.SAME_IDENTIFIER, both
        tips = [number for number, values in stated if values & both]
    elif any(values & mine and values & theirs for _, values in stated):
        how = How.ONE_TIP
        joining = [(n, v) for n, v in stated if v & mine and v & theirs]
        tips = [number for number, _ in joining]
        through = frozenset().union(*(v & (mine | theirs) for _, v in joining))
    else:
        how, through, tips = _over_two_tips(mine, theirs, stated)
    return Meeting(
        first=first,
        second=second,
        how=how,
        through=tuple(sorted(through, key=repr)),
        tips=tuple(dict.fromkeys(tips)),
    )


def _over_two_tips(
    mine: frozenset[Value],
    theirs: frozenset[Value],
    stated: Sequence[tuple[int, frozenset[Value]]],
) -> tuple[How, frozenset[Value], list[int]]:
    through: set[Value] = set()
    tips: set[int] = set()
    for number, values in stated:
        for other_number, other_values in stated:
            shared = values & other_values
            if values & mine and other_values & theirs and shared:
                through |= shared
                tips |= {number, other_number}
    how = How.TWO_TIPS if through else How.NO_SHARED_TIP
    return how, frozenset(through), sorted(tips)
