"""Days and weeks of a time zone as ranges of instants: a day may have 23 or 25 hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import pairwise
from zoneinfo import ZoneInfo

from graph.clock import from_us, to_us
from graph.errors import QuestionError

UTC = "UTC"
MOST_BACK = 400
"""Days or weeks of one answer."""


class PeriodStep(StrEnum):
    """What a period is cut into."""

    DAY = "day"
    WEEK = "week"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bucket:
    """A day or a week: `2026-11-23` or `2026-W48`, from an instant to before another one."""

    label: str
    begin_us: int
    end_us: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """Buckets that follow each other and last equally long."""

    begin_us: int
    width_us: int
    buckets: tuple[Bucket, ...]


def zone_of(name: str) -> ZoneInfo:
    """Give a time zone by its name in the IANA database, such as `America/Denver`.

    Raises:
        QuestionError: there is none of that name.
    """
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise QuestionError(
            "There is no such time zone. Give a name such as `America/Denver` or `UTC`."
        ) from error


def buckets_of(now_us: int, zone: ZoneInfo, *, step: PeriodStep, back: int) -> tuple[Bucket, ...]:
    """Give the last days or weeks of a zone, the present one too; weeks begin on Monday.

    Raises:
        QuestionError: they are none, or too many.
    """
    if not 1 <= back <= MOST_BACK:
        raise QuestionError(f"A period has 1 to {MOST_BACK} days or weeks.")
    today = from_us(now_us).astimezone(zone).date()
    last = today if step is PeriodStep.DAY else today - timedelta(days=today.weekday())
    width = timedelta(days=1 if step is PeriodStep.DAY else 7)
    starts = [last - width * nth for nth in reversed(range(-1, back))]
    return tuple(
        Bucket(
            label=_label(start, step), begin_us=_midnight(start, zone), end_us=_midnight(end, zone)
        )
        for start, end in pairwise(starts)
    )


def runs_of(buckets: Sequence[Bucket]) -> tuple[Run, ...]:
    """Give buckets in runs of equal length: within one, a division tells which bucket it is."""
    found: list[list[Bucket]] = []
    for bucket in buckets:
        width = bucket.end_us - bucket.begin_us
        if len(found) == 0 or found[-1][0].end_us - found[-1][0].begin_us != width:
            found.append([])
        found[-1].append(bucket)
    return tuple(
        Run(
            begin_us=run[0].begin_us,
            width_us=run[0].end_us - run[0].begin_us,
            buckets=tuple(run),
        )
        for run in found
    )


def _midnight(day: date, zone: ZoneInfo) -> int:
    """Give when a day begins: where clocks leap over midnight, the instant at which they do."""
    return to_us(datetime(day.year, day.month, day.day, tzinfo=zone))


def _label(start: date, step: PeriodStep) -> str:
    if step is PeriodStep.DAY:
        return start.isoformat()
    year, week, _ = start.isocalendar()
    return f"{year}-W{week:02}"
