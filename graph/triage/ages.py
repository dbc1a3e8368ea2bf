"""How old somebody was, by a date of birth as a document states it: whole years, or not known.

Who is born on 29 February is a year older on 1 March of a common year: until then the child counts
as the younger (design; courts differ, and a day must not put a child into the older band).
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T+Z].*)?", re.ASCII)
_EARLIEST_YEAR = 1900
_OLDEST = 120
_SECOND_US = 1_000_000


def age_at(stated: str, at_us: int) -> int | None:
    """Give whole years on the UTC day of a time; None where the text is no full ISO 8601 date.

    Fillers of programs for an unknown date, and dates after the time, are none either.
    """
    found = _DATE.fullmatch(stated.strip())
    if found is None:
        return None
    year, month, day = (int(part) for part in found.groups())
    try:
        date(year, month, day)
        then = datetime.fromtimestamp(at_us // _SECOND_US, tz=UTC).date()
    except (ValueError, OverflowError, OSError):
        return None
    if year <= _EARLIEST_YEAR or (year, month, day) == (1970, 1, 1):
        return None
    years = then.year - year - ((then.month, then.day) < (month, day))
    return years if 0 <= years <= _OLDEST else None
