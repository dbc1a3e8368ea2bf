"""Times as documents state them: an instant, or the interval in which it lies, or neither.

Sources: RFC 3339 and ISO 8601 (forms), W3C XML Schema Part 2 section 3.2.7 (`dateTime`, 24:00:00),
RFC 5322 section 3.3 (e-mail dates). UTC offsets in use run from -12:00 to +14:00 (IANA time zone
database), hence 14 hours to either side of a time whose zone is not stated. The zone of the machine
is never used.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from graph.clock import to_us

SECOND_US: Final = 1_000_000
MINUTE_US: Final = 60 * SECOND_US
DAY_US: Final = 86_400 * SECOND_US
UNSTATED_US: Final = 14 * 3_600 * SECOND_US
"""How far from its clock reading a time without a zone can lie, to either side."""

_MAX_LENGTH = 100
_FIRST_YEAR, _LAST_YEAR = 1970, 2199
_EARLY_YEAR = 1995
_NO_ZONE = "No time zone is stated; the instant lies within 14 hours of the clock reading."
_WORD_ZONE = (
    "The time zone is a word or abbreviation, which several zones share; the instant lies within "
    "14 hours of the clock reading."
)
_BAD_OFFSET = (
    "The stated offset is one that no place on earth has; the instant lies within 14 hours of the "
    "clock reading."
)
_DATE_ONLY = "Only a day is stated."
_TO_THE_MINUTE = "Stated to the minute only."
_MIDNIGHT_24 = "24:00 may mean the day's beginning or its end; the instant lies within that day."
_LEAP_SECOND = "Second 60 is a leap second or a mistake; the instant lies within those two seconds."
_UNREADABLE = "The text is no date and time in a form without doubt (ISO 8601)."
_IMPOSSIBLE = "There is no such day or time of day."
_FILLER = "A filler that programs write for an unknown time, not a time."
_FUTURE = "Later than the document that states it."
_EARLY = f"Before {_EARLY_YEAR}, earlier than any online service that files reports."

_FILLER_YEARS = frozenset({0, 1, 1601, 1899, 1900, 9999})
"""Zeros of .NET, Windows, OLE and SQL, and the last year of most of them."""

_MONTHS = {
    "jan": 1,
    "feb": 2,
    "mar": 3,
    "apr": 4,
    "may": 5,
    "jun": 6,
    "jul": 7,
    "aug": 8,
    "sep": 9,
    "oct": 10,
    "nov": 11,
    "dec": 12,
}
_CLOCK = r"([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.,]([0-9]{1,18}))?)?"
_BASIC_CLOCK = r"([0-9]{2})([0-9]{2})(?:([0-9]{2})(?:[.,]([0-9]{1,18}))?)?"
_HALF = r"(?:\s*([AaPp])\.?[Mm]\b\.?)?"
_WORD = r"[A-Za-z+(\[-][A-Za-z0-9+:/_()\[\].-]{0,40}"
_ZONE = rf"(?:\s*(?![Tt][0-9])({_WORD}(?:\s{_WORD}){{0,3}}))?"
_EXTENDED = re.compile(
    rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})(?:(?:[Tt]|\s+){_CLOCK}{_HALF})?{_ZONE}\Z"
)
_BASIC = re.compile(rf"([0-9]{{4}})([0-9]{{2}})([0-9]{{2}})[Tt]{_BASIC_CLOCK}(){_ZONE}\Z")
_MAIL = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?([0-9]{1,2})\s+([A-Za-z]{3,9})\s+([0-9]{4})"
    rf"(?:\s+{_CLOCK}{_HALF})?{_ZONE}\Z"
)
_OFFSET = re.compile(r"(?:UTC|GMT|utc|gmt)?([+-])([0-9]{1,2})(?::?([0-9]{2}))?\Z")
_NAME_BEHIND_OFFSET = re.compile(r"\s*[\[(][^\])]*[\])]\Z")
_UTC_WORDS = frozenset({"z", "utc", "gmt", "zulu", "etc/utc", "(utc)", "(gmt)"})


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedTime:
    """A time as a document states it. All numbers are microseconds since 1970 UTC."""

    raw: str | None
    """As received."""
    us: int | None
    """The instant, only when it is stated with its zone and at least to the minute."""
    earliest_us: int | None
    latest_us: int | None
    """Both equal `us` when it is exact to the second; both None when nothing is known."""
    zone_stated: bool
    reason: str | None
    """Sentences: why there is no instant, or what is odd about it."""


class _Parts(NamedTuple):
    """A date and time of day as written; the hour is None for a day alone."""

    year: int
    month: int
    day: int
    hour: int | None
    minute: int
    second: int | None
    microsecond: int
    zone: str


def parse_time(raw: str | None, *, reference_us: int | None = None) -> StatedTime:
    """Give what a stated time says: an instant, an interval, or nothing with the reason.

    Never raises and never guesses: a time without a zone gets an interval.

    Args:
        raw: the text as received; None when the document says nothing.
        reference_us: when the document was made; times after it are flagged, not dropped.
    """
    if raw is None or raw.strip() == "":
        return StatedTime(
            raw=raw, us=None, earliest_us=None, latest_us=None, zone_stated=False, reason=None
        )
    parts = _split(raw.strip()) if len(raw) <= _MAX_LENGTH else None
    if parts is None:
        return _nothing(raw, _UNREADABLE)
    if _is_filler(parts):
        return _nothing(raw, _FILLER)
    if not _FIRST_YEAR <= parts.year <= _LAST_YEAR:
        return _nothing(raw, f"The year is outside {_FIRST_YEAR} to {_LAST_YEAR}.")
    return _placed(raw, parts, reference_us)


def _nothing(raw: str, reason: str) -> StatedTime:
    return StatedTime(
        raw=raw, us=None, earliest_us=None, latest_us=None, zone_stated=False, reason=reason
    )


def _split(text: str) -> _Parts | None:
    """Give the numbers of an ISO 8601 or e-mail date; None for any other text."""
    found = _EXTENDED.match(text) or _BASIC.match(text)
    if found is not None:
        year, month, day, hour, minute, second, fraction, half, zone = found.groups()
        month_number = int(month)
    else:
        found = _MAIL.match(text)
        if found is None:
            return None
        day, name, year, hour, minute, second, fraction, half, zone = found.groups()
        month_number = _MONTHS.get(name[:3].lower(), 0)
    return _Parts(
        int(year),
        month_number,
        int(day),
        None if hour is None else _hour(int(hour), half),
        int(minute or 0),
        None if second is None else int(second),
        int(fraction[:6].ljust(6, "0")) if fraction else 0,
        (zone or "").strip(),
    )


def _hour(hour: int, half: str | None) -> int:
    """Give the hour of the day; an impossible one for 0 or 13 o'clock in a half day."""
    if not half:
        return hour
    if not 1 <= hour <= 12:
        return 99
    return hour % 12 + (12 if half in "pP" else 0)


def _is_filler(parts: _Parts) -> bool:
    """Tell whether this is the zero of a calendar; Unix's, in any zone, falls on two days."""
    if parts.year in _FILLER_YEARS:
        return True
    return (parts.year, parts.month, parts.day) in {(1969, 12, 31), (1970, 1, 1)}


def _offset_us(zone: str) -> tuple[int | None, str | None]:
    """Give the offset in microseconds; None with a reason when there is none to rely on."""
    if zone == "":
        return None, _NO_ZONE
    if zone.lower() in _UTC_WORDS:
        return 0, None
    found = _OFFSET.match(_NAME_BEHIND_OFFSET.sub("", zone))
    if found is None:
        return None, _WORD_ZONE
    sign, hours, minutes = found.groups()
    minutes_in_all = int(hours) * 60 + int(minutes or 0)
    if int(minutes or 0) > 59 or minutes_in_all > (14 if sign == "+" else 12) * 60:
        return None, _BAD_OFFSET
    return (minutes_in_all if sign == "+" else -minutes_in_all) * MINUTE_US, None


def _placed(raw: str, parts: _Parts, reference_us: int | None) -> StatedTime:
    """Give the time in UTC as an instant with its precision, or as an interval."""
    try:
        first, last, precision = _clock_interval(parts)
    except ValueError:
        return _nothing(raw, _IMPOSSIBLE)
    offset, zone_reason = _offset_us(parts.zone)
    reasons = [reason for reason in (precision, zone_reason) if reason is not None]
    if offset is None:
        first, last = first - UNSTATED_US, last + UNSTATED_US
    else:
        first, last = first - offset, last - offset
    exact = offset is not None and precision in (None, _TO_THE_MINUTE)
    if parts.year < _EARLY_YEAR:
        reasons.append(_EARLY)
    if reference_us is not None and first > reference_us:
        reasons.append(_FUTURE)
    return StatedTime(
        raw=raw,
        us=first if exact else None,
        earliest_us=first,
        latest_us=last,
        zone_stated=offset is not None,
        reason=" ".join(reasons) or None,
    )


def _clock_interval(parts: _Parts) -> tuple[int, int, str | None]:
    """Give first and last microsecond of the clock reading as if in UTC, and why it is not exact.

    Raises:
        ValueError: there is no such day or time of day.
    """
    day = to_us(datetime.combine(date(parts.year, parts.month, parts.day), _MIDNIGHT, UTC))
    if parts.hour is None:
        return day, day + DAY_US - 1, _DATE_ONLY
    if parts.hour == 24 and parts.minute == 0 and not parts.second and parts.microsecond == 0:
        return day, day + DAY_US, _MIDNIGHT_24
    second = parts.second or 0
    within = timedelta(hours=parts.hour, minutes=parts.minute, seconds=second)
    if parts.hour > 23 or parts.minute > 59 or second > 60:
        raise ValueError("no such time of day")
    start = day + within // _MICROSECOND + parts.microsecond
    if second == 60:
        return (
            start - SECOND_US - parts.microsecond,
            start - parts.microsecond + SECOND_US - 1,
            (_LEAP_SECOND),
        )
    if parts.second is None:
        return start, start + MINUTE_US - 1, _TO_THE_MINUTE
    return start, start, None


_MIDNIGHT: Final = datetime.min.time()
_MICROSECOND: Final = timedelta(microseconds=1)
