"""Enrolment: password and second factor, set with a one-time code from an administrator."""

from __future__ import annotations

import streamlit as st

from client.errors import ApiError
from client.resources.log_on import EnrolmentQuestion, LogOnAnswer, OfferQuestion
from dashboard import state
from dashboard.components import notices


def render(how: LogOnAnswer) -> None:
    """Show the two steps: the code that was given, then what is set with it."""
    here = state.session()
    with st.expander("First time here, or a new second factor", expanded=here.offer is not None):
        with st.form("enrol-offer"):
            user = st.text_input("Your user name", max_chars=64, key="enrol-user")
            code = st.text_input(
                "Enrolment code", autocomplete="off", max_chars=64, key="enrol-code"
            )
            asked = st.form_submit_button("Next", key="enrol-offer-button")
        if asked:
            _offer(OfferQuestion(user=user or "", enrolment_code=code or ""))
        if here.offer is not None:
            _set(needs_code=how.code_always)
        for recovery in here.recovery:
            st.code(recovery, language=None)


def _offer(wanted: OfferQuestion) -> None:
    here = state.session()
    try:
        with state.anonymous() as client:
            here.offer = (wanted, client.offer_second_factor(wanted))
    except ApiError as error:
        here.offer = None
        notices.failure(error)


def _set(*, needs_code: bool) -> None:
    here = state.session()
    if here.offer is None:
        return
    asked_for, offer = here.offer
    st.text("Enter this secret in an authenticator app, as a time-based account:")
    st.code(offer.secret, language=None)
    password, again, factor, asked = _fields(needs_code=needs_code)
    if not asked:
        return
    if password != again:
        st.error("The two passwords differ.")
        return
    wanted = EnrolmentQuestion(
        user=asked_for.user,
        enrolment_code=asked_for.enrolment_code,
        password=password,
        code=factor or None,
    )
    try:
        with state.anonymous() as client:
            here.recovery = client.enrol(wanted).recovery_codes
    except ApiError as error:
        notices.failure(error)
        return
    here.offer = None
    st.success(
        "Done: log in above. Keep these recovery codes on paper; each opens once in place of a "
        "code, and they are not shown again."
        if len(here.recovery) > 0
        else "Done: log in above."
    )


def _fields(*, needs_code: bool) -> tuple[str, str, str, bool]:
    """Show the form and give password, the same again, code, and whether it was sent."""
    with st.form("enrol"):
        password = st.text_input(
            "New password (12 characters or more)",
            type="password",
            autocomplete="new-password",
            max_chars=256,
            key="enrol-password",
        )
        again = st.text_input(
            "The same again",
            type="password",
            autocomplete="new-password",
            max_chars=256,
            key="enrol-again",
        )
        factor = st.text_input(
            "Code that the app shows now" if needs_code else "Code that the app shows, if wanted",
            autocomplete="one-time-code",
            max_chars=6,
            key="enrol-factor",
        )
        asked = st.form_submit_button("Set password and second factor", key="enrol-button")
    return password or "", again or "", factor or "", asked
