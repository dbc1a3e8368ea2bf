"""Which state of an identifier counts, where several things speak for one."""

from __future__ import annotations

from dataclasses import dataclass

NORMAL, SHARED, VIRAL, KNOWN_SERIES, STOPPED = (
    "normal",
    "shared",
    "viral",
    "known series",
    "stopped",
)
RULE = "rule"
"""Who set a state that follows from the value alone."""
BY_LIST = "hash list "
"""How the name of a hash list begins where it stands as who set a state."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A state with its reason, since when (microseconds UTC) and by whom."""

    state: str = NORMAL
    reason: str | None = None
    since_us: int | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A hash list in force that holds a hash."""

    key: str
    name: str
    source: str
    dated: str
    """Day of its issue, `YYYY-MM-DD`."""
    dated_us: int

    @property
    def sentence(self) -> str:
        """Which list, whose, and of when."""
        return f"Hash list {self.name} ({self.source}, {self.dated})"


def resolve(own: Standing, decided: Standing | None, listings: tuple[Listing, ...]) -> Standing:
    """Give the state that counts. The order: stopped by the value itself, what a person or a count
    decided, shared by the value's nature (a PDQ), a hash list, normal.

    `listings` in order of date, then key: the first one is named.
    """
    if own.state == STOPPED:
        return own
    if decided is not None:
        return decided
    if own.state != NORMAL or len(listings) == 0:
        return own
    first = listings[0]
    more = f", and {len(listings) - 1} more" if len(listings) > 1 else ""
    return Standing(
        state=KNOWN_SERIES,
        reason=f"{first.sentence}{more}.",
        since_us=first.dated_us,
        by=f"{BY_LIST}{first.name}",
    )


def decided_by_others(current: Standing) -> Standing | None:
    """Give a state that neither a rule nor a hash list set; it is never overwritten by them."""
    if current.by is None or current.by == RULE or current.by.startswith(BY_LIST):
        return None
    return current
