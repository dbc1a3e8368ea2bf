"""The chart as PNG: the places, colours and sizes of the SVG, whatever the texts are."""

from __future__ import annotations

import io
from dataclasses import replace
from xml.etree import ElementTree as ET

from hypothesis import given, settings
from PIL import Image, ImageColor

from dashboard.charting.filters import Filters, in_sight
from dashboard.charting.model import EMPTY, Chart
from dashboard.charting.png import chart_png
from dashboard.charting.shapes import frame_of
from dashboard.charting.svg import chart_svg
from dashboard.theme import look_of
from tests.dashboard.charting.charts import charts, hostile_chart
from tests.dashboard.reporting.made import pair_chart
from tests.hostile import HOSTILE


def _drawn(chart: Chart, lines: tuple[str, ...] = ()) -> Image.Image:
    written = chart_png(chart, in_sight(chart, Filters()), lines=lines)
    found = Image.open(io.BytesIO(written))
    found.load()
    assert found.format == "PNG"
    return found


def test_things_stand_where_the_svg_has_them_in_their_colours() -> None:
    chart, lines = pair_chart(), ("a line", "another one")
    found = _drawn(chart, lines)
    svg = ET.fromstring(chart_svg(chart, in_sight(chart, Filters()), lines=lines))  # noqa: S314 ours
    left, top, width, height = (float(part) for part in svg.attrib["viewBox"].split())
    assert (abs(found.width - 2 * width) <= 1, abs(found.height - 2 * height) <= 1) == (True, True)
    for node in chart.nodes.values():
        x, y = chart.places[node.name]
        pixel = found.getpixel((int((x - left) * 2), int((y - top) * 2)))
        assert pixel == ImageColor.getrgb(look_of(node.kind).colour), node.name
    (strong,) = (link for link in chart.links.values() if link.grade == "strong")
    (x1, y1), (x2, y2) = (chart.places[name] for name in strong.ends)
    middle = (int(((x1 + x2) / 2 - left) * 2), int(((y1 + y2) / 2 - top) * 2))
    assert found.getpixel(middle) == ImageColor.getrgb("#D55E00")


def test_what_is_no_evidence_is_dashed() -> None:
    chart = pair_chart()
    (ends,) = (ends for ends, link in chart.links.items() if link.grade is None)
    colours = []
    for is_evidence in (True, False):
        links = dict(chart.links) | {ends: replace(chart.links[ends], is_evidence=is_evidence)}
        found = _drawn(replace(chart, links=links))
        counted = {colour: count for count, colour in found.getcolors(1 << 24) or []}
        colours.append(counted[ImageColor.getrgb("#8A8A8A")])
    assert 0 < colours[1] < colours[0] * 0.7


def test_hostile_texts_are_drawn_and_change_no_size() -> None:
    chart = hostile_chart(HOSTILE)
    plain = hostile_chart([f"payload {at}" for at in range(len(HOSTILE))])
    moved = replace(chart, places=dict(zip(chart.nodes, plain.places.values(), strict=True)))
    assert _drawn(moved, HOSTILE).size == _drawn(plain, ("x",) * len(HOSTILE)).size


def test_a_chart_that_is_too_wide_is_drawn_smaller_and_an_empty_one_is_white() -> None:
    chart = pair_chart()
    first, *others = chart.places
    far = replace(chart, places={first: (-1e6, 0.0), **dict.fromkeys(others, (1e6, 1e6))})
    found = _drawn(far)
    assert max(found.size) <= 10_000
    assert found.width * found.height <= 24_000_000
    assert _drawn(EMPTY).getcolors() == [(_drawn(EMPTY).width * _drawn(EMPTY).height, (255,) * 3)]


@settings(max_examples=15)
@given(charts())
def test_each_chart_can_be_drawn(chart: Chart) -> None:
    frame = frame_of(chart.places.values(), lines=0)
    assert frame.width >= 160
    assert _drawn(chart).width > 0
