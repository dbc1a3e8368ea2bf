"""The timeline as Altair draws it out of Streamlit's wheel, with a range that is drawn by mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import altair as alt
import streamlit as st

from dashboard.charting.timeline import Moment
from dashboard.wording import one_line

MOST_DRAWN = 1000
"""Moments that are drawn; the table has all of them."""


def draw_timeline(found: Sequence[Moment], *, key: str, on_brush: Callable[[], None]) -> None:
    """Draw when things happened, one row for each kind of event.

    A time that is not known exactly is a bar from its first to its last instant. What a mouse marks
    is in the session under `key` when `on_brush` is called.
    """
    rows = [_row(moment) for moment in found if moment.start is not None][:MOST_DRAWN]
    brush = alt.selection_interval(name="brush", encodings=["x"])
    base = alt.Chart(alt.Data(values=rows)).encode(  # type: ignore[no-untyped-call]
        x=alt.X("from:T", title="UTC", scale=alt.Scale(type="utc")),
        y=alt.Y("Event:N", title=None),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("At", "Event", "Tip", "Precision")],
    )
    bars = base.mark_rule(strokeWidth=3, color="#56B4E9").encode(x2="to:T")
    points = base.mark_point(filled=True, size=60, color="#0072B2", shape="diamond")
    st.altair_chart(
        alt.layer(bars, points.add_params(brush)).properties(height=90 + 32 * _lanes(rows)),
        alt=f"Timeline of {len(rows)} moments; the table below says the same",
        key=key,
        on_select=on_brush,
        selection_mode=["brush"],
    )


def _row(moment: Moment) -> dict[str, object]:
    start, end = moment.start, moment.end
    return {
        "from": 0 if start is None else round(start.timestamp() * 1000),
        "to": 0 if end is None else round(end.timestamp() * 1000),
        "At": moment.at or "",
        "Event": one_line(moment.lane, limit=40),
        "Tip": one_line(moment.tip, limit=60),
        "Precision": moment.precision,
    }


def _lanes(rows: Sequence[dict[str, object]]) -> int:
    return len({row["Event"] for row in rows})
