"""The page Routing: whoever runs the installation gives tips to agencies, and moves them.

Who routes sees no tip, so that this stands beside the page Tip and not on it: reasons only, and no
identifier.
"""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.resources.routing import RoutesAnswer
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import tell
from dashboard.views.tip_routes import show_routes
from dashboard.wording import visible


@dataclass(slots=True)
class RoutingView:
    """The tip that is to be routed."""

    tip: str | None = None
    routes: RoutesAnswer | None = None

    def turn_to(self, tip: str) -> None:
        """Look at a tip, anew."""
        self.tip, self.routes = tip, None


def render() -> None:
    """Show the page."""
    state.connected()
    notices.page_head("Routing", synthetic=state.session().synthetic)
    tell()
    view = state.record(RoutingView)
    with st.form("routing-form", border=False):
        box, button = st.columns([4, 1], vertical_alignment="bottom")
        typed = box.text_input("Tip number", max_chars=200, placeholder="ncmec:198000001")
        asked = button.form_submit_button("Who may hold it", key="routing-ask", type="primary")
    number = (typed or "").strip()
    if asked and number != "":
        view.turn_to(number if ":" in number else f"ncmec:{number}")
    if view.tip is None:
        st.text("Enter the number of a tip. What it says is not shown here, only where it points.")
    else:
        st.header("Who may hold it")
        st.text(visible(view.tip))
        show_routes(view, view.tip)
