"""The log-in: user name, password and code; while nobody is entered, the installation's token."""

from __future__ import annotations

import streamlit as st

from client.errors import ApiError
from client.resources.log_on import LogOnAnswer, LogOnQuestion
from dashboard import state
from dashboard.components import notices
from dashboard.views import enrolment
from dashboard.wording import visible


def render() -> None:
    """Show the form that fits the store, and open the session when the API takes what is typed."""
    st.title("Crosstip")
    st.info(notices.CAVEAT, icon=":material/info:")
    for sentence in state.session().farewell:
        st.text(visible(sentence))
    try:
        how = state.how_to_log_on()
    except ApiError as error:
        notices.failure(error)
        st.button("Try again", key="try-again")
        return
    if how.opens == "installation token":
        _with_token()
        return
    _with_account(how)
    enrolment.render(how)


def _with_account(how: LogOnAnswer) -> None:
    with st.form("log-in"):
        st.text(visible(how.banner))
        accepted = st.checkbox("I have read this and accept it", key="accept-banner")
        user = st.text_input("User name", autocomplete="username", max_chars=64, key="user-name")
        password = st.text_input(
            "Password",
            type="password",
            autocomplete="current-password",
            max_chars=256,
            key="password",
        )
        code = st.text_input(
            "Code",
            autocomplete="one-time-code",
            max_chars=64,
            key="code",
            help="From your authenticator app, or a recovery code."
            if how.code_always
            else "Leave it empty where your account has no second factor.",
        )
        asked = st.form_submit_button("Log in", type="primary", key="log-in-button")
    if not asked:
        return
    if not accepted:
        st.error("Accept the notice above first.")
        return
    wanted = LogOnQuestion(
        user=user or "", password=password or "", code=code or None, banner=how.banner_version
    )
    try:
        state.log_in(wanted)
    except ApiError as error:
        notices.failure(error)
        return
    st.rerun()


def _with_token() -> None:
    with st.form("log-in"):
        token = st.text_input(
            "Access token",
            type="password",
            autocomplete="off",
            max_chars=256,
            key="access-token",
            help="Printed once by the command that started Crosstip, where nobody is entered yet.",
        )
        asked = st.form_submit_button("Log in", type="primary", key="log-in-button")
    if not asked:
        return
    if token is None or token.strip() == "":
        st.error("Enter the access token.")
        return
    try:
        state.log_in_with_token(token.strip())
    except ApiError as error:
        notices.failure(error)
        return
    st.rerun()
