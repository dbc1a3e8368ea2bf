"""Spans of time as pages say them: coarse, so that they are read at a glance."""

from __future__ import annotations

from datetime import UTC, datetime


def span(seconds: float) -> str:
    """Give a span in its two largest units, rounded down: `2 d 3 h`, `45 min`; a minus is kept."""
    sign = "-" if seconds < 0 else ""
    minutes = int(abs(seconds)) // 60
    days, rest = divmod(minutes, 24 * 60)
    hours, minutes = divmod(rest, 60)
    if days > 0:
        return f"{sign}{days} d {hours} h"
    return f"{sign}{hours} h {minutes} min" if hours > 0 else f"{sign}{minutes} min"


def since(at: str | None, as_of: str) -> str:
    """Give how long ago a time of an answer was; nothing for none."""
    return "" if at is None else span((_read(as_of) - _read(at)).total_seconds())


def left(until: str | None, as_of: str) -> str:
    """Give how long there is until a time, or how long it is over; nothing for none."""
    if until is None:
        return ""
    seconds = (_read(until) - _read(as_of)).total_seconds()
    return f"over since {span(-seconds)}" if seconds < 0 else f"in {span(seconds)}"


def has_passed(at: str | None, as_of: str) -> bool:
    """Say whether a time has come; none never does."""
    return at is not None and _read(at) <= _read(as_of)


def _read(text: str) -> datetime:
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)
