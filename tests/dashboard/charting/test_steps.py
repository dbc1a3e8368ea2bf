"""The chart as a value: nothing is lost, nothing jumps, and the budget holds whatever is done."""

from __future__ import annotations

import math

from hypothesis import given, settings
from hypothesis import strategies as st

from dashboard.charting import steps
from dashboard.charting.filters import Filters, in_sight, legend
from dashboard.charting.layout import APART
from dashboard.charting.model import EMPTY, Around, Chart, ChartLink, Near, pair_of
from dashboard.charting.selecting import Ids
from dashboard.charting.sittings import MOST_STEPS, Sitting
from tests.dashboard.charting.charts import Step, any_step, arounds, charts, filters, names, node


@settings(max_examples=40)
@given(charts())
def test_every_node_has_a_place_and_every_link_both_ends(chart: Chart) -> None:
    assert set(chart.places) == set(chart.nodes)
    assert {end for ends in chart.links for end in ends} <= set(chart.nodes)
    assert all(ends == link.ends and ends[0] < ends[1] for ends, link in chart.links.items())
    assert chart.hidden | chart.pinned | frozenset(chart.beyond) <= frozenset(chart.nodes)
    assert all(math.isfinite(axis) for place in chart.places.values() for axis in place)


@settings(max_examples=40)
@given(charts())
def test_the_budget_always_holds(chart: Chart) -> None:
    assert len(chart.nodes) <= chart.budget <= 1000
    assert len(chart.links) <= 2 * chart.budget


@settings(max_examples=40)
@given(charts(), arounds(), st.integers(1, 30))
def test_expanding_never_moves_and_never_loses(chart: Chart, around: Around, most: int) -> None:
    after = steps.grown(chart, around, most=most).chart
    assert {name: after.places[name] for name in chart.places} == chart.places
    assert set(chart.nodes) <= set(after.nodes)
    assert set(chart.links) <= set(after.links)
    assert after.pinned == chart.pinned
    assert len(after.nodes) - len(chart.nodes) <= most + 1


@settings(max_examples=40)
@given(charts(), any_step())
def test_undo_after_a_step_is_as_if_it_was_not_done(chart: Chart, step: Step) -> None:
    sitting = Sitting(chart=chart)
    done = sitting.done(step(chart).chart)
    assert done.undone().chart == chart
    assert done.undone().before == sitting.before
    assert done.undone().redone() == done


@settings(max_examples=40)
@given(st.lists(any_step(), max_size=8))
def test_all_that_was_done_can_be_undone_and_done_again(taken: list[Step]) -> None:
    sitting = Sitting()
    for step in taken:
        sitting = sitting.done(step(sitting.chart).chart)
    last = sitting
    while len(sitting.before) > 0:
        sitting = sitting.undone()
    assert sitting.chart == EMPTY
    while len(sitting.after) > 0:
        sitting = sitting.redone()
    assert sitting == last


def test_a_sitting_keeps_so_many_steps_and_a_new_step_ends_redoing() -> None:
    sitting = Sitting()
    for at in range(1, MOST_STEPS + 20):
        sitting = sitting.done(Chart(budget=at))
    assert len(sitting.before) == MOST_STEPS
    assert sitting.undone().done(Chart(budget=999)).after == ()
    assert sitting.done(sitting.chart) is sitting
    assert Sitting().undone() == Sitting().redone() == Sitting()


@settings(max_examples=40)
@given(charts(), filters)
def test_filters_never_lose_and_say_how_much_they_hide(chart: Chart, chosen: Filters) -> None:
    sight = in_sight(chart, chosen)
    assert len(sight.nodes) + sight.filtered + sight.hidden == sight.total == len(chart.nodes)
    assert set(sight.nodes) <= set(chart.nodes) - chart.hidden
    assert {end for ends in sight.links for end in ends} <= set(sight.nodes)
    assert all(node.kind not in chosen.kinds_off for node in sight.nodes.values())
    everything = in_sight(chart, Filters())
    assert set(everything.nodes) == set(chart.nodes) - chart.hidden
    assert everything.filtered == 0
    assert sum(legend(chart).values()) == len(chart.nodes)


@settings(max_examples=40)
@given(charts())
def test_what_is_hidden_comes_back_or_goes_for_good(chart: Chart) -> None:
    assert steps.all_shown(chart).chart.hidden == frozenset()
    assert set(steps.hidden_removed(chart).chart.nodes) == set(chart.nodes) - chart.hidden


@settings(max_examples=40)
@given(charts())
def test_laying_out_moves_nothing_that_is_pinned(chart: Chart) -> None:
    after = steps.laid_out(chart).chart
    assert {name: after.places[name] for name in chart.pinned} == {
        name: chart.places[name] for name in chart.pinned
    }


@given(arounds())
def test_nothing_lies_on_anything_else(around: Around) -> None:
    places = list(steps.grown(EMPTY, around).chart.places.values())
    near = [math.dist(a, b) for at, a in enumerate(places) for b in places[:at]]
    assert all(distance >= APART for distance in near)


def _star(count: int) -> Around:
    centre = ("Tip", "centre")
    return Around(
        node=node(centre),
        near=tuple(
            Near(
                node=node(("Tip", f"t{at:04}")),
                links=(
                    ChartLink(
                        ends=pair_of(centre, ("Tip", f"t{at:04}")),
                        label="link",
                        weight=5000 - at,
                        grade="strong" if at % 2 == 0 else "weak",
                    ),
                ),
            )
            for at in range(count)
        ),
        totals={"Tip": count},
    )


def test_the_strongest_come_first_and_what_is_left_out_is_said() -> None:
    first = steps.grown(EMPTY, _star(60))
    assert sorted(key for _, key in first.chart.nodes) == [
        "centre",
        *(f"t{at:04}" for at in range(25)),
    ]
    assert "35 left out" in first.said
    assert first.chart.beyond == {("Tip", "centre"): 35}
    second = steps.grown(first.chart, _star(60))
    assert len(second.chart.nodes) == 51
    assert "10 left out" in second.said
    full = steps.grown(Chart(budget=30), _star(60), most=300)
    assert len(full.chart.nodes) == 30
    assert "The chart is full: 30 things." in full.said


def test_a_grade_that_is_off_takes_the_tips_but_not_what_they_hang_on() -> None:
    chart = steps.grown(EMPTY, _star(10)).chart
    sight = in_sight(chart, Filters(grades_off=frozenset({"weak"})))
    assert sight.sentence == "5 of 11 hidden by filters."
    assert ("Tip", "centre") in sight.nodes
    none = in_sight(chart, Filters(grades_off=frozenset({"weak", "strong"})))
    assert set(none.nodes) == {("Tip", "centre")}


def test_evidence_is_never_drawn_over_by_what_is_none() -> None:
    centre, other = ("Tip", "a"), ("Tip", "b")
    strong = ChartLink(ends=(centre, other), label="strong", weight=9000, grade="strong")
    names_it = ChartLink(ends=(centre, other), label="names", is_evidence=False)
    around = Around(node=node(centre), near=(Near(node=node(other), links=(strong, names_it)),))
    assert steps.grown(EMPTY, around).chart.links[centre, other] == strong


@given(st.lists(names), st.lists(names))
def test_an_id_is_opaque_and_stays(
    first: list[tuple[str, str]], then: list[tuple[str, str]]
) -> None:
    ids = Ids()
    given_first = [ids.of_node(name) for name in first]
    _ = [ids.of_node(name) for name in then]
    assert [ids.of_node(name) for name in first] == given_first
    assert list(ids.names(given_first)) == first
    assert all(given[0] == "n" and given[1:].isdigit() for given in given_first)
    assert ids.names(["n99999", "no such"]) == ()
