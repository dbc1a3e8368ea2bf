"""The page Caseload: what supervisors count, and the rows behind each number."""

from __future__ import annotations

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.caseload import CaseloadAnswer
from dashboard import state
from dashboard.components import charts, deeds, notices
from dashboard.components.tables import table
from dashboard.desk.caseload_lists import (
    Tile,
    ageing,
    all_numbers,
    cells_of,
    figure_of,
    flow,
    provider_columns,
    tiles,
)
from dashboard.desk.conflict_lists import matrix_columns
from dashboard.views import quarantine_tally
from dashboard.views.caseload_rows import Asked, show_drill_down
from dashboard.views.urgent_panel import show_urgent
from dashboard.wording import visible

_IN_A_LINE = 3
_QUEUE = "app_pages/queue.py"


def render() -> None:
    """Show the page: to a supervisor all figures, to others their own load."""
    client = state.connected()
    notices.page_head("Caseload", synthetic=state.session().synthetic)
    who = state.session().who
    if who is not None and "supervisor" not in who.roles:
        _own(client)
        return
    asked = _asked()
    try:
        answer = client.caseload(
            zone=asked.zone, step=asked.step, back=asked.back, shared=asked.shared
        )
    except ApiError as error:
        notices.failure(error)
        return
    st.text(f"{_stamp(answer)} From {answer.begin_at} to {answer.end_at}.")
    if answer.shared:
        st.warning("For somebody outside: counts below 5 are withheld, nothing about one person.")
    figures, urgent = st.columns([7, 3])
    with figures:
        _tiles(answer)
    with urgent:
        _urgent(shared=answer.shared)
    _charts(answer)
    show_drill_down(client, answer, asked)
    _providers(answer)
    if not answer.shared:
        quarantine_tally.show(client)
        _matrix(client)
    st.header("All numbers")
    table(all_numbers(answer), name="figures", answer=answer, empty="There is no figure.")
    notices.footing(answer)


def _urgent(*, shared: bool) -> None:
    """Show what waits beside the figures; not where they are for somebody outside."""
    if shared or state.session().who is None:
        return
    st.subheader("Urgent")
    deeds.tell()
    show_urgent(looks_on=_QUEUE)


def _own(client: CrosstipClient) -> None:
    st.text("Your own open tips. The agency's figures are for its supervisors.")
    try:
        answer = client.own_load()
    except ApiError as error:
        notices.failure(error)
        return
    st.text(_stamp(answer))
    table(all_numbers(answer), name="own-load", answer=answer, empty="You have no open tip.")
    notices.footing(answer)


def _asked() -> Asked:
    zone, step, back, shared = st.columns(4, vertical_alignment="bottom")
    named = zone.text_input(
        "Time zone",
        max_chars=64,
        key="caseload-zone",
        placeholder="your agency's",
        help="Its days and weeks are meant; an IANA name such as America/Denver. Empty: the "
        "agency's own, which an administrator sets, or UTC.",
    )
    cut = step.selectbox("Cut into", ("day", "week"), key="caseload-step")
    last = back.number_input("Days or weeks back", 1, 400, 28, key="caseload-back")
    outside = shared.checkbox("For somebody outside", key="caseload-shared")
    return Asked(
        zone=(named or "").strip() or None,
        step="week" if cut == "week" else "day",
        back=int(last),
        shared=outside,
    )


def _stamp(answer: CaseloadAnswer) -> str:
    return f"As of {answer.as_of}, days of {visible(answer.zone)}, {visible(answer.agency)} alone."


def _tiles(answer: CaseloadAnswer) -> None:
    shown = tiles(answer)
    for at in range(0, len(shown), _IN_A_LINE):
        line = shown[at : at + _IN_A_LINE]
        for place, tile in zip(st.columns(_IN_A_LINE), line, strict=False):
            with place:
                _tile(tile, answer)


def _tile(tile: Tile, answer: CaseloadAnswer) -> None:
    st.metric(tile.title, tile.text)
    # Sentences of the API's table, which is code; no tip has a say in them.
    st.text(f"{tile.definition} As of {answer.as_of}, {visible(answer.zone)}.")
    if st.button("Rows", key=f"tile-{tile.title}", help=f"Not counted: {tile.leaves_out}"):
        st.session_state["caseload-figure"] = tile.figure


def _charts(answer: CaseloadAnswer) -> None:
    st.header("Inflow against closure")
    series = flow(answer)
    charts.draw_flow(series)
    table(series.columns, name="flow", answer=answer, empty="No number to show.")
    st.text("What was given away since is in no past day. The backlog is counted back from now.")
    st.header("Ageing")
    old = ageing(answer)
    charts.draw_ageing(old)
    figure = figure_of(answer, "ageing")
    if figure is not None:
        table(cells_of(figure, answer), name="ageing", answer=answer, empty="No tip is open.")


def _providers(answer: CaseloadAnswer) -> None:
    st.header("What providers leave out")
    for name in ("by-provider", "missing"):
        figure = figure_of(answer, name)
        if figure is not None:
            st.text(f"{visible(figure.definition)} Not counted: {visible(figure.leaves_out)}")
    table(
        provider_columns(answer),
        name="providers",
        answer=answer,
        empty="No tip came in the period, or none is held still.",
    )


def _matrix(client: CrosstipClient) -> None:
    st.header("Conflicts by agency")
    try:
        answer = client.conflict_matrix()
    except ApiError as error:
        notices.failure(error)
        return
    table(
        matrix_columns(answer.items),
        name="matrix",
        answer=answer,
        empty="Your side is told of no conflict with another agency.",
    )
    notices.footing(answer)
