"""Whom the three agencies of the demo work, taken from what is true about the county."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from crosstip.story.people import LARKSPUR, STONEPINE
from graph.errors import SettingsError
from graph.identifiers.core import Identifier, IdentifierKind, Policy, RawIdentifier, Rejected
from graph.identifiers.registry import clean
from world.truth import IdentifierTruth, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Three identifiers that an investigator finds together, and what is theirs in truth."""

    phone: Identifier
    """Of the ring; larkspur claims it for all to see."""
    file: Identifier
    """Of the ring; stonepine claims it silently."""
    account: Identifier
    """In truth the persona of one of larkspur's officers."""
    tip: str
    """Key of a tip in which somebody wrote to that persona."""

    @property
    def asked(self) -> tuple[tuple[str, Identifier], ...]:
        """What everybody asks about, each with the word for it."""
        return ("phone", self.phone), ("file", self.file), ("account", self.account)


def subject_of(truth: Truth, county: Path) -> Subject:
    """Give the subject that the showcase of a county has.

    Raises:
        SettingsError: it is not the showcase that this was written for.
    """
    ring = [one for one in truth.offenders if one.id == truth.showcase.offender]
    tips = [
        one.tips[0]
        for one in truth.persona_meetings
        if (one.first.agency, one.second.agency) == (STONEPINE, LARKSPUR)
    ]
    if len(ring) == 0 or len(tips) == 0:
        raise SettingsError("The county has no ring, or no persona of larkspur's officers.")
    return Subject(
        phone=_only(ring[0].shared, "Phone"),
        file=_only(ring[0].shared, "FileHash"),
        account=_persona(county / "claims.csv"),
        tip=f"ncmec:{tips[0]}",
    )


def _only(values: tuple[IdentifierTruth, ...], kind: str) -> Identifier:
    value = next(value for value in values if value.kind == kind)
    return _read(kind, value.value, value.provider, value.service, value.subtype)


def _persona(claims: Path) -> Identifier:
    with claims.open(encoding="utf-8", newline="") as lines:
        row = next(
            row
            for row in csv.DictReader(lines)
            if (row["agency"], row["role"]) == (LARKSPUR, "officer persona")
        )
    return _read(row["kind"], row["value"], row["provider"], row["service"], row["subtype"])


def _read(
    kind: str, value: str, provider: str | None, service: str | None, subtype: str | None
) -> Identifier:
    raw = RawIdentifier(
        kind=IdentifierKind(kind),
        value=value,
        provider=provider or None,
        service=service or None,
        subtype=subtype or None,
    )
    found = clean(raw, Policy(synthetic=True))
    if isinstance(found, Rejected):
        raise SettingsError(f"The county's {kind} is not understood: {found.reason}")
    return found
