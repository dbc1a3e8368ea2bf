"""A chart on paper: its rows, and the page that draws it without the program."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charting.drawing import network_of_chart
from dashboard.charting.filters import Sight
from dashboard.charting.grouping import said_group
from dashboard.charting.model import Chart
from dashboard.charting.selecting import Ids
from dashboard.components.export import page_of
from dashboard.wording import bits, joined, urgency_word, visible

NODE_COLUMNS = ("Kind", "What", "Detail", "Urgency", "Times", "Not on the chart", "Pinned", "Group")
LINK_COLUMNS = ("From", "To", "As", "Grade", "Weight (bits)", "Judged", "Times")
Row = tuple[str | int | float, ...]


def chart_rows(chart: Chart, sight: Sight) -> tuple[list[Row], list[Row]]:
    """Give what is in sight as rows of nodes and of links, the heaviest link first."""
    nodes: list[Row] = [
        (
            visible(node.kind),
            visible(node.key),
            visible(node.detail),
            urgency_word(node.urgency),
            joined(node.times),
            chart.beyond.get(name, 0),
            "pinned" if name in chart.pinned else "",
            said_group(chart, name),
        )
        for name, node in sight.nodes.items()
    ]
    links: list[Row] = [
        (
            *(f"{visible(kind)} {visible(key)}" for kind, key in link.ends),
            visible(link.label),
            link.grade or "",
            bits(link.weight),
            visible(link.judged),
            joined(link.times),
        )
        for link in sorted(sight.links.values(), key=lambda link: (-link.weight, link.ends))
    ]
    return nodes, links


def chart_page(chart: Chart, sight: Sight, ids: Ids, *, lines: Sequence[str]) -> bytes:
    """Give a page that draws the chart anywhere, at the same places, with its rows.

    Raises:
        ExportError: the page is not what the pinned pyvis writes.
    """
    nodes, links = chart_rows(chart, sight)
    return page_of(
        network_of_chart(chart, sight, ids),
        title="link chart",
        lines=["Link chart", *lines],
        tables=[_written(NODE_COLUMNS, nodes), _written(LINK_COLUMNS, links)],
    )


def _written(titles: tuple[str, ...], rows: list[Row]) -> list[tuple[str, ...]]:
    return [titles, *(tuple(str(cell) for cell in row) for row in rows)]
