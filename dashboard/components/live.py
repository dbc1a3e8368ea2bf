"""How many notices wait, on every page of casework: looked at every two seconds.

The look is no sign of life and writes no leaf (`GET /v1/notifications/count`): a session that
nobody uses ends although its page looks on, and the page then goes back to the log-in.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import streamlit as st

from client.errors import ApiError
from client.resources.log_on import WhoAnswer
from client.resources.notifications import NoticeCount
from dashboard import state
from dashboard.failures import guarded

EVERY_S: Final = 2.0
OVER: Final = "This log-in was not accepted, or is over. Log in again."
READERS: Final = frozenset({"analyst", "investigator", "prosecutor", "supervisor"})
LIST_PAGE: Final = "app_pages/conflicts.py"


@dataclass(slots=True)
class Looked:
    """What was seen last."""

    newest_at: str | None = None
    is_first: bool = True


def is_told(who: WhoAnswer | None) -> bool:
    """Say whether somebody gets notices; a token stands for nobody whom they could tell."""
    return who is not None and not READERS.isdisjoint(who.roles)


def label_of(count: NoticeCount | None) -> str:
    """Give what the button says; None: it could not be asked."""
    if count is None:
        return "Notices: not known"
    number = f"{count.unseen}+" if count.is_more else str(count.unseen)
    urgent = f", {count.urgent} urgent" if count.urgent > 0 else ""
    return f"Notices: {number}{urgent}"


def render() -> None:
    """Show the counter to whoever gets notices."""
    if is_told(state.session().who):
        _counter()


@st.fragment(run_every=EVERY_S)
def _counter() -> None:
    guarded(_look)


def _look() -> None:
    client = state.session().client
    if client is None:
        return
    count: NoticeCount | None = None
    try:
        count = client.notification_count()
    except ApiError as error:
        if error.is_token_refused:
            # Nothing stays on the screen of a session that is over.
            state.forget((OVER, error.sentence))
            st.rerun()
    if count is not None and _is_news(count):
        st.toast("A new notice has come.", icon=":material/notifications:")
    if st.button(
        label_of(count),
        key="live-notices",
        type="primary" if count is not None and count.unseen > 0 else "secondary",
        help="Looked at every two seconds. Opens the notices and conflicts.",
    ):
        st.switch_page(LIST_PAGE)


def _is_news(count: NoticeCount) -> bool:
    looked = state.record(Looked)
    is_news = not looked.is_first and (count.newest_at or "") > (looked.newest_at or "")
    looked.is_first, looked.newest_at = False, max(count.newest_at or "", looked.newest_at or "")
    return is_news
