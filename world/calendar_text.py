"""The world's own calendar: fixed, so that no clock of the machine reaches a document.

Times are whole seconds since 1970 UTC, formatted the way providers do.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

DAY = 86_400
HOUR = 3_600

FIRST_DAY = 1_672_531_200
"""2023-01-01T00:00:00Z: the first tip is received after this."""
DAYS = 1_370
"""The last tip is received about 2026-10-01."""


def utc(seconds: int) -> str:
    """Give `2024-05-07T08:09:10Z`, the usual style."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()[:19] + "Z"


def naive(seconds: int) -> str:
    """Give `2024-05-07T08:09:10`: no zone, so nobody can tell the instant."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()[:19]


def date_only(seconds: int) -> str:
    """Give `2024-05-07`."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()[:10]


def compact_offset(seconds: int, minutes: int) -> str:
    """Give `2024-05-07T13:39:10+0530`, an offset without a colon. Minutes east of UTC."""
    text = colon_offset(seconds, minutes)
    return text[:-3] + text[-2:]


def colon_offset(seconds: int, minutes: int) -> str:
    """Give `2024-05-07T02:09:10-06:00`. Minutes east of UTC."""
    return datetime.fromtimestamp(seconds, timezone(timedelta(minutes=minutes))).isoformat()
