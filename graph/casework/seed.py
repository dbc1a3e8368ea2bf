"""The 61 ICAC task forces as they are publicly known: a seed, unverified, without any contact."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.vocabulary import AgencyKind
from graph.identifiers.tables import Line, read_table

SEED = "seed of this version, unverified"
"""The source that seeded agencies carry until a person has checked them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SeedAgency:
    """One line of `graph/data/agencies.csv`."""

    key: str
    name: str
    kind: AgencyKind
    state: str
    region: str | None


def _agency(line: Line) -> SeedAgency:
    if line.flag("verified"):
        raise ValueError("column `verified` is `no` in a seed: an installation verifies its own")
    return SeedAgency(
        key=line.text("key"),
        name=line.text("name"),
        kind=AgencyKind(line.text("kind")),
        state=line.text("state"),
        region=line.optional("region"),
    )


def seed_agencies() -> tuple[SeedAgency, ...]:
    """Give the seed, in order of the keys.

    Raises:
        DataFileError: the file is malformed.
    """
    columns = ("key", "name", "kind", "state", "region", "verified")
    return read_table("agencies.csv", columns, _agency)
