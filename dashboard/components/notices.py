"""What every page says: made-up data, the caveat, what was left out, and what went wrong."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from client.answers import Answer
from client.errors import ApiError
from dashboard import state
from dashboard.components import help_box, live
from dashboard.wording import visible

CAVEAT = "Investigative lead, not identification."
SYNTHETIC = "SYNTHETIC: all data here is made up and about no real person."

_WHAT_TO_DO = {
    "token": "The access token was not accepted. Log in again with the one that Crosstip printed.",
    "log-on": live.OVER,
    "throttled": "Log-in failed too often from here. Wait, or ask your administrator.",
    "api-away": "The API does not answer. Start Crosstip, or look at its messages.",
    "api-busy": "Too many people ask at once. Try again in a moment.",
    "api-slow": "The API gave no answer in time. Try again.",
    "store-unavailable": "The store does not answer, so nothing is known. This is not an empty "
    "result. Try again in a few seconds.",
    "not-found": "There is no such record.",
}


def page_head(title: str, *, synthetic: bool) -> None:
    """Show the page's title, the way out, whether all is made up, and the caveat."""
    left, middle, aside, right = st.columns([5, 2, 1, 1], vertical_alignment="center")
    left.title(title)
    with middle:
        live.render()
    with aside:
        help_box.button(title)
    if right.button("Log out", key="log-out"):
        state.log_out()
        st.rerun()
    if not synthetic:
        st.info(CAVEAT, icon=":material/info:")
        return
    # Side by side: what the page is about begins higher up.
    first, second = st.columns([3, 2])
    first.warning(f"**{SYNTHETIC}**", icon=":material/science:")
    second.info(CAVEAT, icon=":material/info:")


def footing(answer: Answer) -> None:
    """Say when an answer was read and from which queries."""
    st.caption(f"As of {answer.as_of}. Queries: {', '.join(answer.queries)}.")


def cut_offs(sentences: Iterable[str]) -> None:
    """Show what an answer leaves out."""
    for sentence in sentences:
        st.text(f"Left out: {visible(sentence)}")


def failure(error: ApiError) -> None:
    """Say what went wrong and what to do. The API's sentence is shown as it is, as plain text.

    Whose session is over, by idling, elsewhere or with the account, is sent to the log-in: nothing
    stays on the screen.
    """
    if error.is_token_refused and state.session().client is not None:
        state.forget((_WHAT_TO_DO["log-on"], error.sentence))
        st.rerun()
    st.error(_WHAT_TO_DO.get(error.code, "This could not be answered."), icon=":material/error:")
    st.text(f"{visible(error.sentence)} ({visible(error.code)})")
