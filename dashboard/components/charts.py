"""Charts that Altair draws out of Streamlit's wheel: nothing is loaded from outside."""

from __future__ import annotations

import altair as alt
import streamlit as st

from dashboard.desk.caseload_lists import Series

LEVEL = "open at the end"
_COLOURS = {"came in": "#0072B2", "closed": "#009E73", LEVEL: "#D55E00"}
"""Okabe and Ito (2008); lines and bars differ in shape as well."""


def draw_flow(series: Series) -> None:
    """Draw bars of what came and went, and the backlog as a line with points."""
    if len(series.columns["Tips"]) == 0:
        st.text("There is nothing to draw: every number is withheld, or there is none.")
        return
    scale = alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values()))

    def base(*, is_level: bool) -> alt.Chart:
        rows = [row for row in _rows(series) if (row["What"] == LEVEL) == is_level]
        return alt.Chart(_data(rows)).encode(
            x=alt.X("Period:O", title=None),
            y=alt.Y("Tips:Q", title="tips"),
            color=alt.Color("What:N", title=None, scale=scale),
            tooltip=[alt.Tooltip("Period:O"), alt.Tooltip("What:N"), alt.Tooltip("Tips:Q")],
        )

    bars = base(is_level=False).mark_bar().encode(xOffset=alt.XOffset("What:N"))
    line = base(is_level=True).mark_line(point=True)
    st.altair_chart(alt.layer(bars, line), alt=series.alt, key="chart-flow")


def draw_ageing(series: Series) -> None:
    """Draw open tips by state and age as a heat map with its numbers in it."""
    if len(series.columns["Tips"]) == 0:
        st.text("There is nothing to draw: every number is withheld, or there is none.")
        return
    ages = list(dict.fromkeys(str(age) for age in series.columns["Age"]))
    states = list(dict.fromkeys(str(state) for state in series.columns["State"]))
    base = alt.Chart(_data(_rows(series))).encode(
        x=alt.X("Age:O", title="held for", sort=ages), y=alt.Y("State:N", title=None, sort=states)
    )
    boxes = base.mark_rect().encode(
        color=alt.Color("Tips:Q", title="tips", scale=alt.Scale(scheme="blues")),
        tooltip=[alt.Tooltip("State:N"), alt.Tooltip("Age:O"), alt.Tooltip("Tips:Q")],
    )
    numbers = base.mark_text(stroke="white", strokeWidth=3, strokeOpacity=0.8).encode(
        text=alt.Text("Tips:Q")
    ) + base.mark_text(color="black").encode(text=alt.Text("Tips:Q"))
    st.altair_chart(alt.layer(boxes, numbers), alt=series.alt, key="chart-ageing")


def _rows(series: Series) -> list[dict[str, object]]:
    names = list(series.columns)
    rows = zip(*series.columns.values(), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


def _data(rows: list[dict[str, object]]) -> alt.Data:
    return alt.Data(values=rows)  # type: ignore[no-untyped-call]
