"""What is asked of a caseload figure, and which places answer: ranges of indexes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from graph.caseload.periods import UTC, Bucket, PeriodStep, buckets_of, zone_of
from graph.casework.keys import part
from graph.casework.terms import DAY_US
from graph.queries.caseload_rows import HeldRow
from graph.triage.moves import OPEN, State
from graph.triage.places import NOBODY
from graph.triage.priority import RANKS, Priority

SOON_US = DAY_US
"""What is due within so long is due soon."""
BANDS = ("0-1 days", "2-7 days", "8-30 days", "over 30 days")
"""Ages in whole days of 24 hours, whatever the zone."""
_FROM_DAYS = (0, 2, 8, 31)
_NEVER = 9_000_000_000_000_000_000
_END = "}"
"""The character after `|`."""
OPEN_STATES = tuple(state.value for state in State if state in OPEN)
CLASSES = tuple(sorted((each.value for each in Priority), key=lambda name: RANKS[name]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """How figures are cut and shown."""

    zone: str | None = None
    """Name of a time zone in the IANA database; None: the agency's own, else UTC."""
    step: PeriodStep = PeriodStep.DAY
    back: int = 28
    """Days or weeks, the present one too."""
    shared: bool = False
    """For somebody outside the agency: small counts withheld, nothing about one person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Whose figures, as of when, over which days or weeks."""

    agency: str
    user: str
    now_us: int
    zone: str
    """By whose days or weeks the period is cut."""
    buckets: tuple[Bucket, ...]

    @property
    def begin_us(self) -> int:
        """When the period begins."""
        return self.buckets[0].begin_us

    @property
    def end_us(self) -> int:
        """When its last day or week ends."""
        return self.buckets[-1].end_us


def asked_of(wanted: Wanted, *, agency: str, user: str, now_us: int, own_zone: str | None) -> Asked:
    """Give the question for an agency; `own_zone` is that of its days.

    Raises:
        QuestionError: there is no such zone, or the period is none.
    """
    zone = wanted.zone or own_zone or UTC
    found = buckets_of(now_us, zone_of(zone), step=wanted.step, back=wanted.back)
    return Asked(agency=agency, user=user, now_us=now_us, zone=zone, buckets=found)


class Index(StrEnum):
    """By which index rows are read."""

    STATE = "state"
    OWNER = "owner"
    COMING = "coming"
    NEWS = "news"
    MOVES = "moves"
    STAGES = "stages"
    CONFLICTS = "conflicts"
    EXPIRY = "expiry"
    URGENT = "urgent"
    PURGE = "purge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A range of an index; each place in it begins with `head`."""

    head: str
    after: str
    end: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """The rows behind a number."""

    index: Index
    spans: tuple[Span, ...]
    keeps: Callable[[HeldRow], bool] | None = None
    """Which tips of the ranges; None: all of them."""
    outcome: str | None = None
    """Which moves of the ranges; None: all of them."""
    since_us: tuple[int, int] | None = None
    """Which conflicts: opened from the first to the second instant. A range's end names the other
    agency."""


def band_us(now_us: int, band: str) -> tuple[int, int]:
    """Give the first and the last instant since which something of an age is there."""
    at = BANDS.index(band)
    newest = _NEVER if at == 0 else now_us - _FROM_DAYS[at] * DAY_US
    oldest = 0 if at == len(BANDS) - 1 else now_us - _FROM_DAYS[at + 1] * DAY_US + 1
    return oldest, newest


def all_open(agency: str) -> Span:
    """Give the range of everything open."""
    return whole(part(agency))


def whole(head: str) -> Span:
    """Give the range of everything that begins with `head` and a bar."""
    return Span(head=f"{head}|", after=f"{head}|", end=f"{head}{_END}")


def of_people(agency: str) -> Span:
    """Give the range of everything that is somebody's: nobody's comes before it."""
    head = part(agency)
    return Span(head=f"{head}|", after=f"{head}|{NOBODY}{_END}", end=f"{head}{_END}")


def between(head: str, begin_us: int, end_us: int) -> Span:
    """Give the range from an instant to before another one, of places `<head>|<time>|…`."""
    return Span(head=f"{head}|", after=f"{head}|{begin_us:019d}|", end=f"{head}|{end_us:019d}|")


def standing(
    asked: Asked,
    *,
    states: tuple[str, ...] = OPEN_STATES,
    classes: tuple[str, ...] = CLASSES,
    band: str | None = None,
    keeps: Callable[[HeldRow], bool] | None = None,
) -> Pick:
    """Give the places in states, of classes, of an age."""
    oldest, newest = (0, _NEVER) if band is None else band_us(asked.now_us, band)
    spans = tuple(
        between(f"{part(asked.agency)}|{state}|{RANKS[name]}", oldest, newest + 1)
        for state in states
        for name in classes
    )
    return Pick(index=Index.STATE, spans=spans, keeps=keeps)


def owned(asked: Asked, owner: str, classes: tuple[str, ...] = CLASSES) -> Pick:
    """Give what is one person's, of classes."""
    head = f"{part(asked.agency)}|{part(owner)}"
    spans = tuple(whole(f"{head}|{RANKS[name]}") for name in classes)
    return Pick(index=Index.OWNER, spans=spans)


def came(asked: Asked, bucket: Bucket | None = None) -> Pick:
    """Give what came in a day or week, or in the whole period."""
    begin_us = asked.begin_us if bucket is None else bucket.begin_us
    end_us = asked.end_us if bucket is None else bucket.end_us
    return Pick(index=Index.COMING, spans=(between(part(asked.agency), begin_us, end_us),))


def made(asked: Asked, kind: str, bucket: Bucket | None = None) -> Pick:
    """Give the moves of one kind in a day or week, or in the whole period."""
    begin_us = asked.begin_us if bucket is None else bucket.begin_us
    end_us = asked.end_us if bucket is None else bucket.end_us
    return Pick(
        index=Index.MOVES, spans=(between(f"{part(asked.agency)}|{kind}", begin_us, end_us),)
    )


def left(asked: Asked, state: str) -> Pick:
    """Give the moves out of a state in the period."""
    head = f"{part(asked.agency)}|{state}"
    return Pick(index=Index.STAGES, spans=(between(head, asked.begin_us, asked.end_us),))
