"""The API's answers about links between tips."""

from __future__ import annotations

from client.answers import LinkAnswer, Part
from client.tips import TipLine


class ReasonPart(Part):
    """A line of the weights table that went into a reason, in thousandths of a bit."""

    name: str
    weight: int


class LinkReason(Part):
    """Something that two tips share, or in which they differ, in thousandths of a bit."""

    name: str
    kind: str
    identifier: str
    relation: str
    weight: int
    """What it counts here; negative speaks against."""
    alone: int
    """What it would count if nothing else were shared: the sum of its parts."""
    parts: tuple[ReasonPart, ...]
    group: str
    holders: str
    own_roles: tuple[str, ...]
    other_roles: tuple[str, ...]
    own_times: tuple[str, ...]
    other_times: tuple[str, ...]
    own_places: tuple[str, ...]
    other_places: tuple[str, ...]
    sentence: str


class TipLink(Part):
    """Another tip with the reasons and their exact sum, in thousandths of a bit."""

    tip: TipLine
    score: int
    grade: str
    reasons: tuple[LinkReason, ...]
    chance: str
    """How many pairs this strong are expected to be of strangers."""
    judged: str | None
    refers: tuple[str, ...]


class Hub(Part):
    """An identifier that too many tips share to be walked through."""

    kind: str
    identifier: str
    state: str
    state_reason: str | None
    tip_count: int
    mention_count: int
    is_child: bool


class LinksAnswer(LinkAnswer):
    """What is connected to a tip."""

    tip: str
    tip_total: int
    weights: str
    snapshot_at: str | None
    links: tuple[TipLink, ...]
    apart: tuple[str, ...]
    hubs: tuple[Hub, ...]


class Judgement(Part):
    """A person's decision about two tips, or the undoing of one."""

    key: str
    tips: tuple[str, ...]
    verdict: str
    undoes: str | None
    why: str
    judged_by: str
    at: str
    weights: str | None
    score: int | None
    grade: str | None


class CutOffs(Part):
    """Least scores of the grades, in thousandths of a bit."""

    strong: int
    moderate: int
    weak: int


class ExplanationAnswer(LinkAnswer):
    """Two tips side by side: all that speaks for and against one person behind them."""

    own: TipLine
    other: TipLine
    weights: str
    snapshot_at: str | None
    score: int
    grade: str
    chance: str
    cut_offs: CutOffs
    reasons: tuple[LinkReason, ...]
    refers: tuple[str, ...]
    judgements: tuple[Judgement, ...]


class Node(Part):
    """A node of the picture; its place lies between -1 and 1."""

    id: str
    kind: str
    key: str
    label: str
    detail: str
    urgency: int
    x: float
    y: float


class Edge(Part):
    """An edge of the picture. `weight` in thousandths of a bit."""

    start: str
    end: str
    label: str
    weight: int


class NeighbourhoodAnswer(LinkAnswer):
    """The picture around a tip."""

    tip: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
