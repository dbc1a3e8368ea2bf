"""When a record is due to go, or what keeps it: one sentence each, for the dry run and the purge.

The purge asks the same functions as the dry run, under the record's lock.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.retention.classes import DAY_US, CountsFrom


class Fate(StrEnum):
    """What becomes of a record that is old enough to be looked at."""

    DUE = "due"
    ON_HOLD = "on hold"
    OPEN = "open"
    OFFERED = "offered"
    IN_CONFLICT = "in conflict"
    TOO_YOUNG = "too young"


SAYS = {
    Fate.DUE: "goes with the next purge",
    Fate.ON_HOLD: "a legal hold keeps it",
    Fate.OPEN: "it is not closed; what is open never goes",
    Fate.OFFERED: "a hand-off of it is under way",
    Fate.IN_CONFLICT: "it is party to a conflict, which goes five years after it was resolved",
    Fate.TOO_YOUNG: "something happened to it since",
}
"""The sentence for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What decides about one record, times in microseconds."""

    received_us: int
    closed_us: int | None
    """None: it is not closed."""
    active_us: int
    on_hold: bool
    offered: bool = False
    in_conflict: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What a policy says."""

    days: int
    counts_from: CountsFrom


def counted_from(facts: Facts, rule: Rule) -> int | None:
    """Give from when its days are counted; None where that has not come."""
    if rule.counts_from is CountsFrom.RECEIPT:
        return facts.received_us
    if rule.counts_from is CountsFrom.CLOSING:
        return facts.closed_us
    return max(facts.active_us, facts.received_us)


def fate_of(facts: Facts, rule: Rule, *, at_us: int) -> Fate:
    """Give what becomes of a record: what keeps it is named before its age."""
    if facts.on_hold:
        return Fate.ON_HOLD
    if facts.closed_us is None:
        return Fate.OPEN
    if facts.offered:
        return Fate.OFFERED
    if facts.in_conflict:
        return Fate.IN_CONFLICT
    since_us = counted_from(facts, rule)
    if since_us is None or since_us + rule.days * DAY_US > at_us:
        return Fate.TOO_YOUNG
    return Fate.DUE


def due_us(facts: Facts, rule: Rule) -> int | None:
    """Give when it is due by its age alone."""
    since_us = counted_from(facts, rule)
    return None if since_us is None else since_us + rule.days * DAY_US
