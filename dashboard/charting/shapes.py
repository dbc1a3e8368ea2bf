"""Where things lie on a drawn chart, and their outlines: the same on paper as in a picture."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.charting.model import Place

EDGE = 80.0
LINE = 16.0
"""From one line of text to the next."""
SIZE = 12.0
_CORNERS = {
    "square": (4, 45.0),
    "diamond": (4, 0.0),
    "hexagon": (6, 0.0),
    "triangle": (3, -90.0),
    "triangleDown": (3, 90.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """The part of the plane that is drawn."""

    left: float
    top: float
    width: float
    height: float


def frame_of(places: Iterable[Place], *, lines: int) -> Frame:
    """Give a frame around places, with room for lines of text above them."""
    found = list(places)
    left = min((x for x, _ in found), default=0.0) - EDGE
    top = min((y for _, y in found), default=0.0) - EDGE - LINE * lines
    return Frame(
        left=left,
        top=top,
        width=max((x for x, _ in found), default=0.0) + 2 * EDGE - left,
        height=max((y for _, y in found), default=0.0) + EDGE - top,
    )


def outline(shape: str, place: Place) -> tuple[Place, ...]:
    """Give the corners of a shape at a place; none of what is round."""
    if shape == "star":
        reaches = [(SIZE * (1.4 if at % 2 == 0 else 0.6), at * 36.0 - 90.0) for at in range(10)]
    elif shape in _CORNERS:
        corners, turned = _CORNERS[shape]
        reaches = [(SIZE * 1.2, turned + at * 360.0 / corners) for at in range(corners)]
    else:
        return ()
    return tuple(
        (
            place[0] + reach * math.cos(math.radians(angle)),
            place[1] + reach * math.sin(math.radians(angle)),
        )
        for reach, angle in reaches
    )
