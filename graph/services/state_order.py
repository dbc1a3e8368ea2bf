"""Who is right about an identifier's state: the order of precedence, in one place.

1. The reviewed files that come with Crosstip: `stopped`, and `shared` by nature (private ranges,
   shared hosts). Nobody overrules these; whoever disagrees corrects the file.
2. A person's last decision that was not undone and has not run out: `normal`, `shared`, `viral`.
3. A list of hashes: `known series`.
4. Counting: `shared`, `viral`.
5. `normal`.

What stands below another one is not forgotten: it counts again when the one above it is undone,
runs out or is lifted.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.queries.decisions import DecisionRow
from graph.queries.states import StateRow

NORMAL = "normal"
UNDONE = "undone"
FROM_FILES = ("stopped", "shared")
"""As a base: what a reviewed file says."""
KNOWN_SERIES = "known series"


class Source(StrEnum):
    """Where a decision comes from."""

    COUNTING = "counting"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    """What files and lists say of an identifier."""

    state: str
    why: str | None
    decided_by: str | None
    since_us: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The state that counts, with who says so since when and until when."""

    state: str
    why: str | None
    decided_by: str | None
    since_us: int | None
    until_us: int | None = None
    decision: DecisionRow | None = None
    """The decision that it rests on; None where it rests on files and lists."""


def base_of(row: StateRow) -> Base:
    """Give what files and lists say: what stood on the node before anything was decided."""
    if row.base_state is not None:
        return Base(
            state=row.base_state,
            why=row.base_why,
            decided_by=row.base_by,
            since_us=row.base_since_us,
        )
    return Base(
        state=row.state,
        why=row.state_reason,
        decided_by=row.state_by,
        since_us=row.state_since_us,
    )


def standing_of(
    base: Base, decisions: Iterable[DecisionRow], *, at_us: int, counted_us: int | None = None
) -> Standing:
    """Give the state that counts at a time, by the order of precedence.

    Args:
        base: what files and lists say.
        decisions: everything that was decided, in any order.
        at_us: the time.
        counted_us: the snapshot that was counted last, of which what counting found stands longer.
    """
    ordered = sorted(decisions, key=lambda row: (row.at_us, row.key))
    by_files = Standing(
        state=base.state, why=base.why, decided_by=base.decided_by, since_us=base.since_us
    )
    if base.state in FROM_FILES:
        return by_files
    person = last_of_person(ordered, at_us=at_us)
    if person is not None:
        return Standing(
            state=person.state,
            why=person.why,
            decided_by=person.decided_by,
            since_us=person.at_us,
            until_us=person.until_us,
            decision=person,
        )
    counted = last_counted(ordered)
    if base.state != NORMAL or counted is None or counted.state == NORMAL:
        return by_files
    until_us = _counted_until(counted, counted_us)
    if until_us is not None and until_us <= at_us:
        return by_files
    return Standing(
        state=counted.state,
        why=counted.why,
        decided_by=Source.COUNTING.value,
        since_us=_found_first(ordered, counted),
        until_us=until_us,
        decision=counted,
    )


def _counted_until(counted: DecisionRow, counted_us: int | None) -> int | None:
    """Give until when a finding stands: as long from the last count as it was to stand at first.

    What a count no longer supports it lifts, so what it left alone it found again.
    """
    if counted.until_us is None or counted.snapshot_us is None or counted_us is None:
        return counted.until_us
    return max(counted.until_us, counted_us + counted.until_us - counted.snapshot_us)


def last_of_person(ordered: Sequence[DecisionRow], *, at_us: int) -> DecisionRow | None:
    """Give the last decision of a person that was not undone and has not run out."""
    undone = {row.undoes for row in ordered if row.undoes is not None}
    standing = [
        row
        for row in ordered
        if row.source == Source.PERSON
        and row.state != UNDONE
        and row.key not in undone
        and (row.until_us is None or row.until_us > at_us)
    ]
    return standing[-1] if len(standing) > 0 else None


def last_counted(ordered: Sequence[DecisionRow]) -> DecisionRow | None:
    """Give what counting said last."""
    counted = [row for row in ordered if row.source == Source.COUNTING]
    return counted[-1] if len(counted) > 0 else None


def _found_first(ordered: Sequence[DecisionRow], counted: DecisionRow) -> int:
    """Give since when counting has said the same without a break."""
    since_us = counted.at_us
    for row in reversed([r for r in ordered if r.source == Source.COUNTING]):
        if row.state != counted.state:
            break
        since_us = row.at_us
    return since_us
