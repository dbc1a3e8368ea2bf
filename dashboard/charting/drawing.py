"""A chart as a pyvis network: for the screen, and for the page to take away, with the same places.

Of a tip's text it holds labels, which go to a canvas, and titles, which hold no markup.
"""

from __future__ import annotations

from typing import Any

from pyvis.edge import Edge
from pyvis.network import Network

from dashboard.charting.filters import Sight
from dashboard.charting.grouping import group_of, marked
from dashboard.charting.model import Chart, ChartLink, ChartNode
from dashboard.charting.selecting import Ids
from dashboard.components.canvas import HEIGHT, safe_title
from dashboard.theme import GROUP_LOOKS, URGENT_BORDER, look_of
from dashboard.wording import bits, one_line

GRADE_LOOKS: dict[str, tuple[str, int]] = {
    "strong": ("#D55E00", 5),
    "moderate": ("#0072B2", 3),
    "weak": ("#8A8A8A", 2),
    "none": ("#8A8A8A", 1),
}
"""Colour and width of links between two tips: seen on white and on black, wide where strong."""
PLAIN = "#8A8A8A"
CHOSEN = "#C000C0"
"""Colour of what is selected."""
MOST_LABELS = 120
"""Links between tips on which the bits are written, at most: more of them hide each other."""
APART = "not the same"


def network_of_chart(chart: Chart, sight: Sight, ids: Ids) -> Network:
    """Give what is in sight of a chart: opaque ids, fixed places, no physics."""
    network = Network(cdn_resources="in_line", height=f"{HEIGHT}px", select_menu=False, heading="")
    network.options = {"physics": {"enabled": False}, "interaction": {"hover": True}}
    for name, node in sight.nodes.items():
        network.add_node(ids.of_node(name), **_node_options(node, chart))
    is_labelled = sum(link.grade is not None for link in sight.links.values()) <= MOST_LABELS
    for ends, link in sight.links.items():
        start, end = (ids.of_node(name) for name in ends)
        options = _link_options(link, is_labelled=is_labelled)
        # Not by `add_edge`, which looks at all edges before each one; a chart has no two alike.
        network.edges.append(Edge(start, end, id=ids.of_link(ends), **options).options)
    return network


def alt_of(sight: Sight) -> str:
    """Say what the chart is to somebody who does not see it."""
    return (
        f"Link chart of {len(sight.nodes)} things and {len(sight.links)} links. The tables below "
        "say the same. Keys: Enter expands, H hides, K keeps only, P pins, arrows move the "
        "selection, Control Z and Control Y undo and redo."
    )


def _node_options(node: ChartNode, chart: Chart) -> dict[str, Any]:
    look = look_of(node.kind)
    place = chart.places[node.name]
    is_pinned = node.name in chart.pinned
    beyond = chart.beyond.get(node.name, 0)
    more = f" +{beyond}" if beyond > 0 else ""
    pin = "⚲ " if is_pinned else ""
    is_urgent = node.urgency in URGENT_BORDER
    border = URGENT_BORDER.get(node.urgency, "#4D4D4D")
    name = marked(chart, node.name, f"{look.letter} {one_line(node.label, limit=28)}")
    return {
        **_plate(node, chart),
        "label": f"{pin}{name}{more}",
        "title": safe_title(f"{node.kind} {node.key}: {node.detail}"),
        "x": place[0],
        "y": place[1],
        "physics": False,
        "shape": look.shape,
        "size": 20 if node.name in chart.beyond else 13,
        "borderWidth": 4 if is_urgent else 1,
        "borderWidthSelected": 6 if is_urgent else 4,
        "color": {
            "background": look.colour,
            "border": border,
            # What is urgent stays marked as such when it is selected.
            "highlight": {"background": look.colour, "border": border if is_urgent else CHOSEN},
        },
    }


def _plate(node: ChartNode, chart: Chart) -> dict[str, Any]:
    """Give the plate behind the label of what is in a group."""
    group = group_of(chart, node.name)
    if group is None:
        return {}
    look = GROUP_LOOKS[group.look]
    return {"font": {"background": look.colour, "color": look.letters, "strokeWidth": 0}}


def _link_options(link: ChartLink, *, is_labelled: bool) -> dict[str, Any]:
    if link.grade is None:
        colour, width = PLAIN, 1 + min(max(link.weight, 0) / 8000, 2)
    else:
        colour, width = GRADE_LOOKS.get(link.grade, (PLAIN, 1))
    is_written = link.grade is not None and is_labelled
    return {
        "title": safe_title(link.label),
        "label": f"{_sign(link)}{bits(link.weight)}" if is_written else "",
        "width": width,
        "dashes": not link.is_evidence,
        "color": {"color": colour, "highlight": CHOSEN},
    }


def _sign(link: ChartLink) -> str:
    if link.judged is None:
        return ""
    return "≠ " if link.judged == APART else "= " if link.judged == "same actor" else "? "
