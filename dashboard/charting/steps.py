"""Steps on a chart: expand, hide, keep only, pin, lay out, and what a step says."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from dashboard.charting.grouping import only_drawn
from dashboard.charting.layout import placed
from dashboard.charting.model import (
    EMPTY,
    LINKS_PER_NODE,
    MOST_BUDGET,
    Around,
    Chart,
    ChartLink,
    Name,
    Near,
    Pair,
    Place,
    Stepped,
)

AT_A_TIME = 25
"""Nodes that one expansion adds at most."""


def grown(
    chart: Chart,
    around: Around,
    *,
    kinds: Collection[str] | None = None,
    only: Collection[Name] | None = None,
    most: int = AT_A_TIME,
) -> Stepped:
    """Give the chart with neighbours of a node, in the order given, and say what is left out.

    `kinds` and `only` are the wanted ones, None for all. What is on the chart never moves; what is
    hidden on it and comes again is shown again.
    """
    centre = around.node
    if centre.name not in chart.nodes and len(chart.nodes) >= chart.budget:
        return Stepped(chart=chart, said=_full(chart))
    standing = {**chart.nodes, centre.name: chart.nodes.get(centre.name, centre)}
    wanted = [
        near
        for near in around.near
        if (kinds is None or near.node.kind in kinds) and (only is None or near.node.name in only)
    ]
    coming = [near for near in wanted if near.node.name not in standing]
    room = max(min(most, chart.budget - len(standing)), 0)
    taken = coming[:room]
    nodes = {**standing, **{near.node.name: near.node for near in taken}}
    links, dropped = _joined(chart, nodes, around.near)
    shown = {centre.name, *(near.node.name for near in wanted)}
    drawn = sum(near.node.name in nodes for near in around.near)
    known = max(sum(around.totals.values()), len(around.near)) - drawn
    places = placed(
        [name for name in nodes if name not in chart.places],
        links=links,
        places=chart.places,
        around=centre.name,
    )
    after = replace(
        chart,
        nodes=nodes,
        links=links,
        places=places,
        hidden=chart.hidden - shown,
        beyond={**chart.beyond, centre.name: known},
    )
    said = _grown(around, chart, after, left_out=len(coming) - len(taken), dropped=dropped)
    return Stepped(chart=after, said=said)


def chained(chart: Chart, around: Around) -> Stepped:
    """Give the chart with chains on it: all of them, or as much as there is room for."""
    stepped = grown(chart, around, most=chart.budget)
    # A chain says nothing of how much else is around the tip where it begins.
    name = around.node.name
    beyond = {key: count for key, count in stepped.chart.beyond.items() if key != name}
    known = chart.beyond.get(name)
    if known is not None:
        beyond[name] = known
    return replace(stepped, chart=replace(stepped.chart, beyond=beyond))


def judged(chart: Chart, link: ChartLink) -> Stepped:
    """Give the chart with what was decided about two tips on the link between them."""
    if link.ends[0] not in chart.nodes or link.ends[1] not in chart.nodes:
        return Stepped(chart=chart, said="The judgement is recorded.")
    if link.ends not in chart.links and len(chart.links) >= chart.link_budget:
        return Stepped(chart=chart, said=f"The judgement is recorded. {_full(chart)}")
    after = replace(chart, links={**chart.links, link.ends: link})
    return Stepped(chart=after, said=f"The judgement is recorded: {link.judged}.")


def _joined(
    chart: Chart, nodes: Mapping[Name, object], near: Sequence[Near]
) -> tuple[dict[Pair, ChartLink], int]:
    """Give all links between what is on the chart, and how many did not fit."""
    links = dict(chart.links)
    dropped = 0
    for link in (link for item in near for link in item.links):
        if link.ends[0] not in nodes or link.ends[1] not in nodes or link.ends[0] == link.ends[1]:
            continue
        known = links.get(link.ends)
        if known is None and len(links) >= chart.link_budget:
            dropped += 1
        elif known is None or _says_more(link, known):
            links[link.ends] = link
    return links, dropped


def _says_more(link: ChartLink, known: ChartLink) -> bool:
    """Tell whether a link is drawn in place of another: evidence is never drawn over by none."""
    if (link.grade is None) != (known.grade is None):
        return link.grade is not None
    return link.weight >= known.weight or link.grade is not None


def _grown(around: Around, before: Chart, after: Chart, *, left_out: int, dropped: int) -> str:
    added = len(after.nodes) - len(before.nodes)
    count = f"{len(after.nodes)} of at most {after.budget} on the chart."
    said = [f"{around.node.label}: {added} added, {count}"]
    if left_out > 0:
        said.append(f"{left_out} left out; expand again for the next ones.")
    if dropped > 0:
        said.append(f"{dropped} lines left out, as {after.link_budget} are on the chart.")
    if len(after.nodes) >= after.budget:
        said.append(_full(after))
    return " ".join(said)


def _full(chart: Chart) -> str:
    return (
        f"The chart is full: {chart.budget} things. Remove what is hidden, or allow more, up to "
        f"{MOST_BUDGET}."
    )


def hidden(chart: Chart, names: Collection[Name]) -> Stepped:
    """Hide nodes; they stay on the chart, and undo or `all_shown` shows them again."""
    going = (frozenset(names) & frozenset(chart.nodes)) - chart.hidden
    after = replace(chart, hidden=chart.hidden | going)
    return Stepped(chart=after, said=f"{len(going)} hidden, {_still(after)}.")


def kept(chart: Chart, names: Collection[Name]) -> Stepped:
    """Keep only these nodes in sight."""
    staying = frozenset(names) & frozenset(chart.nodes)
    if len(staying) == 0:
        return Stepped(chart=chart, said="Nothing is selected, so nothing was hidden.")
    after = replace(chart, hidden=frozenset(chart.nodes) - staying)
    return Stepped(chart=after, said=f"Only {len(staying)} kept in sight; {_still(after)}.")


def all_shown(chart: Chart) -> Stepped:
    """Show everything again that was hidden."""
    return Stepped(
        chart=replace(chart, hidden=frozenset()), said=f"{len(chart.hidden)} shown again."
    )


def hidden_removed(chart: Chart) -> Stepped:
    """Take what is hidden off the chart, which makes room."""
    nodes = {name: node for name, node in chart.nodes.items() if name not in chart.hidden}
    after = replace(
        chart,
        nodes=nodes,
        links={
            ends: link
            for ends, link in chart.links.items()
            if ends[0] in nodes and ends[1] in nodes
        },
        places={name: place for name, place in chart.places.items() if name in nodes},
        hidden=frozenset(),
        pinned=chart.pinned & frozenset(nodes),
        beyond={name: count for name, count in chart.beyond.items() if name in nodes},
    )
    after = only_drawn(after)
    return Stepped(chart=after, said=f"{len(chart.hidden)} removed from the chart.")


def moved(chart: Chart, places: Mapping[Name, Place]) -> Stepped:
    """Put nodes where they were dragged to, and pin them there."""
    known = {name: place for name, place in places.items() if name in chart.nodes}
    after = replace(chart, places={**chart.places, **known}, pinned=chart.pinned | frozenset(known))
    return Stepped(chart=after, said=f"{len(known)} moved and pinned.")


def pinned(chart: Chart, names: Collection[Name]) -> Stepped:
    """Pin nodes, or loosen them if all of them are pinned: for `laid_out`, nothing else moves."""
    meant = frozenset(names) & frozenset(chart.nodes)
    is_loosened = meant <= chart.pinned
    now = chart.pinned - meant if is_loosened else chart.pinned | meant
    said = f"{len(meant)} {'loosened' if is_loosened else 'pinned'}."
    return Stepped(chart=replace(chart, pinned=now), said=said)


def laid_out(chart: Chart) -> Stepped:
    """Lay everything out again but what is pinned: the one step that moves things."""
    held = {name: chart.places[name] for name in chart.pinned}
    places = placed(
        [name for name in chart.nodes if name not in held],
        links=chart.links,
        places=held,
        around=None,
    )
    said = f"Laid out again; {len(held)} pinned stayed where they are."
    return Stepped(chart=replace(chart, places=places), said=said)


def allowed(chart: Chart, budget: int) -> Stepped:
    """Allow more or fewer nodes; what is on the chart stays, however many are allowed."""
    needed = max(len(chart.nodes), -(-len(chart.links) // LINKS_PER_NODE), 1)
    bounded = max(min(budget, MOST_BUDGET), needed)
    after = replace(chart, budget=bounded)
    return Stepped(chart=after, said=f"At most {bounded} things on the chart.")


def cleared(chart: Chart) -> Stepped:
    """Begin with an empty chart; undo brings this one back."""
    return Stepped(chart=replace(EMPTY, budget=chart.budget), said="The chart is empty.")


def _still(chart: Chart) -> str:
    return f"{len(chart.nodes) - len(chart.hidden)} of {len(chart.nodes)} in sight"
