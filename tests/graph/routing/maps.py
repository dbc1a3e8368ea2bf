"""Small geolocation files over the reserved ranges of the synthetic world, for tests."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from unittest.mock import patch

from mmdb_writer import MMDBWriter
from netaddr import IPSet

from graph.times import DAY_US
from tests.deliveries import MONDAY_US

OLD_US = MONDAY_US - 400 * DAY_US
"""When the older of two files was made."""
MOVED = "240.1.0.0/16"
"""A block that was in Ohio when the older file was made, and is in Colorado since."""
PLACES: Mapping[str, tuple[str, str | None, str | None]] = {
    MOVED: ("US", "CO", "Mockville"),
    "240.2.0.0/16": ("US", "WA", None),
    "240.3.0.0/16": ("GB", None, "London"),
    "198.18.0.0/17": ("US", None, None),
    "2001:db8:1::/48": ("US", "CO", None),
}


def write_map(
    path: Path, *, made_us: int, places: Mapping[str, tuple[str, str | None, str | None]]
) -> None:
    """Write a file in the shape of GeoIP2 City, as if made at a time."""
    writer = MMDBWriter(
        ip_version=6, ipv4_compatible=True, database_type="Synthetic-City", languages=["en"]
    )
    for network, (country, state, city) in places.items():
        record: dict[str, object] = {"country": {"iso_code": country}}
        if state is not None:
            record["subdivisions"] = [{"iso_code": state}]
        if city is not None:
            record["city"] = {"names": {"en": city}}
        writer.insert_network(IPSet([network]), record)
    # The writer dates a file by the clock; this one is of another day.
    with patch.object(time, "time", return_value=made_us / 1_000_000):
        writer.to_db_file(str(path))


def write_maps(folder: Path) -> Path:
    """Write an older and a newer file into a folder, which is made, and give it."""
    folder.mkdir(parents=True, exist_ok=True)
    older = {**PLACES, MOVED: ("US", "OH", None)}
    write_map(folder / "older.mmdb", made_us=OLD_US, places=older)
    write_map(folder / "newer.mmdb", made_us=MONDAY_US, places=PLACES)
    return folder
