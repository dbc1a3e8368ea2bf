"""Lists of tips: as a table, with a way to open one of them."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from client.answers import Answer
from client.errors import ApiError
from client.tips import TipLine
from dashboard import state
from dashboard.components import notices
from dashboard.components.csv_file import Columns
from dashboard.components.tables import table
from dashboard.wording import joined, urgency_word, visible


def tip_columns(tips: Sequence[TipLine]) -> Columns:
    """Give the columns of a list of tips, in the API's order: the urgent ones first."""
    return {
        "Tip": [tip.key for tip in tips],
        "Urgency": [urgency_word(tip.urgency) for tip in tips],
        "Why urgent": [joined(tip.urgency_reasons) for tip in tips],
        "Provider": [visible(tip.provider_name) for tip in tips],
        "Incident types": [joined(tip.incident_types) for tip in tips],
        "Incident": [tip.incident_at or "" for tip in tips],
        "Received": [tip.received_at or "" for tip in tips],
        "NCMEC priority": [visible(tip.ncmec_priority) for tip in tips],
        "Files": [tip.file_count for tip in tips],
        "Versions": [tip.version_count for tip in tips],
        "State": [_state(tip) for tip in tips],
    }


def show_tips(tips: Sequence[TipLine], *, name: str, answer: Answer, empty: str) -> None:
    """Show a list of tips and what opens one of them."""
    table(tip_columns(tips), name=name, answer=answer, empty=empty)
    choose([tip.key for tip in tips], name=name)


def choose(keys: Sequence[str], *, name: str) -> None:
    """Offer to open one of several tips."""
    if len(keys) == 0:
        return
    chosen = st.selectbox(
        "Open a tip of this list", list(dict.fromkeys(keys)), index=None, key=f"choose-{name}"
    )
    if st.button("Open tip", key=f"open-{name}", disabled=chosen is None) and chosen is not None:
        open_tip(chosen)


def open_tip(tip: str) -> None:
    """Open a tip, or say why that does not go."""
    try:
        state.look_at(tip)
    except ApiError as error:
        notices.failure(error)
    else:
        st.rerun()


def first_look() -> None:
    """Show the list of all tips, a page at a time."""
    st.header("Tips")
    here = state.session()
    try:
        page = state.connected().tips(after=here.pages[-1])
    except ApiError as error:
        notices.failure(error)
        return
    show_tips(page.tips, name="tips", answer=page, empty="There is no tip yet. Ingest some first.")
    back, onward = st.columns(2)
    if back.button("Page before", key="page-before", disabled=len(here.pages) == 1):
        here.pages = here.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="page-next", disabled=page.next_after is None):
        here.pages = (*here.pages, page.next_after or "")
        st.rerun()
    notices.footing(page)


def _state(tip: TipLine) -> str:
    if tip.withdrawn_at is not None:
        return f"withdrawn {tip.withdrawn_at}"
    if tip.stub:
        return "only referred to, not received"
    return "no number yet" if tip.provisional else ""
