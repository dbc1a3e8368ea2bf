"""The page Link chart: the link chart of one person, and all that is said about it."""

from __future__ import annotations

import streamlit as st

from dashboard import state
from dashboard.charting.desk import Desk
from dashboard.charting.drawing import alt_of, network_of_chart
from dashboard.charting.filters import Filters, Sight, in_sight
from dashboard.components import notices
from dashboard.components.explore_canvas import Marked, draw_chart
from dashboard.reporting.gathering import tips_of
from dashboard.views import (
    explore_bar,
    explore_filters,
    explore_groups,
    explore_inspector,
    explore_link,
    explore_map,
    explore_report,
    explore_start,
    explore_timeline,
    explore_twin,
    explore_workspaces,
)
from dashboard.views.extract_making import show_extract
from dashboard.wording import visible

CHART = "explore-chart"


def render() -> None:
    """Show the page."""
    state.connected()
    notices.page_head("Link chart", synthetic=state.session().synthetic)
    desk = state.record(Desk)
    explore_workspaces.follow_link()
    explore_start.show(desk)
    if desk.error is not None:
        notices.failure(desk.error)
        desk.error = None
    if len(desk.chart.nodes) == 0:
        st.text("The chart is empty. Search above, and start with a tip or an identifier.")
        explore_bar.show_empty(desk)
        explore_workspaces.show(desk, Filters())
        return
    filters = explore_filters.show(desk.chart)
    sight = in_sight(desk.chart, filters)
    left, right = st.columns([5, 2])
    with left:
        bar = st.container()
        _draw(desk, sight)
        explore_filters.legend_line(desk.chart, sight)
        explore_groups.show(desk)
        explore_workspaces.show(desk, filters)
    with bar:
        explore_bar.show(desk)
    with right:
        explore_inspector.show(desk, sight)
    explore_link.show(desk)
    explore_twin.show(desk, sight)
    explore_timeline.show(desk, filters)
    explore_map.show(desk, sight)
    explore_report.show(desk, sight)
    st.header("Hand out as…")
    show_extract(tips_of(sight), place="chart")


def _draw(desk: Desk, sight: Sight) -> None:
    marked = draw_chart(
        network_of_chart(desk.chart, sight, desk.ids),
        selected=Marked(
            nodes=tuple(desk.ids.of_node(name) for name in desk.nodes),
            links=tuple(desk.ids.of_link(ends) for ends in desk.links),
        ),
        alt=alt_of(sight),
        said=visible(desk.said),
        key=CHART,
        on_event=_obey,
    )
    if marked.turn != desk.turn:
        desk.turn = marked.turn
        desk.select(desk.ids.names(marked.nodes), desk.ids.pairs(marked.links))
    st.text(visible(desk.said))


def _obey() -> None:
    """Do what a key or a gesture asked for, before the page is drawn again."""
    found = st.session_state.get(CHART)
    event = found.get("event") if found is not None else None
    if isinstance(event, dict):
        explore_bar.attempt(lambda desk, client: desk.obey(client, event, desk.ids))
