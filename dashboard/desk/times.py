"""Times as the desk tells them: how long ago, how long still, always as of a stated time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


def now() -> datetime:
    """Give the time of the dashboard's own clock."""
    return datetime.now(UTC)


def moment(text: str) -> datetime:
    """Give a time that the API wrote, ISO 8601 in UTC.

    Raises:
        ValueError: it is none.
    """
    found = datetime.fromisoformat(text)
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def span(seconds: float) -> str:
    """Give a length of time in its two largest units; below a minute in seconds."""
    whole = max(int(seconds), 0)
    days, rest = divmod(whole, _DAY)
    hours, rest = divmod(rest, _HOUR)
    minutes, left = divmod(rest, _MINUTE)
    if days > 0:
        return f"{days} d {hours} h"
    if hours > 0:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes > 0 else f"{left} s"


def age(since: str | None, *, as_of: str) -> str:
    """Give how old something was at a time; empty where it has not happened."""
    if since is None:
        return ""
    return span((moment(as_of) - moment(since)).total_seconds())


def clock(due: str | None, *, done: str | None, as_of: str) -> str:
    """Give how a clock stands: stopped, how long it still has, or for how long it has run out."""
    if done is not None:
        return f"acknowledged {done}"
    if due is None:
        return "no clock runs"
    left = (moment(due) - moment(as_of)).total_seconds()
    return f"{span(left)} left" if left >= 0 else f"OVERDUE by {span(-left)}"


def is_older(as_of: str, *, than: timedelta, at: datetime) -> bool:
    """Say whether what was read at a time is older than a length of time."""
    return at - moment(as_of) > than
