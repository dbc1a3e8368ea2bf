"""What a tip says of its reported persons in fields that are no identifiers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from graph.roles import Role
from ingest.records import Person

_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T+Z].*)?\Z", re.ASCII)
_COUNTRY = re.compile(r"[A-Za-z]{2}\Z")
_EARLIEST_YEAR = 1900


def births_of(people: Iterable[Person]) -> tuple[str, ...]:
    """Give the dates of birth of reported persons, `YYYY-MM-DD`; others stay details for people.

    Only full ISO 8601 dates count: of `03/04/2001` nobody knows which is the month.
    """
    found = (_birth(p.date_of_birth) for p in people if p.role is Role.REPORTED)
    return tuple(sorted({birth for birth in found if birth is not None}))


def _birth(text: str | None) -> str | None:
    stated = _DATE.match(text.strip()) if text is not None else None
    if stated is None:
        return None
    year, month, day = (int(part) for part in stated.groups())
    # Fillers of programs for an unknown date are no dates of birth.
    if year <= _EARLIEST_YEAR or (year, month, day) == (1970, 1, 1):
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def countries_of(people: Iterable[Person]) -> tuple[str, ...]:
    """Give the countries of reported persons, ISO 3166 alpha-2 in capitals."""
    codes = (code.strip() for p in people if p.role is Role.REPORTED for code in p.countries)
    return tuple(sorted({code.upper() for code in codes if _COUNTRY.match(code) is not None}))
