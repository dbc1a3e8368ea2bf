"""The page Conflicts: what waits, one conflict with all that is told of it, and notices."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.conflicts import ConflictPage
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row
from dashboard.desk.conflict_lists import conflict_columns
from dashboard.views import conflict_one
from dashboard.views.notice_list import show_notices


@dataclass(slots=True)
class ConflictDesk:
    """Which page of the list is shown, and which conflict is open."""

    pages: tuple[str, ...] = ("",)
    opened: str | None = None


def render() -> None:
    """Show the page."""
    client = state.connected()
    desk = state.record(ConflictDesk)
    notices.page_head("Conflicts", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    if desk.opened is not None:
        if st.button("Back to the list", key="conflict-back"):
            desk.opened = None
            st.rerun()
        conflict_one.show(client, desk.opened)
        return
    show_notices(client)
    _list(client, desk)


def _list(client: CrosstipClient, desk: ConflictDesk) -> None:
    st.header("Conflicts")
    st.text(
        "Investigations of yours that meet those of another agency. What waits comes first. This "
        "is subject deconfliction, not event safety."
    )
    with_resolved = st.checkbox("Resolved ones as well", key="with-resolved")
    try:
        page = client.conflicts(with_resolved=with_resolved, after=desk.pages[-1])
    except ApiError as error:
        notices.failure(error)
        return
    chosen = chosen_row(
        conflict_columns(page.items, as_of=page.as_of),
        name="conflicts",
        answer=page,
        empty="Your side is told of no conflict, as of the time below. Others may work the same.",
        by=("Our investigation", "Other agency", "Their investigation"),
        label="Choose a conflict",
    )
    if chosen is not None and st.button("Open conflict", key="open-conflict"):
        desk.opened = page.items[chosen].ref
        st.rerun()
    _turn(desk, page)
    notices.footing(page)


def _turn(desk: ConflictDesk, page: ConflictPage) -> None:
    if len(desk.pages) == 1 and page.next_after is None:
        return
    back, onward = st.columns(2)
    if back.button("Page before", key="conflicts-before", disabled=len(desk.pages) == 1):
        desk.pages = desk.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="conflicts-next", disabled=page.next_after is None):
        desk.pages = (*desk.pages, page.next_after or "")
        st.rerun()
