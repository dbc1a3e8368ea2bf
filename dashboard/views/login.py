"""The log-in: the access token that `crosstip up` printed, kept in this tab's session only."""

from __future__ import annotations

import streamlit as st

from client.errors import ApiError
from dashboard import state
from dashboard.components import notices


def render() -> None:
    """Show the form, and open the session when the API takes the token."""
    st.title("Crosstip")
    st.info(notices.CAVEAT, icon=":material/info:")
    with st.form("log-in"):
        token = st.text_input(
            "Access token",
            type="password",
            autocomplete="off",
            max_chars=256,
            key="access-token",
            help="Printed once by the command that started Crosstip.",
        )
        asked = st.form_submit_button("Log in", type="primary", key="log-in-button")
    if not asked:
        return
    if token is None or token.strip() == "":
        st.error("Enter the access token.")
        return
    try:
        state.log_in(token.strip())
    except ApiError as error:
        notices.failure(error)
        return
    st.rerun()
