"""One person's chart: hubs are refused, gestures are obeyed, nonsense is passed over."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client.errors import ApiError
from dashboard.charting.desk import Desk
from dashboard.charting.model import BUNDLE
from dashboard.charting.waterfall import SUM, waterfall
from tests.dashboard.charting.answers import Stub, explanation, history, use

EMAIL = ("Email", "a@example.com")
HUB = (BUNDLE, "Email a@example.com")


def _tips(desk: Desk) -> list[str]:
    return [key for kind, key in desk.chart.nodes if kind == "Tip"]


def _many(count: int) -> list[str]:
    return [f"ncmec:{at:03}" for at in range(count)]


def test_a_chart_begins_with_urgent_tips_and_those_that_link() -> None:
    desk = Desk()
    uses = [use("ncmec:1", linking=False), use("ncmec:2"), use("ncmec:3", urgency=0)]
    desk.start(Stub(history(*uses)), EMAIL)
    assert _tips(desk) == ["ncmec:3", "ncmec:2", "ncmec:1"]
    assert desk.nodes == (EMAIL,)
    assert desk.chart.links[EMAIL, ("Tip", "ncmec:1")].is_evidence is False


def test_a_hub_is_refused_with_its_count_and_narrowed_by_a_role() -> None:
    uses = [use(tip) for tip in _many(100)] + [use("ncmec:900", role="victim", linking=False)]
    stub = Stub(history(*uses, state="shared", mentions=4321))
    desk = Desk()
    desk.start(stub, EMAIL)
    assert list(desk.chart.nodes) == [HUB]
    desk.expand(stub, HUB)
    assert "Not expanded. 4321 tips have it" in desk.said
    assert _tips(desk) == []
    desk.expand(stub, HUB, role="victim")
    assert _tips(desk) == ["ncmec:900"]
    desk.expand(stub, HUB, role="reported")
    assert len(_tips(desk)) == 26
    assert "75 left out" in desk.said
    assert desk.chart.beyond[HUB] == 4321 - 26


def test_what_is_around_the_last_node_is_read_once() -> None:
    stub = Stub(history(*(use(tip) for tip in _many(60))))
    desk = Desk()
    desk.start(stub, EMAIL)
    desk.expand(stub, EMAIL)
    assert stub.asked == 1
    assert len(_tips(desk)) == 60


def test_gestures_are_steps() -> None:
    stub = Stub(history(use("ncmec:1"), use("ncmec:2")))
    desk = Desk()
    desk.start(stub, EMAIL)
    first = desk.ids.of_node(("Tip", "ncmec:1"))
    desk.obey(stub, {"type": "hide", "nodes": [first]}, desk.ids)
    assert desk.chart.hidden == {("Tip", "ncmec:1")}
    assert desk.nodes == ()
    desk.obey(stub, {"type": "undo", "nodes": []}, desk.ids)
    assert desk.chart.hidden == frozenset()
    desk.obey(stub, {"type": "redo", "nodes": []}, desk.ids)
    assert desk.chart.hidden == {("Tip", "ncmec:1")}
    desk.obey(stub, {"type": "undo", "nodes": []}, desk.ids)
    places = {first: [10.04, -3], "n999": [1, 1]}
    desk.obey(stub, {"type": "move", "nodes": [first], "places": places}, desk.ids)
    assert desk.chart.places["Tip", "ncmec:1"] == (10.0, -3.0)
    assert desk.chart.pinned == {("Tip", "ncmec:1")}
    desk.obey(stub, {"type": "keep", "nodes": [first]}, desk.ids)
    assert desk.chart.hidden == {EMAIL, ("Tip", "ncmec:2")}


anything = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=3) | st.sampled_from(["n0", "n1"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["n0", "n1", "x"]), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(st.sampled_from(["move", "pin", "hide", "nonsense", "undo"]), anything, anything)
def test_whatever_a_browser_sends_the_chart_stays_whole(
    kind: str, nodes: object, places: object
) -> None:
    stub = Stub(history(use("ncmec:1")))
    desk = Desk()
    desk.start(stub, EMAIL)
    desk.obey(stub, {"type": kind, "nodes": nodes, "places": places}, desk.ids)
    assert set(desk.chart.places) == set(desk.chart.nodes)
    assert all(math.isfinite(axis) for place in desk.chart.places.values() for axis in place)


def test_what_fails_leaves_the_chart_as_it_was() -> None:
    desk = Desk()
    desk.start(Stub(history(use("ncmec:1"))), EMAIL)
    before = desk.chart
    desk.reading = None
    with pytest.raises(ApiError):
        desk.expand(Stub(ApiError("api-away", "Nobody answers.")), EMAIL)
    assert desk.chart == before


def test_the_chart_says_what_it_rests_on_and_what_is_left_out() -> None:
    stub = Stub(history(*(use(tip) for tip in _many(40)), mentions=90))
    desk = Desk()
    desk.start(stub, EMAIL)
    answer = desk.answer()
    assert answer.synthetic
    assert answer.queries == ("history.uses", "identifiers.claims")
    assert "50 neighbours of a@example.com are not on the chart." in answer.cut_off


@given(st.lists(st.integers(-30_000, 30_000), max_size=8))
def test_a_waterfall_ends_at_the_sum(weights: list[int]) -> None:
    bars = waterfall(explanation(*weights))
    assert bars[-1].name == SUM
    assert bars[-1].end == round(sum(weights) / 1000, 1)
    steps = bars[:-1]
    assert len(steps) == sum(weight != 0 for weight in weights)
    if len(steps) > 0:
        assert steps[0].start == 0
        assert steps[-1].end == bars[-1].end
        assert all(one.end == other.start for one, other in pairwise(steps))
        assert [bar.side for bar in steps] == sorted((b.side for b in steps), reverse=True)
