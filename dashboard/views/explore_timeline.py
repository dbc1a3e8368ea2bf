"""The timeline of what is drawn: a range of it narrows the chart, the tables and itself."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.charting.desk import Desk
from dashboard.charting.filters import Filters
from dashboard.charting.timeline import brushed, in_days, moment_rows, moments, unknown_in
from dashboard.components.tables import table
from dashboard.components.timeline_chart import MOST_DRAWN, draw_timeline

_CHART = "explore-timeline"


def show(desk: Desk, filters: Filters) -> None:
    """Show when what is drawn happened."""
    st.header("Timeline")
    drawn = [name for name in desk.chart.nodes if name not in desk.chart.hidden]
    found = moments(drawn, desk.answers)
    seen = in_days(found, filters.since, filters.until)
    unknown = unknown_in(found)
    st.text(
        f"{len(seen)} of {len(found)} moments of tips on the chart; {unknown} without a known time "
        "stay listed. All in UTC. Mark a range with the mouse, or choose days under Filters."
    )
    if unknown < len(found):
        draw_timeline(found, key=_CHART, on_brush=_narrow)
    if len(found) - unknown > MOST_DRAWN:
        st.text(f"The first {MOST_DRAWN} are drawn; the table has all.")
    if filters.since is not None or filters.until is not None:
        st.text(f"Narrowed to {filters.since or 'the first'} to {filters.until or 'the last'} day.")
        st.button("Whole time", key="explore-whole-time", on_click=_widen)
    table(moment_rows(seen), name="chart-timeline", answer=desk.answer(), empty="No tip is drawn.")


def _narrow() -> None:
    """Let the days of the filters be those that were marked."""
    found = st.session_state.get(_CHART)
    days = brushed(None if found is None else found.get("selection"))
    if days is not None:
        st.session_state["explore-since"] = date.fromisoformat(days.since)
        st.session_state["explore-until"] = date.fromisoformat(days.until)


def _widen() -> None:
    st.session_state["explore-since"] = st.session_state["explore-until"] = None
