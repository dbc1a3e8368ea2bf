"""Outlines of the United States' states, for a map that loads nothing.

Made by `scripts/outline` from `states-albers-10m.json` of the npm package us-atlas 3.0.1 (ISC,
Michael Bostock), whose shapes are the US Census Bureau's cartographic boundaries of 2017, in the
public domain. Albers' equal-area projection; Alaska is drawn at 0.35 of its size.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

FILE = Path(__file__).with_name("us_states.json")
SOURCE = "Outlines: US Census Bureau 2017, by us-atlas 3.0.1 (ISC)."
_KM_PER_PIXEL = 6371.0 / 1300.0
_SHRUNK = {"Alaska": 0.35}


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A state on the map."""

    name: str
    code: str
    """Postal code."""
    path: str
    """As SVG writes outlines."""
    x: float
    y: float
    km: int
    """From its middle to its farthest point: nothing in it is further from there."""

    @property
    def reach(self) -> float:
        """Give that distance in the map's pixels."""
        return self.km / _KM_PER_PIXEL * _SHRUNK.get(self.name, 1.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The whole map."""

    width: int
    height: int
    states: Mapping[str, State]
    """By name: the states and the District of Columbia."""


@functools.cache
def outline() -> Outline:
    """Give the outlines."""
    read = json.loads(FILE.read_text(encoding="utf-8"))
    return Outline(
        width=read["width"],
        height=read["height"],
        states={name: State(name=name, **found) for name, found in read["states"].items()},
    )
