"""The page Quarantine: documents that could not be taken in, why, and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.investigations import Reason
from client.resources.quarantine import QuarantinePage
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row
from dashboard.desk.quarantine_lists import quarantine_columns, record_of
from dashboard.views import quarantine_tally

_LONGEST = 2000


@dataclass(slots=True)
class QuarantineDesk:
    """Which page is shown."""

    pages: tuple[str, ...] = ("",)


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("Quarantine", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    st.text(
        "Documents handed in for your agency that could not be taken in. None of them is counted "
        "as a tip: somebody must try again, for example after an update, or dismiss it."
    )
    desk = state.record(QuarantineDesk)
    try:
        page = client.quarantine(after=desk.pages[-1])
    except ApiError as error:
        desk.pages = ("",)
        notices.failure(error)
        return
    chosen = chosen_row(
        quarantine_columns(page.items),
        name="quarantine",
        answer=page,
        empty="Nothing waits, as of the time below.",
        by="Document",
        label="Choose a document",
    )
    _turn(desk, page)
    if chosen is not None:
        _one(client, page.items[chosen].id)
    notices.footing(page)
    quarantine_tally.show(client)


def _turn(desk: QuarantineDesk, page: QuarantinePage) -> None:
    if len(desk.pages) == 1 and page.next_after is None:
        return
    back, onward = st.columns(2)
    if back.button("Page before", key="quarantine-before", disabled=len(desk.pages) == 1):
        desk.pages = desk.pages[:-1]
        st.rerun()
    if onward.button("Next page", key="quarantine-next", disabled=page.next_after is None):
        desk.pages = (*desk.pages, page.next_after or "")
        st.rerun()


def _one(client: CrosstipClient, name: str) -> None:
    try:
        entry = client.quarantined(name)
    except ApiError as error:
        notices.failure(error)
        return
    st.subheader("The record")
    for label, text in record_of(entry):
        st.text(f"{label}: {text}")
    st.text(
        "Its text may hold anything and is shown nowhere: it stays in the quarantine of the "
        "installation, where whoever runs it finds it by this entry's name."
    )
    if entry.dismissed_at is not None:
        return
    if st.button("Try again", key="retry-entry"):
        doing.attempt(
            f"retry {entry.id} {entry.attempts}",
            lambda key: client.retry_quarantined(entry.id, key=key),
            done="A job tries it again. Look at this list in a moment.",
        )
    with st.form("dismiss-form"):
        why = st.text_area(
            "Why it is not taken in",
            max_chars=_LONGEST,
            key="dismiss-why",
            help="Its text goes for good; who, when and why stay.",
        )
        asked = st.form_submit_button("Dismiss", key="dismiss-button")
    if not asked:
        return
    if why is None or why.strip() == "":
        st.error("Say why: its text goes for good.")
        return
    wanted = Reason(why=why.strip())
    doing.attempt(
        f"dismiss {entry.id} {wanted.why}",
        lambda key: client.dismiss_quarantined(entry.id, wanted, key=key),
        done="Dismissed. Who, when and why stay.",
    )
