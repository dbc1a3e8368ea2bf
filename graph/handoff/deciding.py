"""What a step makes of a hand-off, or why it cannot be taken; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.keys import part, text_of
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, require
from graph.clock import iso
from graph.errors import ChangedError, RowError
from graph.handoff.steps import OPEN, HandoffStep, Kind, Rule, Side, Stage, deed_of, rule_of
from graph.queries.handoffs import HandoffRow

CLOCK = "hand-off clock"
"""Who moved it on where nobody did."""
GIVEN_UP = "The giver holds the tip no longer."
"""Why an offer is over that nobody answered and whose time is not."""
_HOUR_US = 3_600_000_000
DUE_WITHIN_HOURS = {"at once": 4, "today": 24}
"""By class of urgency: hours in which an offer is answered, where nobody chooses."""
USUAL_HOURS = 72
LONGEST_US = 30 * 24 * _HOUR_US
"""An offer waits for no longer than so."""
_LAST = (1 << 62) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A hand-off after a step, and the rule that led there."""

    row: HandoffRow
    rule: Rule


def due_of(priority: str, wanted_us: int | None, *, at_us: int) -> int:
    """Give until when an offer can be answered.

    Raises:
        RowError: it is wanted for the past, or for more than 30 days.
    """
    if wanted_us is None:
        return at_us + DUE_WITHIN_HOURS.get(priority, USUAL_HOURS) * _HOUR_US
    if not at_us < wanted_us <= at_us + LONGEST_US:
        raise RowError("An offer ends in the future, 30 days from now at most.")
    return wanted_us


def side_of(row: HandoffRow, agency: str) -> Side:
    """Give which side of a hand-off an agency is; of nobody else's hand-off it is asked."""
    return Side.GIVER if agency == row.giver else Side.RECEIVER


def stage_at(row: HandoffRow, at_us: int) -> Stage:
    """Give where a hand-off stands at a time: an offer whose time is over is expired by itself.

    So is one for a time that is over before anybody accepted it, and one whose giver gave the tip
    up: nothing is shown after it.
    """
    stage = Stage(row.stage)
    ends = (row.due_us, row.until_us, row.clock_us)
    is_over = any(end_us is not None and end_us <= at_us for end_us in ends)
    return Stage.EXPIRED if stage is Stage.OFFERED and is_over else stage


def is_in_force(row: HandoffRow, since: Mapping[str, int]) -> bool:
    """Tell whether the receiver holds the tip by a hand-off; `since` says who holds it since when.

    What was accepted before the receiver's holding last began ended with the holding before it.
    """
    began_us = since.get(row.receiver)
    is_accepted = row.stage == Stage.ACCEPTED and row.answered_us is not None
    return is_accepted and began_us is not None and (row.answered_us or 0) >= began_us


def as_record(row: HandoffRow, caller: Caller) -> Resource:
    """Give a hand-off as the policies know it: each side's is that side's agency's."""
    own = agency_of(caller)
    owner = own if own in {row.giver, row.receiver} else row.giver
    return Resource(owner=owner, handing=row.kind)


def stepped(
    row: HandoffRow, caller: Caller, step: HandoffStep, *, expected: int, why: str | None
) -> Taken:
    """Give a hand-off after somebody's step.

    Raises:
        ChangedError: somebody moved it on meanwhile; the sentence says who.
        RightsError: the caller may not take this step.
        RowError: it is no step from there, it is the other side's, or a reason is missing.
    """
    if expected != (row.version or 0):
        raise ChangedError(said_stepped(row))
    rule = rule_of(stage_at(row, caller.as_of_us), step, kind=Kind(row.kind))
    require(caller, deed_of(step), resource=as_record(row, caller))
    if side_of(row, agency_of(caller)) is not rule.side:
        raise RowError(f"`{step}` is the {rule.side}'s step, not yours. Nothing was changed.")
    said = None if why is None or why.strip() == "" else text_of(why, "A reason")
    if rule.needs_why and said is None:
        raise RowError(f"`{step}` needs a reason, which the other side reads. Nothing was changed.")
    return Taken(row=_after(row, rule, by=caller.user, at_us=caller.as_of_us, why=said), rule=rule)


def lapsed(row: HandoffRow, *, at_us: int) -> Taken | None:
    """Give a hand-off after its clock ran out; None where it has not."""
    if row.clock_us is None or row.clock_us > at_us:
        return None
    stage = Stage(row.stage)
    rule = rule_of(stage, HandoffStep.EXPIRE, kind=Kind(row.kind))
    gave_up = stage is Stage.OFFERED and row.clock_us < row.due_us
    return Taken(
        row=_after(row, rule, by=CLOCK, at_us=at_us, why=GIVEN_UP if gave_up else None), rule=rule
    )


def said_stepped(row: HandoffRow) -> str:
    """Say that a hand-off is not as the caller looked at it, who moved it on, and where it is."""
    moved_by = row.offered_by if row.answered_by is None else row.answered_by
    when_us = row.offered_us if row.answered_us is None else row.answered_us
    return (
        f"The hand-off of {row.tip} was moved on by {moved_by} at {iso(when_us)}: it is "
        f"{row.stage}, version {row.version or 0}. Nothing was overwritten; look at it again."
    )


def placed(row: HandoffRow) -> HandoffRow:
    """Give a hand-off with what orders it in both lists, and when its clock moves it on."""
    stage = Stage(row.stage)
    is_open = stage in OPEN
    time_us = row.offered_us if is_open else _LAST - (row.answered_us or row.offered_us)
    order = f"{0 if is_open else 1}|{time_us:019d}|{row.key}"
    clock_us = row.due_us if is_open else row.until_us if stage is Stage.ACCEPTED else None
    return row.model_copy(
        update={
            "giver_place": f"{part(row.giver)}|{order}",
            "receiver_place": f"{part(row.receiver)}|{order}",
            "clock_us": clock_us,
        }
    )


def _after(row: HandoffRow, rule: Rule, *, by: str, at_us: int, why: str | None) -> HandoffRow:
    return placed(
        row.model_copy(
            update={
                "stage": rule.to.value,
                "answered_us": at_us,
                "answered_by": by,
                "answered_why": why,
                "steps": row.steps + 1,
                "version": (row.version or 0) + 1,
            }
        )
    )
