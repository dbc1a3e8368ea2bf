"""A chart to be saved, and a saved one drawn again from what the API says now.

What is saved are names, places and groups. Opening asks about each record again, with the rights of
whoever opens: what does not come is not drawn.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from client.answers import Answer
from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.workspaces import (
    DrawGroup,
    DrawnThing,
    DrawThing,
    KeepWorkspace,
    WorkspaceAnswer,
)
from dashboard.charting.filters import Filters
from dashboard.charting.grouping import only_drawn
from dashboard.charting.model import (
    EMPTY,
    Around,
    Chart,
    ChartGroup,
    ChartLink,
    ChartNode,
    Name,
    Pair,
    Place,
)
from dashboard.charting.reading import IDENTIFIERS, read_around
from dashboard.theme import GROUP_LOOKS

MOST_ASKED = 60
"""Records that are asked about when a chart is opened: each is a look of its own in the log."""
_KEPT = IDENTIFIERS | {"Tip", "Investigation"}
_FARTHEST = 1_000_000.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reopened:
    """A saved chart as it is now, and the answers that it is made of."""

    chart: Chart
    said: str
    answers: Mapping[Name, tuple[Answer, ...]]
    cut_offs: Mapping[Name, tuple[str, ...]]


def wanted_of(chart: Chart, filters: Filters, *, name: str, note: str | None) -> KeepWorkspace:
    """Give a chart as it is saved."""
    things: dict[Name, DrawThing] = {}
    for drawn, node in chart.nodes.items():
        kind, key = node.stands_for if node.stands_for is not None else drawn
        if kind in _KEPT and (kind, key) not in things:
            across, down = chart.places[drawn]
            things[kind, key] = DrawThing(
                kind=kind,
                key=key,
                x=_tenths(across),
                y=_tenths(down),
                hidden=drawn in chart.hidden,
                pinned=drawn in chart.pinned,
                expanded=drawn in chart.beyond,
                bundle=node.stands_for is not None,
                in_group=chart.in_group.get(drawn),
            )
    return KeepWorkspace(
        name=name,
        note=note,
        things=tuple(things.values()),
        groups=tuple(DrawGroup(name=group.name, look=group.look) for group in chart.groups),
        kinds_off=tuple(sorted(filters.kinds_off)),
        grades_off=tuple(sorted(filters.grades_off)),
        since=filters.since,
        until=filters.until,
        budget=chart.budget,
    )


def filters_of(kept: WorkspaceAnswer) -> Filters:
    """Give the filters that were saved with a chart."""
    return Filters(
        kinds_off=frozenset(kept.kinds_off),
        grades_off=frozenset(kept.grades_off),
        since=kept.since,
        until=kept.until,
    )


def reopened(client: CrosstipClient, kept: WorkspaceAnswer) -> Reopened:
    """Draw a saved chart again.

    Raises:
        ApiError: the API does not answer; one record that it does not show is no error.
    """
    gathering = _Gathering(client, {(thing.kind, thing.key): thing for thing in kept.things})
    gathering.ask(thing for thing in kept.things if thing.expanded)
    gathering.ask(thing for thing in kept.things if not gathering.has(thing))
    return gathering.drawn(kept)


@dataclass(slots=True)
class _Gathering:
    """What was read so far, of what is wanted and nothing else."""

    client: CrosstipClient
    wanted: Mapping[Name, DrawnThing]
    nodes: dict[Name, ChartNode] = field(default_factory=dict)
    """By what they are: a bundle by the identifier that it stands for."""
    links: dict[Pair, ChartLink] = field(default_factory=dict)
    around: dict[Name, Around] = field(default_factory=dict)
    answers: dict[Name, tuple[Answer, ...]] = field(default_factory=dict)
    asked: int = 0
    passed_over: int = 0

    def has(self, thing: DrawnThing) -> bool:
        """Say whether a record was met."""
        return (thing.kind, thing.key) in self.nodes

    def ask(self, things: Iterable[DrawnThing]) -> None:
        """Ask what is around records; those met meanwhile are asked only where they are drawn so.

        Raises:
            ApiError: the API does not answer.
        """
        for thing in list(things):
            if not thing.expanded and self.has(thing):
                continue
            if self.asked >= MOST_ASKED:
                self.passed_over += 1
                continue
            self.asked += 1
            self._ask(thing)

    def _ask(self, thing: DrawnThing) -> None:
        name: Name = (thing.kind, thing.key)
        bare = ChartNode(name=name, label=thing.key) if thing.kind == "Investigation" else None
        try:
            reading = read_around(self.client, name, drawn=self.nodes.get(name, bare))
        except ApiError as error:
            if error.is_token_refused or error.status not in (403, 404):
                raise
            return
        around = reading.around
        self._meet(around.node)
        for near in around.near:
            self._meet(near.node)
            for link in near.links:
                known = self.links.get(link.ends)
                if known is None or (known.grade is None and link.grade is not None):
                    self.links[link.ends] = link
        if thing.expanded:
            self.around[around.node.name] = around
        self.answers[around.node.name] = reading.answers

    def _meet(self, node: ChartNode) -> None:
        what = node.stands_for if node.stands_for is not None else node.name
        if what in self.wanted and (what not in self.nodes or self.nodes[what].detail == ""):
            self.nodes[what] = node

    def drawn(self, kept: WorkspaceAnswer) -> Reopened:
        """Give what was read as the chart that was saved."""
        met = [(self.nodes[name], thing) for name, thing in self.wanted.items() if self.has(thing)]
        things = {node.name: thing for node, thing in met}
        nodes = {node.name: node for node, _ in met}
        most = max(kept.budget, len(nodes), 1)
        chart = Chart(
            nodes=nodes,
            links=dict(_most([link for link in self.links.values() if _joins(link, nodes)], most)),
            places={name: _place(thing) for name, thing in things.items()},
            hidden=frozenset(name for name, thing in things.items() if thing.hidden),
            pinned=frozenset(name for name, thing in things.items() if thing.pinned),
            beyond={
                name: _beyond(around, nodes)
                for name, around in self.around.items()
                if name in nodes
            },
            budget=most,
            groups=_groups(kept),
            in_group={
                name: thing.in_group
                for name, thing in things.items()
                if thing.in_group is not None and 0 <= thing.in_group < len(kept.groups)
            },
        )
        return Reopened(
            chart=only_drawn(chart),
            said=self._said(kept, len(nodes)),
            answers={name: found for name, found in self.answers.items() if name in nodes},
            cut_offs={
                name: around.cut_off for name, around in self.around.items() if name in nodes
            },
        )

    def _said(self, kept: WorkspaceAnswer, count: int) -> str:
        said = [f"{kept.name}: {count} things, as the store has them now."]
        if kept.not_shown is not None or count + self.passed_over < len(kept.things):
            said.append(
                kept.not_shown
                or "Some of what was drawn is not shown to you: it could not be read again."
            )
        if self.passed_over > 0:
            said.append(f"{self.passed_over} were not asked about: at most {MOST_ASKED} are.")
        return " ".join(said)


def put_back(chart: Chart, found: Reopened) -> Chart:
    """Give the chart that is opened in place of another; with nothing to draw, an empty one."""
    return found.chart if len(found.chart.nodes) > 0 else replace(EMPTY, budget=chart.budget)


def _groups(kept: WorkspaceAnswer) -> tuple[ChartGroup, ...]:
    looks = list(GROUP_LOOKS)
    return tuple(
        ChartGroup(name=group.name, look=group.look if group.look in GROUP_LOOKS else looks[at])
        for at, group in enumerate(kept.groups[: len(looks)])
    )


def _joins(link: ChartLink, nodes: Mapping[Name, ChartNode]) -> bool:
    return link.ends[0] in nodes and link.ends[1] in nodes and link.ends[0] != link.ends[1]


def _most(links: list[ChartLink], budget: int) -> Iterable[tuple[Pair, ChartLink]]:
    strongest = sorted(links, key=lambda link: (link.grade is None, -link.weight, link.ends))
    return ((link.ends, link) for link in strongest[: 2 * budget])


def _beyond(around: Around, nodes: Mapping[Name, ChartNode]) -> int:
    drawn = sum(near.node.name in nodes for near in around.near)
    return max(sum(around.totals.values()), len(around.near)) - drawn


def _place(thing: DrawnThing) -> Place:
    return thing.x / 10, thing.y / 10


def _tenths(axis: float) -> int:
    return round(10 * max(-_FARTHEST, min(_FARTHEST, axis)))
