"""Where an IP address was at the time of an event, by geolocation files that the site supplies.

Crosstip ships none. Files are MaxMind DB files (`*.mmdb`, MaxMind DB file format 2.0) in one
folder; each is dated by its own metadata, and a look-up uses the one nearest to the event: blocks
move between providers and places (Padmanabhan et al., IMC 2016, doi 10.1145/2987443.2987461).
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import maxminddb
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.clock import iso
from graph.errors import SettingsError
from graph.routing.places import US, Place
from graph.times import DAY_US

_SECOND_US = 1_000_000


class _Named(BaseModel):
    model_config = ConfigDict(extra="ignore")

    iso_code: str | None = None
    names: dict[str, str] = Field(default_factory=dict)


class _Position(BaseModel):
    model_config = ConfigDict(extra="ignore")

    accuracy_radius: int | None = None


class _Record(BaseModel):
    """What Crosstip reads of a record, in the shape of GeoIP2 City and its like."""

    model_config = ConfigDict(extra="ignore")

    country: _Named | None = None
    subdivisions: list[_Named] = Field(default_factory=list)
    city: _Named | None = None
    location: _Position | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Located:
    """Where a file puts an address."""

    place: Place
    version: str
    """Of the file: its type and the day on which it was made."""
    days_off: int
    """Days between the file and the event."""
    accuracy_km: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    reader: maxminddb.Reader
    made_us: int
    version: str


@dataclass(frozen=True, slots=True)
class Geolocation:
    """The site's files; empty when it supplies none."""

    _files: tuple[_File, ...] = field(default=())

    @property
    def versions(self) -> tuple[str, ...]:
        """The files, oldest first."""
        return tuple(each.version for each in self._files)

    def locate(self, address: str, *, at_us: int) -> Located | None:
        """Give where the file nearest to a time puts an address, None where it has none.

        Raises:
            SettingsError: the file is damaged.
        """
        if len(self._files) == 0:
            return None
        file = min(self._files, key=lambda each: (abs(each.made_us - at_us), each.made_us))
        try:
            found = file.reader.get(address)
            record = None if found is None else _Record.model_validate(found)
        except ValueError as error:
            # A file of IPv4 only is asked for an IPv6 address; a record of another shape.
            if isinstance(error, ValidationError):
                raise _unreadable(file.version, error) from error
            return None
        except maxminddb.InvalidDatabaseError as error:
            raise _unreadable(file.version, error) from error
        place = None if record is None else _place(record)
        if record is None or place is None:
            return None
        position = record.location
        return Located(
            place=place,
            version=file.version,
            days_off=round(abs(file.made_us - at_us) / DAY_US),
            accuracy_km=None if position is None else position.accuracy_radius,
        )


def read_geolocation(folder: Path | None) -> Geolocation:
    """Open the files of a folder; none when there is no folder. They are opened once in a process.

    Raises:
        SettingsError: a file is no MaxMind DB.
    """
    if folder is None or not folder.is_dir():
        return Geolocation()
    found = [(path, path.stat()) for path in sorted(folder.glob("*.mmdb"))]
    return Geolocation(
        tuple(
            sorted(
                (_opened(path, stat.st_mtime_ns, stat.st_size) for path, stat in found),
                key=lambda each: (each.made_us, each.version),
            )
        )
    )


@lru_cache(maxsize=64)
def _opened(path: Path, changed_ns: int, size: int) -> _File:  # noqa: ARG001 - the file's state
    try:
        reader = maxminddb.open_database(str(path))
    except (maxminddb.InvalidDatabaseError, ValueError) as error:
        raise _unreadable(path.name, error) from error
    meta = reader.metadata()
    made_us = meta.build_epoch * _SECOND_US
    with path.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    version = f"{meta.database_type} of {iso(made_us)[:10]} ({sha256[:12]})"
    return _File(reader=reader, made_us=made_us, version=version)


def _unreadable(name: str, error: Exception) -> SettingsError:
    return SettingsError(
        f"The geolocation file {name} cannot be read ({type(error).__name__}). Fetch it again, or "
        "take it out of the folder."
    )


def _place(record: _Record) -> Place | None:
    country = None if record.country is None else record.country.iso_code
    if country is None:
        return None
    narrower = record.subdivisions[0].iso_code if len(record.subdivisions) > 0 else None
    return Place(
        country=country,
        state=narrower if country == US else None,
        city=None if record.city is None else record.city.names.get("en"),
    )
