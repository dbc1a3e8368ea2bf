"""The form that enters what was sent to a provider."""

from __future__ import annotations

from typing import Final, get_args

import streamlit as st

from client.resources.provider_requests import EnterProviderRequest, ProviderKind
from dashboard import state
from dashboard.components.deeds import attempt
from dashboard.desk.desk_lists import about
from dashboard.desk.desk_steps import LETTER, SENDS, is_one_of

_KINDS: Final[tuple[ProviderKind, ...]] = get_args(ProviderKind)


def show_entering() -> None:
    """Show the form to whoever may enter what was sent."""
    if not is_one_of(state.session().who, SENDS):
        return
    st.header("Enter what was sent")
    st.text(
        "A letter's 90 days follow from 18 U.S.C. 2703(f)(2); a subpoena, order or warrant names "
        "its day of return. Days are those of your agency's time zone."
    )
    with st.form("provider-form"):
        tip = st.text_input("Tip number", max_chars=200, placeholder="ncmec:198000001")
        case = st.text_input("Or the reference of an investigation", max_chars=200)
        kind = st.selectbox("What was sent", _KINDS)
        provider = st.text_input("Provider", max_chars=200).strip()
        reference = st.text_input("Reference", max_chars=200).strip()
        sent = st.date_input("Sent on", value=None)
        due = st.date_input("Day of return (not for a letter)", value=None)
        if not st.form_submit_button("Enter it", key="provider-enter", type="primary"):
            return
    found = about(tip, case)
    if found is None or provider == "" or reference == "" or sent is None:
        st.error(
            "Still needed: a tip's number or an investigation's reference (one of the two), the "
            "provider, a reference, and the day on which it was sent."
        )
        return
    if (kind == LETTER) != (due is None):
        st.error("A letter has no day of return, its end follows from the statute; others need it.")
        return
    wanted = EnterProviderRequest(
        tip=found.tip,
        investigation=found.investigation,
        kind=kind,
        provider=provider,
        reference=reference,
        sent_on=sent.isoformat(),
        due_on=None if due is None else due.isoformat(),
    )
    client = state.connected()

    def work(key: str) -> str:
        done = client.enter_provider_request(wanted, key=key)
        return f"Entered. It ends on {done.ends_on} ({done.source}). {done.says}"

    if attempt(f"enter {wanted.model_dump_json()}", work):
        st.rerun()
