"""The weights table: one visible, versioned file that says what every kind of evidence counts.

Weights are log-likelihood ratios in thousandths of a bit, as in Fellegi and Sunter (1969): how much
likelier an observation is when one person is behind both tips than when two strangers are. A score
is their exact sum. It is no probability.
"""

from __future__ import annotations

import tomllib
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import SettingsError

DEFAULT_VERSION = "4"
_PACKAGE = "graph.data"
BITS = 1000
"""A bit in the units of the table."""


class Grade(StrEnum):
    """How strong a link is, by the table's cut-offs."""

    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"
    NONE = "none"
    """Below the weakest cut-off: strangers share as much."""


GRADE_ORDER: dict[Grade, int] = {grade: place for place, grade in enumerate(Grade)}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Weight(_Part):
    """What one kind of evidence counts."""

    weight: int
    """Thousandths of a bit; negative speaks against."""
    per_band: int = Field(default=0, le=0)
    """Added for every power of two of tips that hold the value, from 8 on: rare counts more."""
    why: str = Field(min_length=10)
    """In one sentence: where the number comes from."""


class CutOffs(_Part):
    """Least scores of the grades, in thousandths of a bit."""

    strong: int
    moderate: int
    weak: int


class Calibration(_Part):
    """How scores and odds went together in the pairs that a table was estimated from."""

    even: int
    """Score at which as many pairs were of one person as of strangers, in thousandths of a bit."""
    same_per_million: int = Field(gt=0, lt=1_000_000)
    """So many of a million compared pairs were of one person."""

    @property
    def share(self) -> float:
        """Share of the pairs that were of one person, from 0 to 1."""
        return self.same_per_million / 1_000_000


class Weights(_Part):
    """One version of the table."""

    version: str = Field(pattern=r"^[A-Za-z0-9._-]{1,40}$")
    made: str
    how: str
    cut_offs: CutOffs
    calibration: Calibration | None = None
    """None where it is not known: then nothing is said of what chance alone gives."""
    evidence: dict[str, Weight]

    def of(self, name: str) -> Weight:
        """Give one kind's weight.

        Raises:
            SettingsError: the table has none.
        """
        found = self.evidence.get(name)
        if found is None:
            raise SettingsError(
                f"The weights table {self.version} says nothing of {name!r}. Every kind of "
                "evidence needs a line, be it 0: take a table that has it."
            )
        return found

    def grade(self, score: int) -> Grade:
        """Give the grade of a score."""
        if score >= self.cut_offs.strong:
            return Grade.STRONG
        if score >= self.cut_offs.moderate:
            return Grade.MODERATE
        return Grade.WEAK if score >= self.cut_offs.weak else Grade.NONE


def parse_weights(text: str, *, name: str) -> Weights:
    """Give the table that a TOML text holds.

    Raises:
        SettingsError: it is none.
    """
    try:
        return Weights.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsError(f"{name} is no weights table: {error}") from error


@lru_cache(maxsize=8)
def shipped_weights(version: str = DEFAULT_VERSION) -> Weights:
    """Give a table that comes with Crosstip.

    Raises:
        SettingsError: there is no such version.
    """
    path = files(_PACKAGE).joinpath("weights").joinpath(f"{version}.toml")
    if not path.is_file():
        raise SettingsError(
            f"There is no weights table {version!r}: name a file in CROSSTIP_WEIGHTS instead."
        )
    return parse_weights(path.read_text(encoding="utf-8"), name=f"weights {version}")


def shipped_tables() -> list[str]:
    """Give the versions that come with Crosstip."""
    names = [path.name for path in files(_PACKAGE).joinpath("weights").iterdir()]
    return sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))


def read_weights(path: Path) -> Weights:
    """Give the table in a file.

    Raises:
        SettingsError: it cannot be read, or is no table.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingsError(f"The weights table {path} cannot be read: {error}") from error
    return parse_weights(text, name=str(path))


def written(weights: Weights) -> str:
    """Give a table as TOML, as `parse_weights` reads it."""
    lines = [
        f'version = "{weights.version}"',
        f'made = "{weights.made}"',
        f'how = """{weights.how}"""',
        "",
        "[cut_offs]",
        *(f"{name} = {value}" for name, value in weights.cut_offs),
    ]
    if weights.calibration is not None:
        lines += ["", "[calibration]"]
        lines += [f"{name} = {value}" for name, value in weights.calibration]
    for name in sorted(weights.evidence):
        item = weights.evidence[name]
        lines += ["", f'[evidence."{name}"]', f"weight = {item.weight}"]
        if item.per_band != 0:
            lines.append(f"per_band = {item.per_band}")
        lines.append(f'why = "{item.why}"')
    return "\n".join(lines) + "\n"
