"""Which claims may leave in an extract: what their handling codes and their visibility say.

28 CFR 23.20(f): what is submitted says to whom it may be passed on. A claim that states no code
states no permission.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, Protocol

from graph.casework.vocabulary import ClaimRole, Handling, Visibility

MARKINGS: Final[Mapping[str, str]] = {
    Handling.PERMITTED: "May be passed on to agencies under an agreement of equal rules.",
}
"""What stands beside a claim that leaves, by its handling code."""
_POINTER = "are pointers: others are told whom to call, and no more"
_WHY: Final[Mapping[str | None, str]] = {
    Handling.CONDITIONS: "have the handling code `conditions`: their agency is asked first",
    Handling.ORIGINATOR_ONLY: "have the handling code `originator only`",
    None: "state no handling code, and so no permission",
}


class Leaving(Protocol):
    """What says whether a claim may leave: of whom it is, who may learn what, its handling code."""

    @property
    def role(self) -> str: ...
    @property
    def visibility(self) -> str: ...
    @property
    def handling(self) -> str | None: ...


def may_leave(claim: Leaving) -> bool:
    """Say whether a claim may leave: an open one, of no victim, with a code that permits it."""
    return _is_told_of(claim) and why_not(claim) is None


def why_not(claim: Leaving) -> str | None:
    """Give why a claim that others may be told of stays behind; None where it may leave."""
    if claim.visibility == Visibility.POINTER:
        return _POINTER
    return None if claim.handling == Handling.PERMITTED else _WHY[claim.handling]


def kept_back(claims: Iterable[Leaving]) -> tuple[str, ...]:
    """Give, in sentences for the file, how many claims stay behind and why.

    Silent and sealed claims and those of victims are in no count: whoever opens the file learns
    of them what a miss shows (`design.md`, "Who may see what").
    """
    counted = Counter(why for claim in claims if _is_told_of(claim) and (why := why_not(claim)))
    return tuple(f"Kept back: claims that {why} ({many})." for why, many in sorted(counted.items()))


def _is_told_of(claim: Leaving) -> bool:
    told = (Visibility.OPEN, Visibility.POINTER)
    return claim.visibility in told and claim.role != ClaimRole.VICTIM
