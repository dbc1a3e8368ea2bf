"""Charts and what is around their nodes, drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from hypothesis import strategies as st

from dashboard.charting import grouping, steps
from dashboard.charting.filters import GRADES, Filters
from dashboard.charting.model import (
    EMPTY,
    Around,
    Chart,
    ChartLink,
    ChartNode,
    Name,
    Near,
    Stepped,
    pair_of,
)

Step = Callable[[Chart], Stepped]
KINDS = ("Tip", "Email", "Investigation", "Bundle", "unheard of")
names = st.tuples(st.sampled_from(KINDS), st.sampled_from([f"k{at}" for at in range(12)]))
days = st.sampled_from(["2026-01-01", "2026-03-05", "2026-11-23"])


def node(name: Name, times: tuple[str, ...] = ()) -> ChartNode:
    """Give a node."""
    return ChartNode(name=name, label=name[1], times=times)


@st.composite
def arounds(draw: st.DrawFn) -> Around:
    """Draw what is around a node: neighbours with links to it and to each other."""
    centre = draw(names)
    found = draw(st.lists(names, max_size=12, unique=True))
    near = []
    for name in found:
        others = [centre, *draw(st.lists(st.sampled_from(found), max_size=3))]
        links = tuple(
            ChartLink(
                ends=pair_of(name, other),
                label="shares",
                weight=draw(st.integers(-20_000, 20_000)),
                grade=draw(st.none() | st.sampled_from(GRADES)),
            )
            for other in others
        )
        times = tuple(f"{day}T00:00:00Z" for day in draw(st.lists(days, max_size=2)))
        near.append(Near(node=node(name, times), links=links))
    return Around(node=node(centre), near=tuple(near))


@st.composite
def any_step(draw: st.DrawFn) -> Step:
    """Draw a step, which knows what it is done with."""
    some = draw(st.lists(names, max_size=5))
    place = draw(st.tuples(st.floats(-500, 500), st.floats(-500, 500)))
    around, most = draw(arounds()), draw(st.integers(1, 30))
    kinds = draw(st.none() | st.lists(st.sampled_from(KINDS)))
    budget = draw(st.integers(-3, 1200))
    title, look = draw(st.sampled_from(["Ring", "", "A"])), draw(st.sampled_from([None, "green"]))
    some_steps: list[Step] = [
        lambda chart: steps.grown(chart, around, kinds=kinds, most=most),
        lambda chart: steps.grown(chart, around),
        lambda chart: steps.hidden(chart, some),
        lambda chart: steps.kept(chart, some),
        lambda chart: steps.pinned(chart, some),
        lambda chart: steps.moved(chart, dict.fromkeys(some, place)),
        lambda chart: steps.allowed(chart, budget),
        steps.all_shown,
        steps.hidden_removed,
        steps.laid_out,
        steps.cleared,
        lambda chart: grouping.grouped(chart, some, title=title, look=look),
        lambda chart: grouping.added(chart, some, most % 3),
        lambda chart: grouping.ungrouped(chart, some),
    ]
    return some_steps[draw(st.integers(0, len(some_steps) - 1))]


@st.composite
def charts(draw: st.DrawFn) -> Chart:
    """Draw a chart to which some things were done."""
    chart = Chart(budget=draw(st.sampled_from([3, 8, 300])))
    for step in draw(st.lists(any_step(), max_size=5)):
        chart = step(chart).chart
    return chart


filters = st.builds(
    Filters,
    kinds_off=st.frozensets(st.sampled_from(KINDS)),
    grades_off=st.frozensets(st.sampled_from(GRADES)),
    since=st.none() | days,
    until=st.none() | days,
)


def hostile_chart(payloads: Sequence[str]) -> Chart:
    """Give a chart with a payload in every text."""
    centre = (payloads[0], payloads[0])
    near = tuple(
        Near(
            node=ChartNode(
                name=(payload, f"{payload}{at}"),
                label=payload,
                detail=payload,
                times=(payload,),
                stands_for=(payload, payload),
            ),
            links=(
                ChartLink(
                    ends=pair_of(centre, (payload, f"{payload}{at}")),
                    label=payload,
                    grade=payload,
                    judged=payload,
                    times=(payload,),
                ),
            ),
        )
        for at, payload in enumerate((*payloads, "\x00\u202e\ud800\uffff"))
    )
    node = ChartNode(name=centre, label=payloads[0], detail=payloads[0])
    return steps.grown(EMPTY, Around(node=node, near=near), most=len(near)).chart
