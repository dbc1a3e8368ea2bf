"""How kinds of node look: colour, shape and letter together, never colour alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Look:
    """A kind's colour (Okabe and Ito 2008, told apart with any colour vision), shape, letter."""

    colour: str
    shape: str
    letter: str


LOOKS: dict[str, Look] = {
    "Tip": Look("#0072B2", "square", "T"),
    "Investigation": Look("#D55E00", "star", "I"),
    "Bundle": Look("#999999", "hexagon", "#"),
    "Account": Look("#E69F00", "dot", "A"),
    "Email": Look("#56B4E9", "dot", "E"),
    "Phone": Look("#009E73", "dot", "P"),
    "IpAddress": Look("#CC79A7", "diamond", "IP"),
    "FileHash": Look("#F0E442", "triangle", "F"),
    "Device": Look("#009E73", "diamond", "D"),
    "Url": Look("#56B4E9", "triangleDown", "U"),
    "ScreenName": Look("#E69F00", "triangleDown", "S"),
}


@dataclass(frozen=True, slots=True)
class GroupLook:
    """The plate behind the labels of a group: its colour, and that of the letters on it."""

    colour: str
    letters: str


GROUP_LOOKS: dict[str, GroupLook] = {
    "orange": GroupLook("#E69F00", "#000000"),
    "sky blue": GroupLook("#56B4E9", "#000000"),
    "green": GroupLook("#009E73", "#000000"),
    "yellow": GroupLook("#F0E442", "#000000"),
    "blue": GroupLook("#0072B2", "#FFFFFF"),
    "vermilion": GroupLook("#D55E00", "#000000"),
    "purple": GroupLook("#CC79A7", "#000000"),
    "black": GroupLook("#000000", "#FFFFFF"),
}
"""Okabe and Ito (2008), each with letters of at least 4.5 to 1 (WCAG 2.2, 1.4.3)."""
OTHER = Look("#999999", "dot", "?")
URGENT_BORDER = {0: "#C00000", 1: "#E69F00"}
"""Border of tips that cannot wait, by urgency."""


def look_of(kind: str) -> Look:
    """Give how a kind of node looks; one that this version does not know is grey."""
    return LOOKS.get(kind, OTHER)
