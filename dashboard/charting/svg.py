"""A chart as SVG, drawn from the same places: it prints, and needs no script."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape, quoteattr

from dashboard.charting.drawing import GRADE_LOOKS, PLAIN
from dashboard.charting.filters import Sight
from dashboard.charting.grouping import group_of, marked
from dashboard.charting.model import Chart, ChartLink, ChartNode, Place
from dashboard.charting.shapes import LINE, SIZE, frame_of, outline
from dashboard.theme import GROUP_LOOKS, URGENT_BORDER, look_of
from dashboard.wording import one_line

LETTER = 6.4
"""Width of a letter, roughly: how wide the plate behind a label is."""
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML 1.0 document may hold (section 2.2)."""


def chart_svg(chart: Chart, sight: Sight, *, lines: Sequence[str]) -> bytes:
    """Give what is in sight of a chart as an SVG file, with lines of text above it."""
    places = {name: chart.places[name] for name in sight.nodes}
    frame = frame_of(places.values(), lines=len(lines))
    left, top, width, height = frame.left, frame.top, frame.width, frame.height
    box = f'width="{width:g}" height="{height:g}"'
    view = f'viewBox="{left:g} {top:g} {width:g} {height:g}" {box}'
    font = 'font-family="sans-serif" font-size="11"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {view} {font}>',
        f'<rect x="{left:g}" y="{top:g}" {box} fill="#FFFFFF"/>',
    ]
    for at, line in enumerate(lines, start=1):
        parts.append(_text((left + 8, top + at * LINE), one_line(line, limit=400), "start"))
    parts.extend(_line(link, chart) for link in sight.links.values())
    for node in sight.nodes.values():
        parts.extend(_node(node, places[node.name], chart))
    return ("\n".join([*parts, "</svg>"]) + "\n").encode()


def _line(link: ChartLink, chart: Chart) -> str:
    (x1, y1), (x2, y2) = (chart.places[name] for name in link.ends)
    colour, width = GRADE_LOOKS.get(link.grade or "", (PLAIN, 1))
    dashes = "" if link.is_evidence else ' stroke-dasharray="5 4"'
    return (
        f'<line x1="{x1:g}" y1="{y1:g}" x2="{x2:g}" y2="{y2:g}" stroke="{colour}" '
        f'stroke-width="{width}"{dashes}>{_title(link.label)}</line>'
    )


def _node(node: ChartNode, place: Place, chart: Chart) -> Iterator[str]:
    look = look_of(node.kind)
    border = URGENT_BORDER.get(node.urgency, "#4D4D4D")
    drawn = f'fill="{look.colour}" stroke="{border}" stroke-width="{4 if node.urgency < 2 else 1}"'
    title = _title(f"{node.kind} {node.key}: {node.detail}")
    corners = outline(look.shape, place)
    if len(corners) > 0:
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
        yield f"<polygon points={quoteattr(points)} {drawn}>{title}</polygon>"
    else:
        yield f'<circle cx="{place[0]:g}" cy="{place[1]:g}" r="{SIZE:g}" {drawn}>{title}</circle>'
    label = marked(chart, node.name, f"{look.letter} {one_line(node.label, limit=28)}")
    group = group_of(chart, node.name)
    under = (place[0], place[1] + SIZE + 12)
    if group is None:
        yield _text(under, label, "middle")
        return
    plate, wide = GROUP_LOOKS[group.look], LETTER * len(label) + 6
    where = f'x="{under[0] - wide / 2:g}" y="{under[1] - 11:g}" width="{wide:g}" height="15"'
    yield f'<rect {where} rx="3" fill="{plate.colour}"/>'
    yield _text(under, label, "middle", fill=plate.letters)


def _title(text: str) -> str:
    return f"<title>{_escaped(one_line(text, limit=300))}</title>"


def _text(place: Place, text: str, anchor: str, *, fill: str = "#000000") -> str:
    where = f'x="{place[0]:g}" y="{place[1]:g}" text-anchor="{anchor}" fill="{fill}"'
    return f"<text {where}>{_escaped(text)}</text>"


def _escaped(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text))
