"""The chart as tables, and as files to take away."""

from __future__ import annotations

import streamlit as st

from client.answers import LinkAnswer
from dashboard.charting.desk import Desk
from dashboard.charting.evidence import LINK_COLUMNS, NODE_COLUMNS, chart_page, chart_rows
from dashboard.charting.filters import Sight
from dashboard.charting.png import chart_png
from dashboard.charting.svg import chart_svg
from dashboard.components import notices
from dashboard.components.csv_file import Columns
from dashboard.components.tables import preamble, table


def show(desk: Desk, sight: Sight) -> None:
    """Show what is in sight as tables, the files, and what everything rests on."""
    answer = desk.answer()
    st.header("The chart as tables")
    nodes, links = chart_rows(desk.chart, sight)
    table(_columns(NODE_COLUMNS, nodes), name="chart-nodes", answer=answer, empty="Nothing.")
    table(
        _columns(LINK_COLUMNS, links), name="chart-links", answer=answer, empty="Nothing is joined."
    )
    _files(desk, sight, answer)
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)


def _columns(titles: tuple[str, ...], rows: list[tuple[str | int | float, ...]]) -> Columns:
    return {title: [row[at] for row in rows] for at, title in enumerate(titles)}


def _files(desk: Desk, sight: Sight, answer: LinkAnswer) -> None:
    marking = "SYNTHETIC-" if answer.synthetic else ""
    lines = [*preamble(answer), sight.sentence]
    with st.container(horizontal=True):
        st.download_button(
            "Download chart",
            data=lambda: chart_page(desk.chart, sight, desk.ids, lines=lines),
            file_name=f"{marking}crosstip-chart.html",
            mime="text/html",
            key="explore-page",
            on_click="ignore",
        )
        st.download_button(
            "Download SVG",
            data=lambda: chart_svg(desk.chart, sight, lines=lines),
            file_name=f"{marking}crosstip-chart.svg",
            mime="image/svg+xml",
            key="explore-svg",
            on_click="ignore",
        )
        st.download_button(
            "Download PNG",
            data=lambda: chart_png(desk.chart, sight, lines=lines),
            file_name=f"{marking}crosstip-chart.png",
            mime="image/png",
            key="explore-png",
            on_click="ignore",
        )
