"""The chart's buttons: each does what a key or a gesture does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from dashboard import state
from dashboard.charting import steps
from dashboard.charting.desk import Desk
from dashboard.charting.model import Chart, Stepped

BUDGETS = (300, 600, 1000)
Deed = Callable[[Desk, CrosstipClient], None]


def attempt(deed: Deed) -> None:
    """Do something with the chart; what went wrong is said when the page is drawn."""
    client = state.session().client
    if client is None:
        return
    desk = state.record(Desk)
    desk.error = None
    try:
        deed(desk, client)
    except ApiError as error:
        desk.error = error


def show(desk: Desk) -> None:
    """Show the buttons, those that would do nothing disabled."""
    is_idle = len(desk.nodes) == 0
    is_hiding = len(desk.chart.hidden) > 0
    with st.container(horizontal=True):
        _undo_redo(desk)
        _button("Hide", "hide", lambda d, _: d.take(steps.hidden(d.chart, d.nodes)), off=is_idle)
        _button("Keep only", "keep", lambda d, _: d.take(steps.kept(d.chart, d.nodes)), off=is_idle)
        _button("Pin", "pin", lambda d, _: d.take(steps.pinned(d.chart, d.nodes)), off=is_idle)
        _step("Show hidden", "show-hidden", steps.all_shown, off=not is_hiding)
        _step("Remove hidden", "remove-hidden", steps.hidden_removed, off=not is_hiding)
        _step("Lay out again", "lay-out", steps.laid_out)
        _step("Clear", "clear", steps.cleared)
        _budgets(desk)


def show_empty(desk: Desk) -> None:
    """Show what can be done with an empty chart."""
    with st.container(horizontal=True):
        if len(desk.sitting.before) + len(desk.sitting.after) > 0:
            _undo_redo(desk)
        _budgets(desk)


def _budgets(desk: Desk) -> None:
    for budget in BUDGETS:
        if budget != desk.chart.budget:
            step = partial(steps.allowed, budget=budget)
            _step(f"At most {budget}", f"budget-{budget}", step)


def _undo_redo(desk: Desk) -> None:
    _button("Undo", "undo", lambda d, _: d.undo(), off=len(desk.sitting.before) == 0)
    _button("Redo", "redo", lambda d, _: d.redo(), off=len(desk.sitting.after) == 0)


def _step(title: str, key: str, step: Callable[[Chart], Stepped], *, off: bool = False) -> None:
    _button(title, key, lambda d, _: d.take(step(d.chart)), off=off)


def _button(title: str, key: str, deed: Deed, *, off: bool) -> None:
    st.button(title, key=f"explore-{key}", on_click=attempt, args=(deed,), disabled=off)
