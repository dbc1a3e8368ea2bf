"""Groups on the chart: naming one, giving it a colour, and what is in it."""

from __future__ import annotations

import streamlit as st

from client.client import CrosstipClient
from dashboard.charting import grouping
from dashboard.charting.desk import Desk
from dashboard.views.explore_bar import attempt
from dashboard.wording import one_line

_TITLE, _LOOK, _GROUP = "explore-group-name", "explore-group-look", "explore-group"
_RENAMED = "explore-group-other-name"


def show(desk: Desk) -> None:
    """Show what can be done with what is selected."""
    with st.expander("Groups and colours"):
        st.caption(
            f"{grouping.NOT_EVIDENCE} Each has a number before its labels and a colour behind them."
        )
        is_idle = len(desk.nodes) == 0
        _new(desk, is_idle=is_idle)
        if len(desk.chart.groups) > 0:
            _there(desk, is_idle=is_idle)


def _new(desk: Desk, *, is_idle: bool) -> None:
    free = grouping.free_looks(desk.chart)
    left, right = st.columns(2)
    left.text_input("Name of a new group", max_chars=grouping.MOST_NAME, key=_TITLE)
    right.selectbox("Its colour", free, key=_LOOK, disabled=len(free) == 0)
    st.button(
        f"Group {len(desk.nodes)} selected",
        key="explore-group-make",
        on_click=attempt,
        args=(_make,),
        disabled=is_idle or len(free) == 0,
    )


def _there(desk: Desk, *, is_idle: bool) -> None:
    lines = grouping.group_lines(desk.chart, desk.chart.nodes)
    st.selectbox(
        "Group",
        range(len(lines)),
        # A person's own words: one line, and no marks.
        format_func=lambda at: one_line(f"{lines[at].mark} {lines[at].name}", limit=80),
        key=_GROUP,
    )
    st.text_input("Another name for it", max_chars=grouping.MOST_NAME, key=_RENAMED)
    with st.container(horizontal=True):
        st.button("Rename it", key="explore-group-rename", on_click=attempt, args=(_rename,))
        st.button(
            "Add selected to it",
            key="explore-group-add",
            on_click=attempt,
            args=(_add,),
            disabled=is_idle,
        )
        st.button(
            "Take selected out of their groups",
            key="explore-group-out",
            on_click=attempt,
            args=(_take_out,),
            disabled=is_idle,
        )


def _make(desk: Desk, _: CrosstipClient) -> None:
    title, look = st.session_state.get(_TITLE), st.session_state.get(_LOOK)
    desk.take(grouping.grouped(desk.chart, desk.nodes, title=title or "", look=look))
    st.session_state[_TITLE] = ""
    # The colour is taken now, and the box must not keep it.
    st.session_state.pop(_LOOK, None)


def _add(desk: Desk, _: CrosstipClient) -> None:
    number = st.session_state.get(_GROUP)
    desk.take(grouping.added(desk.chart, desk.nodes, 0 if number is None else number))


def _rename(desk: Desk, _: CrosstipClient) -> None:
    number, title = st.session_state.get(_GROUP), st.session_state.get(_RENAMED)
    desk.take(grouping.renamed(desk.chart, 0 if number is None else number, title=title or ""))
    st.session_state[_RENAMED] = ""


def _take_out(desk: Desk, _: CrosstipClient) -> None:
    desk.take(grouping.ungrouped(desk.chart, desk.nodes))
    st.session_state.pop(_GROUP, None)
