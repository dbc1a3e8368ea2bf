"""The two tables beside the tips: `agencies.csv` and `claims.csv`."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from world.agencies import AGENCIES, Investigation

AGENCY_COLUMNS = ("agency", "name", "kind", "state", "contact")
CLAIM_COLUMNS = (
    "agency",
    "investigation",
    "title",
    "status",
    "opened",
    "contact",
    "kind",
    "value",
    "provider",
    "service",
    "subtype",
    "region",
    "role",
)


def write_agencies(path: Path) -> None:
    """Write the agencies of the world."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(AGENCY_COLUMNS)
        writer.writerows((a.key, a.name, a.kind, a.state, a.contact) for a in AGENCIES)


def _rows(investigation: Investigation) -> Iterator[tuple[str, ...]]:
    for claim in investigation.claims:
        yield (
            investigation.agency.key,
            investigation.reference,
            investigation.title,
            investigation.status,
            investigation.opened,
            investigation.agency.contact,
            claim.value.kind,
            claim.written,
            claim.provider,
            claim.value.service or "",
            claim.value.subtype or "",
            claim.region,
            claim.role,
        )


class ClaimTable:
    """`claims.csv` in the making: one line for each claim, in the order of the stories."""

    def __init__(self, stream: TextIO) -> None:
        self._writer = csv.writer(stream, lineterminator="\n")
        self._writer.writerow(CLAIM_COLUMNS)

    def add(self, investigations: Iterable[Investigation]) -> None:
        """Write the claims of some investigations."""
        for investigation in investigations:
            self._writer.writerows(_rows(investigation))
