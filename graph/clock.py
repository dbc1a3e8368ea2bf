"""The one clock. Times are integer microseconds since 1970 UTC; `engines.md` rule 2 says why."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def now_us() -> int:
    """Give the present instant in microseconds since 1970 UTC."""
    return to_us(datetime.now(UTC))


def to_us(when: datetime) -> int:
    """Give an aware time as microseconds since 1970 UTC.

    Raises:
        ValueError: the time has no zone.
    """
    if when.tzinfo is None:
        raise ValueError("a time without a zone cannot be placed in UTC")
    return (when - _EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime:
    """Give the aware UTC time of microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=us)


def iso(us: int) -> str:
    """Give `2026-11-22T03:42:19Z` (with a fraction when there is one)."""
    text = from_us(us).isoformat()
    return text.removesuffix("+00:00") + "Z"
