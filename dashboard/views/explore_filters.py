"""Which kinds, grades and days of a chart are in sight, and its legend with counts."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.charting.filters import GRADES, Filters, Sight, legend
from dashboard.charting.grouping import NOT_EVIDENCE, group_lines
from dashboard.charting.model import Chart
from dashboard.theme import LOOKS, look_of
from dashboard.wording import one_line

_SHAPES = {
    "dot": "●",
    "square": "■",
    "star": "★",
    "hexagon": "⬢",
    "diamond": "◆",
    "triangle": "▲",
    "triangleDown": "▼",
}
_GRADED = (
    "Links between tips: strong wide and red, moderate blue, weak and none grey; of what is "
    "selected, all are purple. Dashed: no evidence of a link."
)


def show(chart: Chart) -> Filters:
    """Show the filters and give what is chosen; without a choice everything is in sight."""
    with st.expander("Filters: kind, grade of links, days"):
        counted = {kind: count for kind, count in legend(chart).items() if kind in LOOKS}
        kinds = st.pills(
            "Hide kinds",
            list(counted),
            selection_mode="multi",
            # Fixed names only: pills read Markdown.
            format_func=lambda kind: f"{look_of(kind).letter} {kind} {counted[kind]}",
            key="explore-kinds-off",
        )
        grades = st.pills(
            "Hide links between tips of grade",
            GRADES,
            selection_mode="multi",
            key="explore-grades-off",
        )
        since, until = st.columns(2)
        first = since.date_input("From day (UTC)", value=None, key="explore-since")
        last = until.date_input("To day (UTC)", value=None, key="explore-until")
        st.caption("What has no time stays in sight.")
    return Filters(
        kinds_off=frozenset(kinds or ()),
        grades_off=frozenset(grades or ()),
        since=_day(first),
        until=_day(last),
    )


def legend_line(chart: Chart, sight: Sight) -> None:
    """Say what the letters, shapes and lines mean, how many there are, and what is not seen."""
    said = []
    for kind, count in legend(chart).items():
        look = look_of(kind)
        shape = _SHAPES.get(look.shape, "●")
        said.append(f"{shape} {look.letter} {one_line(kind, limit=30)} {count}")
    st.text("   ".join(said))
    groups = group_lines(chart, sight.nodes)
    if len(groups) > 0:
        st.text(
            "   ".join(
                f"{line.mark} {one_line(line.name, limit=60)}: {line.count}, {line.look}"
                for line in groups
            )
        )
        st.caption(NOT_EVIDENCE)
    st.caption(_GRADED)
    st.text(sight.sentence)


def _day(chosen: object) -> str | None:
    return chosen.isoformat() if isinstance(chosen, date) else None
