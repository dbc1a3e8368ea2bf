"""Writes `graph/data/us_area_codes.csv` anew: `python -m tests.graph.routing.area_codes`.

The geocoder of `phonenumbers` knows areas, and takes seconds and 180 MB to load: too much for what
asks about one number, so its answers for area codes of the United States are kept as a table.
"""

from __future__ import annotations

import csv
from pathlib import Path

import phonenumbers
from phonenumbers import geocoder

import graph
from graph.routing.places import US, state_of

FILE = "us_area_codes.csv"


def rows() -> list[tuple[str, str]]:
    """Give each area code of the United States with its state."""
    found: list[tuple[str, str]] = []
    for code in range(200, 1000):
        # 555-0100 is set aside for fiction in every area code, so that no subscriber is asked for.
        number = phonenumbers.parse(f"+1{code}5550100")
        if phonenumbers.region_code_for_number(number) != US:
            continue
        state = state_of(geocoder.description_for_number(number, "en").rpartition(", ")[2])
        if state is not None:
            found.append((str(code), state))
    return found


def main() -> None:
    """Write the file."""
    reviewed = "2026-11-23"
    source = f"libphonenumber by way of phonenumbers {phonenumbers.__version__}"
    path = Path(graph.__file__).parent / "data" / FILE
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(("code", "state", "source", "reviewed"))
        writer.writerows((*row, source, reviewed) for row in rows())


if __name__ == "__main__":
    main()
