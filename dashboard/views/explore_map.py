"""The map of estimated locations of the tips in sight, and its table."""

from __future__ import annotations

import streamlit as st

from dashboard.charting.desk import Desk
from dashboard.charting.filters import Sight
from dashboard.components.tables import preamble, table
from dashboard.mapping.drawing import map_svg
from dashboard.mapping.outline import SOURCE
from dashboard.mapping.places import (
    NOT_ADDRESS,
    by_state,
    estimate_rows,
    estimates,
    unplaced,
)
from dashboard.wording import visible


def show(desk: Desk, sight: Sight) -> None:
    """Show where the providers estimated somebody to be."""
    st.header("Map of estimated locations")
    answer = desk.answer()
    found = estimates(sight.nodes, desk.answers)
    counts, rest = by_state(found), unplaced(found)
    st.text(
        f"{NOT_ADDRESS} A mark stands in the middle of its state; the dashed circle is how far it "
        "may be. IP addresses are not placed here."
    )
    st.text(
        f"{sum(counts.values())} placed, {sum(rest.values())} unknown or outside"
        + "".join(f"; {visible(why)}: {count}" for why, count in rest.items())
    )
    if len(counts) > 0:
        svg = map_svg(counts, lines=preamble(answer))
        said = ", ".join(f"{name} {count}" for name, count in counts.items())
        # As an image: nothing in it can run or load.
        st.image(svg.decode(), width="stretch", caption=f"By state: {said}. {SOURCE}", alt=said)
        marking = "SYNTHETIC-" if answer.synthetic else ""
        st.download_button(
            "Download map (SVG)",
            data=svg,
            file_name=f"{marking}crosstip-map.svg",
            mime="image/svg+xml",
            key="explore-map-svg",
            on_click="ignore",
        )
    table(estimate_rows(found), name="chart-map", answer=answer, empty="No tip is in sight.")
