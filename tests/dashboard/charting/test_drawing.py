"""The chart as a network, as a page and as SVG: opaque, escaped, and the same places in each."""

from __future__ import annotations

import json
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charting import steps
from dashboard.charting.drawing import network_of_chart
from dashboard.charting.evidence import chart_page, chart_rows
from dashboard.charting.filters import Filters, in_sight
from dashboard.charting.model import EMPTY, Around, Chart, ChartNode
from dashboard.charting.selecting import Ids
from dashboard.charting.svg import chart_svg
from dashboard.components.explore_canvas import GLUE, Marked, marked_of
from dashboard.theme import LOOKS
from tests.dashboard.charting.charts import charts, hostile_chart
from tests.dashboard.pictures import PAYLOADS

_SVG = "{http://www.w3.org/2000/svg}"


def test_the_network_has_opaque_ids_fixed_places_and_no_menu() -> None:
    chart, ids = hostile_chart(PAYLOADS), Ids()
    network = network_of_chart(chart, in_sight(chart, Filters()), ids)
    nodes, edges, heading, *_, options = network.get_network_data()
    assert {node["id"] for node in nodes} == {f"n{at}" for at in range(len(chart.nodes))}
    assert {(node["x"], node["y"]) for node in nodes} == set(chart.places.values())
    assert {edge["id"] for edge in edges} == {f"e{at}" for at in range(len(chart.links))}
    assert all(node["physics"] is False for node in nodes)
    assert json.loads(options)["physics"] == {"enabled": False}
    assert heading == ""
    assert network.select_menu is False
    for item in (*nodes, *edges):
        assert not set(item["title"]) & set("<>&\"'`")
        assert "href" not in item["title"]


def test_pages_hold_no_payload_and_draw_the_same_places() -> None:
    chart, ids = hostile_chart(PAYLOADS), Ids()
    sight = in_sight(chart, Filters())
    page = chart_page(chart, sight, ids, lines=PAYLOADS).decode()
    for payload in PAYLOADS:
        assert payload not in page
    assert page.count("</script>") == 3
    assert "default-src 'none'" in page
    assert "http-equiv" in page
    for place in chart.places.values():
        assert f'"x": {place[0]}' in page


def test_the_svg_is_xml_without_script_and_holds_every_text() -> None:
    chart = hostile_chart(PAYLOADS)
    written = chart_svg(chart, in_sight(chart, Filters()), lines=(*PAYLOADS, "lead\x00"))
    root = ET.fromstring(written.decode())  # noqa: S314 what was just written here
    tags = {element.tag.removeprefix(_SVG) for element in root.iter()}
    assert tags <= {"svg", "rect", "text", "title", "line", "circle", "polygon"}
    texts = [element.text for element in root.iter(f"{_SVG}text")]
    assert list(PAYLOADS) == texts[: len(PAYLOADS)]
    allowed = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "points", "fill", "stroke"}
    allowed |= {"stroke-width", "stroke-dasharray", "text-anchor", "viewBox", "width", "height"}
    allowed |= {"font-family", "font-size"}
    assert {name for element in root.iter() for name in element.attrib} <= allowed


@given(charts())
def test_each_chart_can_be_written_and_listed(chart: Chart) -> None:
    sight = in_sight(chart, Filters())
    root = ET.fromstring(chart_svg(chart, sight, lines=()).decode())  # noqa: S314 as above
    assert len(list(root.iter(f"{_SVG}line"))) == len(sight.links)
    nodes, links = chart_rows(chart, sight)
    assert (len(nodes), len(links)) == (len(sight.nodes), len(sight.links))


def test_each_kind_has_its_own_letter_and_shape_in_the_drawing() -> None:
    chart = EMPTY
    for kind in LOOKS:
        alone = Around(node=ChartNode(name=(kind, kind), label=kind))
        chart = steps.grown(chart, alone).chart
    nodes, *_ = network_of_chart(chart, in_sight(chart, Filters()), Ids()).get_network_data()
    letters = {node["label"].split()[0] for node in nodes}
    assert len(letters) == len(LOOKS)


def test_the_glue_never_writes_markup() -> None:
    glue = GLUE.read_text(encoding="utf-8")
    code = "\n".join(line for line in glue.splitlines() if not line.lstrip().startswith("//"))
    for word in ("innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval", "Function("):
        assert word not in code
    assert "http" not in code


@pytest.mark.parametrize(
    "found", [None, 5, "n1", ["n1"], {"nodes": "n1"}, {"nodes": {"n1": 2}, "turn": "7"}]
)
def test_what_is_no_selection_selects_nothing(found: object) -> None:
    assert marked_of(found) == Marked()


@given(st.lists(st.text() | st.integers()))
def test_a_selection_is_taken_as_it_is(found: list[object]) -> None:
    assert marked_of({"nodes": found, "edges": ["e1"], "turn": 3}) == Marked(
        nodes=tuple(item for item in found if isinstance(item, str)), links=("e1",), turn=3
    )
