"""The four places where pyvis 0.3.2 writes a text as markup: each is there, and each is stopped."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyvis.network import Network

from dashboard.charting.drawing import network_of_chart
from dashboard.charting.evidence import chart_page
from dashboard.charting.filters import Filters, in_sight
from dashboard.charting.selecting import Ids
from dashboard.components.canvas import is_plain_title, safe_title
from dashboard.components.export import ExportError, page_of
from tests.dashboard.charting.charts import hostile_chart
from tests.hostile import HOSTILE, MARKUP, SCRIPTS

_RUNS = "</script><img src=x onerror=alert(1)>"


def _network(*, heading: str = "", menu: bool = False, key: str = "n0") -> Network:
    network = Network(cdn_resources="in_line", select_menu=menu, heading=heading)
    network.add_node(key, label="a")
    return network


def _page(network: Network) -> str:
    return page_of(network, title="", lines=(), tables=()).decode()


def test_a_title_with_a_link_makes_every_title_markup() -> None:
    network = _network()
    assert "innerHTML" not in _page(network).rpartition("<script>")[2]
    network.add_node("n1", label="b", title=f"href {_RUNS}")
    assert "popup.innerHTML" in network.generate_html()
    with pytest.raises(ExportError, match="titles"):
        _page(network)


def test_a_link_with_such_a_title_is_refused_too() -> None:
    network = _network()
    network.add_edge("n0", "n0", title=_RUNS)
    with pytest.raises(ExportError, match="titles"):
        _page(network)


def test_a_heading_is_markup() -> None:
    network = _network(heading=_RUNS)
    assert _RUNS in network.generate_html()
    with pytest.raises(ExportError, match="headings"):
        _page(network)


def test_a_menu_writes_ids_as_markup() -> None:
    network = _network(menu=True, key=_RUNS)
    assert "<option" in network.generate_html().partition(_RUNS)[0]
    with pytest.raises(ExportError, match="menus"):
        _page(network)


def test_options_end_the_script_that_they_stand_in() -> None:
    network = _network()
    network.options = {"x": _RUNS}
    assert _RUNS in network.generate_html()
    with pytest.raises(ExportError, match="shape"):
        _page(network)


def test_a_page_of_another_shape_is_not_handed_out(monkeypatch: pytest.MonkeyPatch) -> None:
    network = _network()
    written = network.generate_html()
    for wrong in (
        written.replace("<body>", "<body><iframe>"),
        written.replace("</body>", ""),
        written.replace('<meta charset="utf-8">', ""),
        written.replace("</head>", "<script>alert(1)</script></head>"),
    ):
        assert wrong != written
        monkeypatch.setattr(network, "generate_html", lambda wrong=wrong: wrong)
        with pytest.raises(ExportError, match="shape"):
            _page(network)


@given(st.text() | st.sampled_from(HOSTILE))
def test_what_is_made_a_title_is_taken_as_one(text: str) -> None:
    assert is_plain_title(safe_title(text))


def test_a_chart_of_hostile_texts_is_handed_out_and_holds_none_as_markup() -> None:
    chart, ids = hostile_chart(HOSTILE), Ids()
    sight = in_sight(chart, Filters())
    assert len(sight.nodes) > len(HOSTILE)
    network_of_chart(chart, sight, ids)
    page = chart_page(chart, sight, ids, lines=HOSTILE).decode()
    for payload in (*SCRIPTS, *MARKUP):
        assert "<" not in payload or payload not in page, payload
