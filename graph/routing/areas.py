"""Which agency covers which area, from when until when: data that people keep, never code.

No machine-readable public list of task forces and their territories was found. What comes with
Crosstip (`graph/data/task_force_areas.csv`) is general knowledge, every line unverified.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from phonenumbers import SUPPORTED_REGIONS

from graph.casework.keys import folded
from graph.errors import RowError
from graph.routing.places import STATES, US, Place
from graph.times import parse_time

COLUMNS: Final = ("agency", "country", "state", "county", "city")
DATED: Final = ("valid_from", "valid_to", "verified", "source", "reviewed")
SHIPPED: Final = "task_force_areas.csv"
MOST_LINES: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """An area of an agency; the narrowest part that is given is what it covers."""

    key: str
    """Follows from agency, place and beginning."""
    agency: str
    country: str
    state: str | None
    county: str | None
    city: str | None
    from_us: int
    until_us: int | None
    """First instant at which it no longer holds."""
    verified: bool
    """Whether a person checked the line."""
    source: str
    reviewed: str
    """ISO day on which somebody looked at the line."""

    @property
    def place(self) -> Place:
        """The area as a place."""
        return Place(country=self.country, state=self.state, county=self.county, city=self.city)

    @property
    def depth(self) -> int:
        """How narrow it is: 1 a country, 2 a state, 3 a county, 4 a city."""
        parts = (self.city, self.county, self.state)
        return next((4 - at for at, part in enumerate(parts) if part is not None), 1)

    def covers(self, place: Place) -> bool:
        """Tell whether a place lies in the area for certain: all that the area names is stated."""
        pairs = (
            (self.country, place.country),
            (self.state, place.state),
            (self.county, place.county),
            (self.city, place.city),
        )
        return all(
            mine is None or (theirs is not None and mine.casefold() == theirs.casefold())
            for mine, theirs in pairs
        )

    def holds_at(self, at_us: int) -> bool:
        """Tell whether it holds at a time."""
        return self.from_us <= at_us and (self.until_us is None or at_us < self.until_us)


def read_areas(text: str, *, name: str) -> tuple[Area, ...]:
    """Give the areas of a CSV file; `name` is what errors call it.

    Raises:
        RowError: the header is another one, or a line cannot be read; nothing is taken of it.
    """
    rows = csv.reader(text.lstrip("\ufeff").splitlines(), strict=True)
    header = (*COLUMNS, *DATED)
    try:
        if tuple(cell.strip() for cell in next(rows, [])) != header:
            raise RowError(f"{name}: the first line must be {','.join(header)}.")
        found = [_area(dict(zip(header, row, strict=True))) for row in rows if len(row) > 0]
    except (ValueError, csv.Error) as error:
        raise RowError(f"{name}, line {rows.line_num}: {error}. Nothing was entered.") from error
    if len(found) > MOST_LINES:
        raise RowError(f"{name} has more than {MOST_LINES} lines. Split it.")
    keys = {area.key for area in found}
    if len(keys) != len(found):
        raise RowError(f"{name}: an agency, place and beginning stand there twice. Remove one.")
    return tuple(found)


def shipped_areas() -> str:
    """Give the text of the file that comes with Crosstip: unverified, to be edited by the site."""
    return files("graph").joinpath("data", SHIPPED).read_text(encoding="utf-8")


def version_of(areas: Iterable[Area]) -> str:
    """Give the version of areas that are in force: how many, and a digest of what they say."""
    lines = sorted("|".join(map(str, _said(area))) for area in areas)
    digest = hashlib.sha256("\n".join(lines).encode()).hexdigest()[:12]
    return f"{len(lines)} areas ({digest})"


def _said(area: Area) -> Iterator[object]:
    yield from (area.agency, area.country, area.state, area.county, area.city)
    yield from (area.from_us, area.until_us, area.verified, area.source)


def _area(cells: dict[str, str]) -> Area:
    said = {name: cell.strip() for name, cell in cells.items()}
    agency = folded(said["agency"])
    country, state = said["country"].upper(), said["state"].upper()
    if agency == "":
        raise ValueError("the agency is missing")
    if country not in SUPPORTED_REGIONS:
        raise ValueError(f"{country!r} is no ISO 3166 code of a country")
    if state != "" and (country != US or state not in STATES):
        raise ValueError(f"{state!r} is no postal code of a state; other countries have none here")
    if country == US and state == "" and (said["county"] or said["city"]) != "":
        raise ValueError("a county or city of the United States needs its state")
    if said["verified"] not in ("yes", "no"):
        raise ValueError("column `verified` must be yes or no")
    if said["source"] == "":
        raise ValueError("column `source` is empty")
    begins, ends = _day(said["valid_from"]), _day(said["valid_to"])
    if begins is None:
        raise ValueError("column `valid_from` is empty")
    if ends is not None and ends <= begins:
        raise ValueError("it ends before it begins (`valid_to` is exclusive)")
    _day(said["reviewed"])
    place = (country, state, folded(said["county"]), folded(said["city"]))
    identity = "|".join((agency, *place, said["valid_from"]))
    return Area(
        key=hashlib.sha256(identity.encode()).hexdigest()[:32],
        agency=agency,
        country=country,
        state=state or None,
        county=said["county"] or None,
        city=said["city"] or None,
        from_us=begins,
        until_us=ends,
        verified=said["verified"] == "yes",
        source=said["source"],
        reviewed=said["reviewed"],
    )


def _day(text: str) -> int | None:
    if text == "":
        return None
    found = parse_time(f"{text}T00:00:00Z").us
    if found is None:
        raise ValueError(f"{text!r} is no date (YYYY-MM-DD)")
    return found
