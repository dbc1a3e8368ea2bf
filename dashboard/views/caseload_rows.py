"""From a figure to one of its numbers, from that to its rows, and from a row to the tip."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.caseload import (
    CaseloadAnswer,
    CaseloadFigure,
    CaseloadRow,
    PeriodStep,
)
from dashboard import navigation, state
from dashboard.components import notices
from dashboard.components.tables import chosen_row
from dashboard.desk.caseload_lists import cells_of, row_columns
from dashboard.views.conflicts_page import ConflictDesk
from dashboard.wording import visible


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """For which period and whose eyes figures are asked for."""

    zone: str | None
    """None: the agency's own."""
    step: PeriodStep
    back: int
    shared: bool


@dataclass(slots=True)
class RowPages:
    """Which page of the rows behind which number is shown."""

    number: tuple[str, ...] = ()
    pages: tuple[str, ...] = ("",)


def show_drill_down(client: CrosstipClient, answer: CaseloadAnswer, asked: Asked) -> None:
    """Show one figure's numbers, and the rows behind the one that is chosen."""
    st.header("From a number to its rows")
    figures = {figure.name: figure for figure in answer.figures}
    name = st.selectbox(
        "Figure", list(figures), key="caseload-figure", index=None, placeholder="Choose a figure"
    )
    if name is None:
        st.text("Choose a figure to see its numbers, and a number to see what it counts.")
        return
    figure = figures[name]
    st.text(f"{visible(figure.definition)} As of {answer.as_of}, days of {visible(answer.zone)}.")
    st.text(f"Not counted: {visible(figure.leaves_out)}")
    chosen = chosen_row(
        cells_of(figure, answer),
        name=f"cells-{name}",
        answer=answer,
        empty="It has no number now.",
        by="Cell",
        label="Choose a number",
    )
    if figure.cut_off is not None:
        notices.cut_offs([figure.cut_off])
    if chosen is None:
        return
    if figure.rows is None:
        st.text("This figure is computed from others: there are no rows behind it.")
    elif answer.shared:
        st.text("Rows are for the agency itself. Take the mark For somebody outside away.")
    else:
        _rows(client, figure, figure.cells[chosen].labels, asked)


def _rows(
    client: CrosstipClient, figure: CaseloadFigure, labels: tuple[str, ...], asked: Asked
) -> None:
    turning = state.record(RowPages)
    number = (figure.name, *labels, asked.zone or "", asked.step, str(asked.back))
    if turning.number != number:
        turning.number, turning.pages = number, ("",)
    try:
        page = client.rows_of_figure(
            figure.name,
            label=labels[0],
            second=labels[1] if len(labels) > 1 else None,
            zone=asked.zone,
            step=asked.step,
            back=asked.back,
            after=turning.pages[-1],
        )
    except ApiError as error:
        notices.failure(error)
        return
    st.subheader("Rows")
    chosen = chosen_row(
        row_columns(page.items, as_of=page.as_of),
        name="rows",
        answer=page,
        empty="No row on this page." if page.next_after is not None else "No row.",
        by="Record",
        label="Choose a row",
    )
    if chosen is not None:
        _open(page.items[chosen])
    if len(turning.pages) > 1 or page.next_after is not None:
        back, onward = st.columns(2)
        if back.button("Page before", key="rows-before", disabled=len(turning.pages) == 1):
            turning.pages = turning.pages[:-1]
            st.rerun()
        if onward.button("Next page", key="rows-next", disabled=page.next_after is None):
            turning.pages = (*turning.pages, page.next_after or "")
            st.rerun()
    notices.footing(page)


def _open(row: CaseloadRow) -> None:
    if row.record is None:
        st.text("Your agency does not hold this tip any more: it is not shown.")
        return
    if not st.button("Open the conflict" if row.kind == "conflict" else "Open the tip", key="go"):
        return
    if row.kind == "conflict":
        state.record(ConflictDesk).opened = row.record
        navigation.go("conflicts")
        return
    try:
        state.look_at(row.record)
    except ApiError as error:
        notices.failure(error)
        return
    navigation.go("tip")
