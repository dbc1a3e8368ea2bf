"""Receipts of routing: tips that were given to the own agency or taken from it, and why."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.errors import ApiError
from dashboard import state
from dashboard.components import notices
from dashboard.components.tables import table
from dashboard.wording import joined, visible


@dataclass(slots=True)
class ReceiptsView:
    """Where each page of receipts starts, up to the one that is shown."""

    pages: tuple[str, ...] = ("",)


def show_receipts() -> None:
    """Offer the receipts; they are read when they are asked for."""
    st.header("Tips that were routed to us, or away from us")
    if not st.checkbox("Show the receipts", key="route-receipts-shown"):
        return
    view = state.record(ReceiptsView)
    try:
        answer = state.connected().route_receipts(after=view.pages[-1])
    except ApiError as error:
        notices.failure(error)
        return
    rows = answer.items
    table(
        {
            "Receipt": [row.ref for row in rows],
            "Of tip": [visible(row.tip) for row in rows],
            "Side": [row.side for row in rows],
            "Other side": [visible(row.other) for row in rows],
            "Time (UTC)": [row.at for row in rows],
            "Decided by": [visible(row.decided_by) for row in rows],
            "Reason": [visible(row.why) for row in rows],
            "Confidence then": [visible(row.confidence) for row in rows],
            "Reasons then": [joined(row.reasons) for row in rows],
            "In spite of a warning": [visible(row.acknowledged) for row in rows],
        },
        name="route-receipts",
        answer=answer,
        empty="No tip was routed to your agency, or away from it, by whoever runs Crosstip.",
    )
    back, onward, _ = st.columns([1, 1, 4])
    if back.button("Page before", key="receipts-before", disabled=len(view.pages) == 1):
        view.pages = view.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="receipts-next", disabled=answer.next_after is None):
        view.pages = (*view.pages, answer.next_after or "")
        st.rerun()
    notices.footing(answer)
