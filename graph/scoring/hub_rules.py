"""The table of hub states: from how many holders on, and how unrelated, a value is a hub's."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from graph.errors import SettingsError
from graph.identifiers.core import IdentifierKind
from graph.scoring.bands import LEAST_COUNT, band_of

_FILE = "hub_states.toml"
_Why = Annotated[str, Field(min_length=10)]
_Band = Annotated[int, Field(ge=band_of(LEAST_COUNT), le=62)]
_Percent = Annotated[int, Field(ge=0, le=100)]
_Few = Annotated[int, Field(ge=LEAST_COUNT)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Sampling(_Part):
    """How the holders of a value are compared with each other."""

    holders: Annotated[int, Field(ge=2, le=200)]
    """How many of them, by the hash of value and tip."""
    least_pairs: _Few
    """With fewer pairs of which anything can be said nothing is found."""
    least_groups: _Few
    """With fewer groups of holders that nothing else joins nothing is found."""
    crowded_band: _Band
    """Values from this band on relate no two holders."""
    why: _Why


class SharedRule(_Part):
    """When an identifier of one kind is shared by strangers."""

    kind: IdentifierKind
    least_band: _Band
    most_related: _Percent
    """Of 100 comparable pairs of holders so many at most share anything else that links."""
    holds_days: Annotated[int, Field(ge=1)]
    """So long it stands without being counted again."""
    why: _Why


class ViralRule(SharedRule):
    """When a file's hash spreads quickly."""

    window_days: Annotated[int, Field(ge=1)]
    least_in_window: _Few
    """Tips that brought it within so many days."""
    least_providers: Annotated[int, Field(ge=2)]
    """Providers that filed them."""
    look_back_days: Annotated[int, Field(ge=1)]
    """Such days are looked for so far before the newest tip."""


class HubRules(_Part):
    """The table."""

    version: str
    made: str
    how: str
    sample: Sampling
    shared: tuple[SharedRule, ...]
    viral: tuple[ViralRule, ...]

    @property
    def rules(self) -> dict[IdentifierKind, SharedRule | ViralRule]:
        """The rule of each kind that is counted."""
        return {rule.kind: rule for rule in (*self.shared, *self.viral)}


def parse_hub_rules(text: str) -> HubRules:
    """Give the table that a TOML text holds.

    Raises:
        SettingsError: it is none, or has two rules for one kind.
    """
    try:
        found = HubRules.model_validate(tomllib.loads(text))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise SettingsError(f"graph/data/{_FILE} is no table of hub states: {error}") from error
    if len(found.rules) < len(found.shared) + len(found.viral):
        raise SettingsError(f"graph/data/{_FILE} has two rules for one kind. Leave one of them.")
    return found


@lru_cache(maxsize=1)
def shipped_hub_rules() -> HubRules:
    """Give the table that comes with Crosstip.

    Raises:
        SettingsError: it is missing or malformed.
    """
    path = files("graph").joinpath("data", _FILE)
    if not path.is_file():
        raise SettingsError(f"graph/data/{_FILE} is missing. Install Crosstip again.")
    return parse_hub_rules(path.read_text(encoding="utf-8"))
