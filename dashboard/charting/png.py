"""A chart as PNG, drawn here from the places of the SVG: for a letter, a slide, a report."""

from __future__ import annotations

import io
import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from dashboard.charting.drawing import GRADE_LOOKS, PLAIN
from dashboard.charting.filters import Sight
from dashboard.charting.grouping import group_of, marked
from dashboard.charting.model import Chart, ChartLink, ChartNode, Place
from dashboard.charting.shapes import LINE, SIZE, Frame, frame_of, outline
from dashboard.fonts import REGULAR, printable
from dashboard.theme import GROUP_LOOKS, URGENT_BORDER, look_of

_SHARP = 2.0
"""Pixels for each unit of the chart, where there is room."""
_MOST_PIXELS = 24_000_000
_LONGEST = 10_000
_DASH = 5.0
_LETTERS = 11.0
_TEXT = "#000000"


def chart_png(chart: Chart, sight: Sight, *, lines: Sequence[str]) -> bytes:
    """Give what is in sight of a chart as a PNG file, with lines of text above it.

    A chart that is too wide for a picture is drawn smaller, as a whole.
    """
    places = {name: chart.places[name] for name in sight.nodes}
    paper = _Paper(frame_of(places.values(), lines=len(lines)))
    for at, line in enumerate(lines, start=1):
        paper.write(
            (paper.frame.left + 8, paper.frame.top + at * LINE), line, anchor="ls", limit=400
        )
    for link in sight.links.values():
        paper.line(link, chart)
    for node in sight.nodes.values():
        paper.node(node, places[node.name], chart)
    return paper.png()


class _Paper:
    """Draws in units of the chart."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._sharp = min(
            _SHARP,
            math.sqrt(_MOST_PIXELS / (frame.width * frame.height)),
            _LONGEST / max(frame.width, frame.height),
        )
        size = (max(1, int(frame.width * self._sharp)), max(1, int(frame.height * self._sharp)))
        self._image = Image.new("RGB", size, "#FFFFFF")
        self._draw = ImageDraw.Draw(self._image)
        # Not the engine that shapes: what is drawn is the same on every machine.
        self._font = ImageFont.truetype(
            str(REGULAR),
            size=max(1.0, _LETTERS * self._sharp),
            layout_engine=ImageFont.Layout.BASIC,
        )

    def png(self) -> bytes:
        """Give the file."""
        written = io.BytesIO()
        self._image.save(written, format="PNG")
        return written.getvalue()

    def write(
        self, place: Place, text: str, *, anchor: str, limit: int, plate: str | None = None
    ) -> None:
        """Write a text on one line, on the plate of a group where it has one."""
        shown, at = printable(text, limit=limit), self._at(place)
        fill = _TEXT
        if plate is not None:
            left, top, right, bottom = self._draw.textbbox(
                at, shown, font=self._font, anchor=anchor
            )
            edge, look = 2 * self._sharp, GROUP_LOOKS[plate]
            box = (left - edge, top - edge, right + edge, bottom + edge)
            self._draw.rectangle(box, fill=look.colour)
            fill = look.letters
        self._draw.text(at, shown, fill=fill, font=self._font, anchor=anchor)

    def line(self, link: ChartLink, chart: Chart) -> None:
        """Draw a link, dashed where it is no evidence."""
        start, end = (chart.places[name] for name in link.ends)
        colour, width = GRADE_LOOKS.get(link.grade or "", (PLAIN, 1))
        thick = max(1, round(width * self._sharp))
        if link.is_evidence:
            self._draw.line([self._at(start), self._at(end)], fill=colour, width=thick)
            return
        length = math.dist(start, end)
        # Not more dashes than can be seen, however far the two are from each other.
        step = max(2 * _DASH, length / 500)
        for at in range(math.ceil(length / step)):
            piece = (_between(start, end, at * step), _between(start, end, (at + 0.5) * step))
            self._draw.line([self._at(place) for place in piece], fill=colour, width=thick)

    def node(self, node: ChartNode, place: Place, chart: Chart) -> None:
        """Draw a thing and its name."""
        look = look_of(node.kind)
        border = URGENT_BORDER.get(node.urgency, "#4D4D4D")
        thick = max(1, round((4 if node.urgency < 2 else 1) * self._sharp))
        corners = outline(look.shape, place)
        if len(corners) > 0:
            points = [self._at(corner) for corner in corners]
            self._draw.polygon(points, fill=look.colour, outline=border, width=thick)
        else:
            x, y = place
            box = [self._at((x - SIZE, y - SIZE)), self._at((x + SIZE, y + SIZE))]
            self._draw.ellipse(box, fill=look.colour, outline=border, width=thick)
        under = (place[0], place[1] + SIZE + 12)
        label = marked(chart, node.name, f"{look.letter} {node.label}")
        group = group_of(chart, node.name)
        self.write(under, label, anchor="ms", limit=34, plate=None if group is None else group.look)

    def _at(self, place: Place) -> tuple[float, float]:
        return (
            (place[0] - self.frame.left) * self._sharp,
            (place[1] - self.frame.top) * self._sharp,
        )


def _between(start: Place, end: Place, along: float) -> Place:
    part = min(1.0, along / max(math.dist(start, end), 1e-9))
    return start[0] + (end[0] - start[0]) * part, start[1] + (end[1] - start[1]) * part
