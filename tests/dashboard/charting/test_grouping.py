"""Groups: one at most for each thing, none empty, undone as any step, and told without colours."""

from __future__ import annotations

from hypothesis import given, settings

from dashboard.charting import grouping, steps
from dashboard.charting.drawing import network_of_chart
from dashboard.charting.evidence import NODE_COLUMNS, chart_page, chart_rows
from dashboard.charting.filters import Filters, in_sight
from dashboard.charting.model import EMPTY, Around, Chart, Name, Near
from dashboard.charting.png import chart_png
from dashboard.charting.selecting import Ids
from dashboard.charting.sittings import Sitting
from dashboard.charting.svg import chart_svg
from dashboard.theme import GROUP_LOOKS
from tests.dashboard.charting.charts import Step as AnyStep
from tests.dashboard.charting.charts import any_step, charts, node

A: Name = ("Tip", "a")
B: Name = ("Email", "b@example.com")
C: Name = ("Tip", "c")


def _chart() -> Chart:
    near = tuple(Near(node=node(name), links=()) for name in (B, C))
    return steps.grown(EMPTY, Around(node=node(A), near=near)).chart


@settings(max_examples=60, deadline=None)
@given(chart=charts(), step=any_step())
def test_no_group_is_empty_and_each_thing_is_in_one_that_is_there(
    chart: Chart, step: AnyStep
) -> None:
    after = step(chart).chart
    assert set(after.in_group) <= set(after.nodes)
    assert set(after.in_group.values()) == set(range(len(after.groups)))
    assert len({group.look for group in after.groups}) == len(after.groups)


def test_a_group_is_made_filled_emptied_and_undone() -> None:
    first = grouping.grouped(_chart(), [A], title=" Ring A ", look=None)
    assert first.said == "1 in the new group Ring A, orange."
    both = grouping.grouped(first.chart, [B], title="Others", look="blue").chart
    moved = grouping.added(both, [A], 1).chart
    assert [group.name for group in moved.groups] == ["Others"]
    assert grouping.said_group(moved, A) == grouping.said_group(moved, B) == "(1) Others"
    assert grouping.ungrouped(moved, [A, B]).chart.groups == ()
    assert Sitting(chart=_chart()).done(first.chart).undone().chart == _chart()
    for names, title in (([], "x"), ([A], " "), ([("Tip", "gone")], "x")):
        assert grouping.grouped(_chart(), names, title=title, look=None).chart == _chart()
    full = _chart()
    for number in range(len(GROUP_LOOKS)):
        full = grouping.grouped(
            steps.grown(full, Around(node=node(("Tip", str(number))), near=()), kinds=None).chart,
            [("Tip", str(number))],
            title=str(number),
            look=None,
        ).chart
    assert "every colour is used" in grouping.grouped(full, [A], title="x", look=None).said


def test_a_group_is_on_every_form_of_the_chart_by_number_name_and_colour() -> None:
    chart = grouping.grouped(_chart(), [A, B], title="Ring <b>", look="green").chart
    sight = in_sight(chart, Filters())
    (line,) = grouping.group_lines(chart, sight.nodes)
    assert (line.mark, line.look, line.count) == ("(1)", "green", 2)
    at = NODE_COLUMNS.index("Group")
    rows, _ = chart_rows(chart, sight)
    assert [row[at] for row in rows] == ["(1) Ring <b>", "(1) Ring <b>", ""]
    drawn = {shown["label"]: shown for shown in network_of_chart(chart, sight, Ids()).nodes}
    assert drawn["(1) T a"]["font"]["background"] == GROUP_LOOKS["green"].colour
    assert "font" not in drawn["T c"] or "background" not in drawn["T c"]["font"]
    svg = chart_svg(chart, sight, lines=()).decode()
    assert "(1) T a" in svg
    assert svg.count(f'fill="{GROUP_LOOKS["green"].colour}"/>') == 2
    page = chart_page(chart, sight, Ids(), lines=()).decode()
    assert "(1) Ring &lt;b&gt;" in page
    assert "Ring <b>" not in page
    plain = chart_png(_chart(), in_sight(_chart(), Filters()), lines=())
    assert chart_png(chart, sight, lines=()) != plain


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_letters_are_read_on_every_plate() -> None:
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    for look in GROUP_LOOKS.values():
        light, dark = sorted(map(_luminance, (look.colour, look.letters)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def test_a_group_that_is_renamed_keeps_number_colour_and_what_is_in_it() -> None:
    before = grouping.grouped(_chart(), [A], title="Ring A", look="blue").chart
    after = grouping.renamed(before, 0, title=" Ring \u202eB ").chart
    (line,) = grouping.group_lines(after, [A])
    assert (line.mark, line.look, line.count) == ("(1)", "blue", 1)
    assert "\u202e" not in line.name
    assert line.name.startswith("Ring ")
    for number, title in ((0, "  "), (1, "x"), (-1, "x")):
        assert grouping.renamed(before, number, title=title).chart == before
