"""Who covers which area of the made-up county, and a geolocation file of its networks.

The file is written by `tests.graph.routing.world_map`, over ranges that belong to nobody.
"""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from world.agencies import DUNMARROW, FEDERAL, HARROW, LARKSPUR, OVERSEAS, STONEPINE, TARNHOLLOW
from world.words import COUNTRIES

COLUMNS = "agency,country,state,county,city,valid_from,valid_to,verified,source,reviewed"
_SINCE = "2020-01-01"
_CITIES = {DUNMARROW.key: "Mockville", TARNHOLLOW.key: "Dummyport"}


def areas_csv() -> str:
    """Give the areas of the world's agencies as `crosstip route areas load` takes them."""
    rows = [COLUMNS]
    for agency in (HARROW, LARKSPUR, STONEPINE, DUNMARROW, TARNHOLLOW):
        verified = "no" if agency is STONEPINE else "yes"
        rows.append(
            f"{agency.key},US,{agency.state},,{_CITIES.get(agency.key, '')},{_SINCE},,{verified},"
            f"synthetic,{_SINCE}"
        )
    rows.append(f"{FEDERAL.key},US,,,,{_SINCE},,yes,synthetic,{_SINCE}")
    rows += [
        f"{OVERSEAS.key},{country},,,,{_SINCE},,yes,synthetic,{_SINCE}" for country in COUNTRIES
    ]
    return "\n".join([*rows, ""])


def write_geolocation(folder: Path) -> None:
    """Write the geolocation file into a folder, which is made.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    data = files("world").joinpath("places.mmdb").read_bytes()
    (folder / "synthetic-places.mmdb").write_bytes(data)
