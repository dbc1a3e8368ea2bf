"""What happened when, of everything that is drawn: each time with how exactly it is known.

What has no time is a row as well: it is listed, and never dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from client.answers import Answer
from client.links import LinksAnswer
from client.search import HistoryAnswer
from client.tips import TipAnswer, TipAssertion, TipLine
from dashboard.charting.model import Name
from dashboard.wording import visible

COLUMNS = ("At (UTC)", "Event", "Tip", "What", "Precision", "Zone", "As stated")
_EXACT = "to the second"
_UNKNOWN = "time unknown"
_NOT_READ = "not read: expand the tip"
_SAID_UTC = "UTC, as computed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something that happened, or that is stated without a time that can be read."""

    lane: str
    """`incident`, `received by NCMEC`, or the event that a tip states."""
    tip: str
    what: str
    at: str | None
    """RFC 3339 in UTC; None: not known."""
    earliest: str | None = None
    latest: str | None = None
    precision: str = _EXACT
    zone: str = _SAID_UTC
    stated: str = ""

    @property
    def start(self) -> datetime | None:
        """Give the first instant that it may have been."""
        return _read(self.earliest or self.at)

    @property
    def end(self) -> datetime | None:
        """Give the last one."""
        return _read(self.latest or self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """A range of days in UTC, both included."""

    since: str
    until: str


def moments(
    drawn: Collection[Name], answers: Mapping[Name, tuple[Answer, ...]]
) -> tuple[Moment, ...]:
    """Give what happened of the tips that are drawn, the first first and the unknown last."""
    tips = {key for kind, key in drawn if kind == "Tip"}
    found: dict[Moment, None] = {}
    told: set[str] = set()
    for answer in (each for name in drawn for each in answers.get(name, ())):
        for moment in _said(answer):
            if moment.tip in tips:
                found[moment] = None
                told.add(moment.tip)
    for tip in sorted(tips - told):
        found[Moment(lane="incident", tip=tip, what=tip, at=None, precision=_NOT_READ)] = None
    return tuple(sorted(found, key=_order))


def in_days(found: Iterable[Moment], since: str | None, until: str | None) -> tuple[Moment, ...]:
    """Give what may have been on some days; what has no time stays."""
    return tuple(
        moment
        for moment in found
        if moment.start is None
        or moment.end is None
        or (
            (since is None or moment.end.date().isoformat() >= since)
            and (until is None or moment.start.date().isoformat() <= until)
        )
    )


def moment_rows(found: Iterable[Moment]) -> dict[str, list[str]]:
    """Give the table of a timeline."""
    rows = [
        (
            moment.at or "unknown",
            visible(moment.lane),
            visible(moment.tip),
            visible(moment.what),
            moment.precision,
            moment.zone,
            visible(moment.stated),
        )
        for moment in found
    ]
    return {title: [row[at] for row in rows] for at, title in enumerate(COLUMNS)}


def unknown_in(found: Iterable[Moment]) -> int:
    """Give how many have no time that can be placed."""
    return sum(moment.start is None for moment in found)


def brushed(found: object) -> Days | None:
    """Give the days of a range that a browser says was drawn; what is no such thing is none."""
    brush = found.get("brush") if isinstance(found, dict) else None
    marked = brush.get("from") if isinstance(brush, dict) else None
    if not isinstance(marked, list | tuple) or len(marked) != 2:
        return None
    days = []
    for millis in marked:
        if isinstance(millis, bool) or not isinstance(millis, int | float):
            return None
        try:
            days.append(datetime.fromtimestamp(millis / 1000, UTC).date().isoformat())
        except (OverflowError, OSError, ValueError):
            return None
    return Days(since=min(days), until=max(days))


def _said(answer: Answer) -> Iterator[Moment]:
    if isinstance(answer, TipAnswer):
        yield from _of_line(answer.tip, stated=answer.tip.incident_time_raw)
        for said in answer.assertions:
            if said.ended_at is None and (said.at is not None or said.time_raw is not None):
                yield _of_assertion(answer.tip.key, said)
    elif isinstance(answer, LinksAnswer):
        for link in answer.links:
            yield from _of_line(link.tip, stated=None)
    elif isinstance(answer, HistoryAnswer):
        for use in answer.uses:
            if use.ended_at is None and use.at is not None:
                yield Moment(
                    lane=use.event or "no event named",
                    tip=use.tip,
                    what=f"{answer.identifier.kind} {answer.identifier.key} as {use.role}",
                    at=use.at,
                    precision="as computed; the tip says how exactly",
                    stated=use.time_raw or "",
                )


def _of_line(tip: TipLine, *, stated: str | None) -> Iterator[Moment]:
    yield Moment(
        lane="incident",
        tip=tip.key,
        what=tip.provider_name or "provider not named",
        at=tip.incident_at,
        precision=_EXACT if tip.incident_at is not None else _UNKNOWN,
        zone=_SAID_UTC if tip.incident_at is not None else "",
        stated=stated or "",
    )
    if tip.received_at is not None:
        yield Moment(
            lane="received by NCMEC",
            tip=tip.key,
            what=tip.provider_name or "provider not named",
            at=tip.received_at,
        )


def _of_assertion(tip: str, said: TipAssertion) -> Moment:
    is_placed = said.at is not None or said.earliest_at is not None
    zone = {True: "stated", False: "NOT STATED", None: "not said"}[said.zone_stated]
    return Moment(
        lane=said.event or "no event named",
        tip=tip,
        what=f"{said.kind} {said.identifier} as {said.role}",
        at=said.at or said.earliest_at,
        earliest=said.earliest_at,
        latest=said.latest_at,
        precision=_precision(said) if is_placed else _UNKNOWN,
        zone=zone,
        stated=said.time_raw or "",
    )


def _precision(said: TipAssertion) -> str:
    first, last = _read(said.earliest_at), _read(said.latest_at)
    if first is None or last is None or first == last:
        return _EXACT
    hours = (last - first).total_seconds() / 3600
    width = f"{hours:.0f} h" if hours >= 1 else f"{hours * 60:.0f} min"
    return f"within {width}: {said.earliest_at} to {said.latest_at}"


def _order(moment: Moment) -> tuple[bool, str, str, str, str]:
    return moment.at is None, moment.at or "", moment.tip, moment.lane, moment.what


def _read(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
