"""One person's chart: what was done to it, what is selected, and what they asked for last.

Steps are taken here, by buttons, keys and gestures alike. Streamlit's own things stay out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from client.answers import Answer, LinkAnswer
from client.client import CrosstipClient
from client.errors import ApiError
from client.links import ExplanationAnswer
from client.paths import PathsAnswer
from client.search import SearchAnswer
from dashboard.charting import steps
from dashboard.charting.chaining import around_chains, link_of
from dashboard.charting.model import BUNDLE, Chart, ChartNode, Name, Pair, Place, Stepped
from dashboard.charting.reading import Reading, in_role, read_around
from dashboard.charting.selecting import Ids
from dashboard.charting.sittings import Sitting

CAVEAT = "investigative lead, not identification"
_FAR = 1_000_000.0
"""No place on a chart is further from its middle; what a browser says beyond it is not taken."""


@dataclass(slots=True)
class Desk:
    """What the page Explore keeps for one person, for as long as they are logged in."""

    sitting: Sitting = field(default_factory=Sitting)
    ids: Ids = field(default_factory=Ids)
    nodes: tuple[Name, ...] = ()
    """Selected ones."""
    links: tuple[Pair, ...] = ()
    turn: int = 0
    reading: Reading | None = None
    """What is around the node that was read last."""
    said: str = ""
    error: ApiError | None = None
    found: SearchAnswer | None = None
    why: ExplanationAnswer | None = None
    chains: PathsAnswer | None = None
    answers: dict[Name, tuple[Answer, ...]] = field(default_factory=dict)
    """What the chart was made of."""
    cut_offs: dict[Name, tuple[str, ...]] = field(default_factory=dict)

    @property
    def chart(self) -> Chart:
        """Give the chart as it is."""
        return self.sitting.chart

    def take(self, step: Stepped) -> None:
        """Take a step, and say what it did."""
        self.sitting = self.sitting.done(step.chart)
        self.said = step.said
        self._drop_what_is_gone()

    def undo(self) -> None:
        """Take the last step back."""
        is_there = len(self.sitting.before) > 0
        self.sitting = self.sitting.undone()
        self.said = "Undone." if is_there else "There is nothing to undo."
        self._drop_what_is_gone()

    def redo(self) -> None:
        """Do the step again that was taken back."""
        is_there = len(self.sitting.after) > 0
        self.sitting = self.sitting.redone()
        self.said = "Done again." if is_there else "There is nothing to do again."
        self._drop_what_is_gone()

    def select(self, nodes: Collection[Name], links: Collection[Pair] = ()) -> None:
        """Select nodes and links of the chart."""
        self.nodes = tuple(name for name in nodes if name in self.chart.nodes)
        self.links = tuple(ends for ends in links if ends in self.chart.links)

    def read(self, client: CrosstipClient, name: Name) -> Reading:
        """Give what is around a node, asked for once as long as it is the last one.

        Raises:
            ApiError: the API does not say.
        """
        drawn = self.chart.nodes.get(name)
        known = self.reading
        if known is None or known.around.node.name != name:
            known = read_around(client, name, drawn=drawn)
            self.reading = known
        return known

    def start(self, client: CrosstipClient, name: Name) -> None:
        """Put a node on the chart with what is around it, as much as there is room for.

        Raises:
            ApiError: the API does not say.
        """
        self.reading = None
        reading = self.read(client, name)
        most = steps.AT_A_TIME if reading.around.refusal is not None else self.chart.budget
        self._grow(reading, most=most, role=None, kinds=_first_kinds(reading))
        self.select([reading.around.node.name])

    def expand(
        self,
        client: CrosstipClient,
        name: Name,
        *,
        kinds: Collection[str] | None = None,
        role: str | None = None,
    ) -> None:
        """Add the next neighbours of a node; what too many share is refused unless narrowed.

        Raises:
            ApiError: the API does not say.
        """
        reading = self.read(client, name)
        self.select([name])
        if reading.around.refusal is not None and role is None:
            self.said = f"Not expanded. {reading.around.refusal}"
            return
        self._grow(reading, most=steps.AT_A_TIME, role=role, kinds=kinds)

    @property
    def two_tips(self) -> tuple[str, str] | None:
        """Give the two tips that are selected, or that the selected link joins."""
        names = self.nodes
        if len(names) == 0 and len(self.links) == 1:
            names = self.links[0]
        if len(names) != 2 or any(kind != "Tip" for kind, _ in names):
            return None
        return names[0][1], names[1][1]

    def explain(self, client: CrosstipClient, first: str, second: str) -> ExplanationAnswer:
        """Give why two tips are linked, asked for once as long as they are the last two.

        Raises:
            ApiError: the API does not say.
        """
        known = self.why
        if known is None or (known.own.key, known.other.key) != (first, second):
            known = client.tip_explanation(first, second)
            self.why = known
        return known

    def judged(self, client: CrosstipClient, first: str, second: str, verdict: str) -> None:
        """Show on the chart what was just decided about two tips.

        Raises:
            ApiError: the API does not say why they are linked now.
        """
        self.why = self.reading = None
        why = self.explain(client, first, second)
        self.take(steps.judged(self.chart, link_of(why, verdict)))

    def find_chains(self, client: CrosstipClient, first: str, second: str) -> None:
        """Look for chains of links between two tips.

        Raises:
            ApiError: the API does not say.
        """
        self.chains = None
        self.chains = client.tip_paths(first, second)

    def draw_chains(self, found: PathsAnswer) -> None:
        """Put chains on the chart."""
        around = around_chains(found)
        name = around.node.name
        self.answers[name] = (*self.answers.get(name, ()), found)
        self.take(steps.chained(self.chart, around))

    def obey(self, client: CrosstipClient, event: Mapping[str, object], ids: Ids) -> None:
        """Do what a key or a gesture in the chart asked for; what is no such thing is passed over.

        Raises:
            ApiError: the API does not say what is around a node.
        """
        names = ids.names(_texts(event.get("nodes")))
        self.select(names, self.links if len(names) == 0 else ())
        match event.get("type"):
            case "expand" if len(self.nodes) == 1:
                self.expand(client, self.nodes[0])
            case "hide":
                self.take(steps.hidden(self.chart, self.nodes))
            case "keep":
                self.take(steps.kept(self.chart, self.nodes))
            case "pin":
                self.take(steps.pinned(self.chart, self.nodes))
            case "move":
                self.take(steps.moved(self.chart, dict(_places(event.get("places"), ids))))
            case "undo":
                self.undo()
            case "redo":
                self.redo()

    def answer(self) -> LinkAnswer:
        """Give what the chart was made of as one answer: for tables, files and the footing."""
        used = [answer for name in self.chart.nodes for answer in self.answers.get(name, ())]
        return LinkAnswer(
            # The oldest: nothing on the chart is older than that.
            as_of=min((answer.as_of for answer in used), default="nothing read yet"),
            synthetic=any(answer.synthetic for answer in used),
            queries=tuple(sorted({query for answer in used for query in answer.queries})),
            caveat=CAVEAT,
            cut_off=tuple(
                f"{name[1]}: {sentence}"
                for name in self.chart.nodes
                for sentence in dict.fromkeys(self.cut_offs.get(name, ()))
            )
            + tuple(
                f"{count} neighbours of {name[1]} are not on the chart."
                for name, count in self.chart.beyond.items()
                if count > 0
            ),
        )

    def _grow(
        self, reading: Reading, *, most: int, role: str | None, kinds: Collection[str] | None
    ) -> None:
        around = reading.around
        self.answers[around.node.name] = reading.answers
        self.cut_offs[around.node.name] = around.cut_off
        only = in_role(around, role)
        self.take(steps.grown(self.chart, around, kinds=kinds, only=only, most=most))

    def _drop_what_is_gone(self) -> None:
        self.select(
            [name for name in self.nodes if name not in self.chart.hidden],
            self.links,
        )


def selectable(chart: Chart) -> tuple[ChartNode, ...]:
    """Give what can be selected, tips first, in the order of their labels."""
    seen = [node for name, node in chart.nodes.items() if name not in chart.hidden]
    return tuple(sorted(seen, key=lambda node: (node.kind != "Tip", node.kind, node.label)))


def _first_kinds(reading: Reading) -> Collection[str] | None:
    """Give what a chart begins with: all of a tip, of a bundle only who claims it."""
    is_many = reading.around.refusal is not None
    return ("Investigation", BUNDLE) if is_many else None


def _texts(found: object) -> Iterator[str]:
    if isinstance(found, list | tuple):
        yield from (item for item in found if isinstance(item, str))


def _places(found: object, ids: Ids) -> Iterator[tuple[Name, Place]]:
    if not isinstance(found, dict):
        return
    for given, place in found.items():
        for name in ids.names([str(given)]):
            if isinstance(place, list | tuple) and len(place) == 2:
                across, down = place
                if _is_on_chart(across) and _is_on_chart(down):
                    yield name, (round(float(across), 1), round(float(down), 1))


def _is_on_chart(axis: object) -> bool:
    if isinstance(axis, bool) or not isinstance(axis, int | float):
        return False
    # Not a number is not less than anything.
    return abs(axis) <= _FAR
