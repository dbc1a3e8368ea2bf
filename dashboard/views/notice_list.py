"""Notices: what somebody is told, and how they say that they took note."""

from __future__ import annotations

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row
from dashboard.desk.conflict_lists import notice_columns

_MOST = 50


def show_notices(client: CrosstipClient) -> None:
    """Show the notices that wait, and what acknowledges one of them."""
    st.header("Notices")
    with_seen = st.checkbox("Acknowledged ones as well", key="with-seen")
    try:
        page = client.notifications(with_seen=with_seen, limit=_MOST)
    except ApiError as error:
        notices.failure(error)
        return
    chosen = chosen_row(
        notice_columns(page.items),
        name="notices",
        answer=page,
        empty="No notice waits for you.",
        by="Notice",
        label="Choose a notice",
    )
    if page.next_after is not None:
        notices.cut_offs([f"notices before the newest {_MOST}; acknowledge some to see them"])
    if chosen is None:
        return
    notice = page.items[chosen]
    st.text("A conflict's own clock ends with the conflict's acknowledgement, not with this one.")
    if st.button("I took note", key="acknowledge-notice", disabled=notice.seen_at is not None):
        doing.attempt(
            f"acknowledge {notice.key}",
            lambda key: client.acknowledge_notification(notice.key, key=key),
            done="The notice is acknowledged.",
        )
