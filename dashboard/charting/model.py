"""The link chart as a value: what is on it, where, what is hidden and pinned.

A chart is never changed. Each step gives another chart and a sentence; `sittings` keeps those
before and after, for undo and redo. Nothing here knows Streamlit, the API or vis-network.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

Name: TypeAlias = tuple[str, str]
"""A node's kind and key."""
Pair: TypeAlias = tuple[Name, Name]
"""Two nodes in the order of their names."""
Place: TypeAlias = tuple[float, float]
"""In pixels of the picture at its natural size."""

USUAL_BUDGET = 300
"""Nodes on a chart, unless somebody asks for more."""
MOST_BUDGET = 1000
"""Nodes on a chart at most: beyond it every engine that was measured draws a hairball."""
LINKS_PER_NODE = 2
"""A chart has at most this many times its budget of links."""
BUNDLE = "Bundle"
"""The kind of what stands for many: an identifier that too many tips share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartNode:
    """Something on the chart, in the words in which it was read."""

    name: Name
    label: str
    detail: str = ""
    urgency: int = 2
    times: tuple[str, ...] = ()
    """When it was seen or came in, in RFC 3339 and UTC; empty when nothing says."""
    stands_for: Name | None = None
    """What a bundle is: the identifier that is not walked through."""

    @property
    def kind(self) -> str:
        """Give the kind."""
        return self.name[0]

    @property
    def key(self) -> str:
        """Give the key."""
        return self.name[1]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartLink:
    """A line between two nodes."""

    ends: Pair
    label: str
    weight: int = 0
    """Thousandths of a bit; 0 where it is no evidence."""
    grade: str | None = None
    """Of a link between two tips; None for what a tip says."""
    judged: str | None = None
    times: tuple[str, ...] = ()
    is_evidence: bool = True

    def other(self, end: Name) -> Name:
        """Give the end that is not this one."""
        return self.ends[1] if self.ends[0] == end else self.ends[0]


def pair_of(first: Name, second: Name) -> Pair:
    """Give two names as the ends of a link."""
    return (first, second) if first <= second else (second, first)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartGroup:
    """A group that a person named: its look is one of `theme.GROUP_LOOKS`."""

    name: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """What is on the chart. Each node has a place and each link has both its ends."""

    nodes: Mapping[Name, ChartNode] = field(default_factory=dict)
    links: Mapping[Pair, ChartLink] = field(default_factory=dict)
    places: Mapping[Name, Place] = field(default_factory=dict)
    hidden: frozenset[Name] = frozenset()
    pinned: frozenset[Name] = frozenset()
    beyond: Mapping[Name, int] = field(default_factory=dict)
    """How many neighbours of a node are known and not on the chart."""
    budget: int = USUAL_BUDGET
    groups: tuple[ChartGroup, ...] = ()
    in_group: Mapping[Name, int] = field(default_factory=dict)
    """Number of a node's group; each has one at most, and no group is empty."""

    @property
    def link_budget(self) -> int:
        """Give how many links may be on it."""
        return LINKS_PER_NODE * self.budget


EMPTY = Chart()


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A neighbour that was read, with its links to what is around it."""

    node: ChartNode
    links: tuple[ChartLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Everything that was read around one node, the strongest evidence first."""

    node: ChartNode
    near: tuple[Near, ...] = ()
    totals: Mapping[str, int] = field(default_factory=dict)
    """How many neighbours of each kind the store has, as far as the asker may know."""
    facts: tuple[tuple[str, str], ...] = ()
    """What is said of the node itself: a name and a value each."""
    refusal: str | None = None
    """Why not all of it may be drawn: too many share it. None where it may."""
    cut_off: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped:
    """A chart after a step, and what happened, in a sentence."""

    chart: Chart
    said: str
