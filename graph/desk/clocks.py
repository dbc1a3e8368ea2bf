"""How long a provider keeps things, as far as a statute says: presumed, and to be confirmed.

A statute's day is a civil day in the agency's own time zone. The day of the event is not counted
and every other day is, weekends too (Fed. R. Crim. P. 45(a)(1)(A) and (B)). That a period which
ends on a weekend runs on to the next working day (45(a)(1)(C)) is not used: it helps whoever must
act, while a provider may delete. For the same reason a clock here is over when its last day begins
and not when that day ends, and a year from 29 February ends on 28 February. Each of these choices
makes it earlier and none later than any other way of counting in that zone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from graph.clock import from_us, to_us

CONFIRM = "Presumed: confirm with provider."
UNKNOWN = "Not known: the report does not state when it was submitted. Confirm with provider."
REPORT_ACT = date(2024, 5, 7)
"""Day on which the REPORT Act (P.L. 118-59) became law."""
NINETY = 90
MARKS = (30, 14, 7, 1)
"""Days before the end on which it is told."""
DAY_US = 24 * 3_600_000_000
YEAR_SOURCE = "18 U.S.C. 2258A(h)(1), as amended by P.L. 118-59 (7 May 2024): 1 year"
OLD_SOURCE = "18 U.S.C. 2258A(h)(1), before P.L. 118-59: 90 days"
LETTER_SOURCE = "18 U.S.C. 2703(f)(2): 90 days"
RENEWED_SOURCE = "18 U.S.C. 2703(f)(2): 90 days, extended by 90 days upon a renewed request"
PROCESS_SOURCE = "The return date that the process itself states"


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When something is presumed to be over, why, and what to do about it."""

    ends_on: date | None
    """Civil day in the zone; None: not known."""
    ends_us: int | None
    """When that day begins."""
    source: str
    says: str


def presumed_expiry(submitted_us: int | None, zone: ZoneInfo) -> Clock:
    """Give until when a provider is presumed to keep what it reported; no time, no date."""
    if submitted_us is None:
        return Clock(ends_on=None, ends_us=None, source=YEAR_SOURCE, says=UNKNOWN)
    day = civil_day(submitted_us, zone)
    if day < REPORT_ACT:
        return _clock(day + timedelta(days=NINETY), zone, OLD_SOURCE)
    return _clock(year_after(day), zone, YEAR_SOURCE)


def presumed_source(ends_on: str | None) -> str:
    """Give which rule a presumed end came from: 90 days end long before any year that counts."""
    is_old = ends_on is not None and date.fromisoformat(ends_on) < year_after(REPORT_ACT)
    return OLD_SOURCE if is_old else YEAR_SOURCE


def letter_clock(sent_on: date, zone: ZoneInfo, *, is_renewed: bool) -> Clock:
    """Give until when a letter binds: the second 90 days begin where the first end."""
    days = 2 * NINETY if is_renewed else NINETY
    return _clock(
        sent_on + timedelta(days=days), zone, RENEWED_SOURCE if is_renewed else LETTER_SOURCE
    )


def process_clock(due_on: date, zone: ZoneInfo) -> Clock:
    """Give by when a provider is to answer a process; the day is the one that it states."""
    return _clock(due_on, zone, PROCESS_SOURCE)


def year_after(day: date) -> date:
    """Give the same day of the next year; of 29 February the 28th, which is the earlier one."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def civil_day(us: int, zone: ZoneInfo) -> date:
    """Give the civil day of an instant in a zone."""
    return from_us(us).astimezone(zone).date()


def begin_of(day: date, zone: ZoneInfo) -> int:
    """Give the first instant of a civil day.

    Midnight may be left out (clocks are put forward at midnight in some zones): the day then
    begins where the gap ends. Where midnight comes twice it is the first one.
    """
    local = datetime.combine(day, time(), tzinfo=zone)
    there = local.astimezone(UTC).astimezone(zone)
    if there.replace(tzinfo=None) == local.replace(tzinfo=None):
        return to_us(local)
    # Of a gap the earlier offset gives an instant behind it, the later one an instant before it.
    return to_us(_end_of_gap(local))


def next_mark(ends_us: int, *, told_days: int | None) -> int | None:
    """Give when the next mark before an end is told; None: all were.

    A mark is a reminder and no deadline: so many spans of 24 hours before the end.
    """
    left = [days for days in MARKS if told_days is None or days < told_days]
    return ends_us - left[0] * DAY_US if len(left) > 0 else None


def mark_at(ends_us: int, *, at_us: int) -> int | None:
    """Give the mark that holds at a time: the least that was reached; None: none was."""
    reached = [days for days in MARKS if at_us >= ends_us - days * DAY_US]
    return min(reached) if len(reached) > 0 else None


def _end_of_gap(local: datetime) -> datetime:
    """Give the first instant of a civil day whose midnight is left out."""
    before = local.replace(fold=0).astimezone(UTC) - timedelta(days=1)
    after = local.replace(fold=0).astimezone(UTC) + timedelta(days=1)
    while after - before > timedelta(microseconds=1):
        middle = before + (after - before) / 2
        if middle.astimezone(local.tzinfo).date() < local.date():
            before = middle
        else:
            after = middle
    return after


def _clock(day: date, zone: ZoneInfo, source: str) -> Clock:
    return Clock(ends_on=day, ends_us=begin_of(day, zone), source=source, says=CONFIRM)
