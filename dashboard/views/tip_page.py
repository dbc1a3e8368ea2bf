"""The page Tip: search, the list of tips, and the tip that is open."""

from __future__ import annotations

import streamlit as st

from dashboard import navigation, state
from dashboard.components import notices
from dashboard.views import search, tip_sides
from dashboard.views.custody_given import look_at_custody
from dashboard.views.tip_facts import (
    show_assertions,
    show_facts,
    show_investigations,
    show_rest,
)
from dashboard.views.tip_links import show_links, show_picture
from dashboard.views.tip_lists import first_look, open_tip


def render() -> None:
    """Show the page."""
    here = state.session()
    state.connected()
    notices.page_head("Tip", synthetic=here.synthetic)
    search.render()
    if here.open_tip is not None:
        _show(here.open_tip)
    elif here.found is None:
        first_look()


def _show(opened: state.OpenTip) -> None:
    key = opened.tip.tip.key
    st.header("The tip")
    st.text(key)
    back, again, custody = st.columns(3)
    if back.button("Close tip", key="close-tip"):
        state.session().open_tip = None
        st.rerun()
    if again.button("Read again", key="read-again"):
        open_tip(key)
    if navigation.is_offered("custody", state.session().who) and custody.button(
        "Chain of custody",
        key="open-custody",
        help="Where it came from, and who of your agency did what with it. An entry of the log.",
    ):
        look_at_custody(key)
        navigation.go("custody")
    show_facts(opened.tip)
    tip_sides.show(key)
    show_investigations(opened.tip)
    show_links(opened.links)
    show_picture(opened.picture)
    show_assertions(opened.tip)
    show_rest(opened.tip)
    notices.cut_offs(opened.tip.cut_off)
    notices.footing(opened.tip)
