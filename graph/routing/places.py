"""Places as documents write them: country, state, county and city, as far as a text says so.

The texts are the lines that the readers make of addresses and estimated locations: parts between
commas, the country last where one is stated, and what is said about the line in brackets.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from phonenumbers import SUPPORTED_REGIONS

from graph.identifiers.tables import read_table

US = "US"
STATES: dict[str, str] = dict(
    read_table(
        "us_states.csv", ("code", "name"), lambda line: (line.text("code"), line.text("name"))
    )
)
"""Names of states, the District of Columbia and territories by their postal code."""
_BY_NAME = {name.casefold(): code for code, name in STATES.items()}
_US_NAMES = frozenset({"us", "usa", "u.s.", "u.s.a.", "united states", "united states of america"})
_ABOUT = re.compile(r"\s*\([^()]*\)\s*\Z")
_ZIP = re.compile(r"\b\d{5}(?:-\d{4})?\b")
_COUNTY = re.compile(r"(.+?) county\Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Somewhere; what is None is not stated."""

    country: str
    """ISO 3166 alpha-2."""
    state: str | None = None
    """Of the United States: the postal code; elsewhere never given."""
    county: str | None = None
    city: str | None = None

    def said(self) -> str:
        """Give the place for people, the narrowest part first."""
        county = None if self.county is None else f"{self.county} County"
        state = None if self.state is None else STATES.get(self.state, self.state)
        parts = (self.city, county, state, self.country)
        return ", ".join(each for each in parts if each is not None)

    def holds(self, other: Place) -> bool:
        """Tell whether another place may lie in this one: nothing of it says otherwise."""
        pairs = (
            (self.country, other.country),
            (self.state, other.state),
            (self.county, other.county),
            (self.city, other.city),
        )
        return all(
            mine is None or theirs is None or mine.casefold() == theirs.casefold()
            for mine, theirs in pairs
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a text says of a place, and what is doubtful about it."""

    place: Place | None
    doubts: tuple[str, ...] = ()


def read_place(text: str, *, countries: Collection[str] = ()) -> Reading:
    """Give the place that a line of an address or an estimated location names.

    `countries` are those that the document states of its reported persons: two letters can be a
    state of the United States and a country (`CO`, `CA`, `IN`), and these decide which.
    """
    parts = [part for each in _ABOUT.sub("", text).split(",") if (part := each.strip()) != ""]
    if len(parts) == 0:
        return Reading(place=None)
    last = parts[-1]
    if last.casefold() in _US_NAMES:
        return _in_the_us(parts[:-1])
    is_country = len(last) == 2 and last.isupper() and last in SUPPORTED_REGIONS
    if is_country and (last not in STATES or (last in countries and US not in countries)):
        return Reading(place=Place(country=last, city=_city(parts[:-1])))
    found = _in_the_us(parts)
    if found.place is None or found.place.state is None:
        return Reading(place=None)
    if is_country and US not in countries:
        doubt = f"`{last}` is a state of the United States and a country, and no country is stated."
        return Reading(place=found.place, doubts=(doubt,))
    return found


def state_of(text: str) -> str | None:
    """Give the postal code of a state that a text names, with or without a zip code beside it."""
    bare = _ZIP.sub("", text).strip()
    if bare.upper() in STATES and len(bare) == 2:
        return bare.upper()
    return _BY_NAME.get(bare.casefold().removesuffix(" state"))


def _in_the_us(parts: list[str]) -> Reading:
    for at in range(len(parts) - 1, -1, -1):
        state = state_of(parts[at])
        if state is not None:
            county = next((m[1] for p in parts[:at] if (m := _COUNTY.match(p)) is not None), None)
            rest = [p for p in parts[:at] if _COUNTY.match(p) is None]
            place = Place(country=US, state=state, county=county, city=_city(rest))
            return Reading(place=place)
    return Reading(place=Place(country=US, city=_city(parts)))


def _city(parts: list[str]) -> str | None:
    """Give the last part without a digit: streets and postal codes have one."""
    return next((p for p in reversed(parts) if not any(c.isdigit() for c in p)), None)
