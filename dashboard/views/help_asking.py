"""The form that asks another agency for assistance: shown as it would be read, then sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import streamlit as st

from client.errors import ApiError
from client.resources.agencies import Agency
from client.resources.assistance import AskAssistance, HelpKind, HelpPreview
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.facts import facts
from dashboard.desk.agency_choice import agencies_here, agency_line
from dashboard.desk.desk_lists import at_utc, shown_facts
from dashboard.desk.desk_steps import SENDS, is_one_of
from dashboard.wording import visible

_KINDS: Final[tuple[HelpKind, ...]] = get_args(HelpKind)


@dataclass(slots=True)
class Asking:
    """What is about to be asked."""

    agencies: tuple[Agency, ...] = ()
    wanted: AskAssistance | None = None
    preview: HelpPreview | None = None
    """What the other agency would read of exactly that."""


def show_asking() -> None:
    """Show the form to whoever may ask, or what would be read."""
    if not is_one_of(state.session().who, SENDS):
        return
    asking = state.record(Asking)
    st.header("Ask another agency for assistance")
    if asking.wanted is not None and asking.preview is not None:
        _send(asking, asking.wanted, asking.preview)
        return
    if not st.checkbox("Write a request", key="help-write"):
        return
    if len(asking.agencies) == 0:
        try:
            asking.agencies = agencies_here(state.connected())
        except ApiError as error:
            notices.failure(error)
            return
    who = state.session().who
    own = None if who is None else who.agency
    others = {one.key: one for one in asking.agencies if one.key != own}
    if len(others) == 0:
        st.text("No other agency is entered here. Whoever runs Crosstip enters agencies.")
        return
    _form(asking, others)


def _form(asking: Asking, others: dict[str, Agency]) -> None:
    with st.form("help-form"):
        to = st.selectbox(
            "Asked of", list(others), index=None, format_func=lambda key: agency_line(others[key])
        )
        kind = st.selectbox("What kind of help", _KINDS)
        reference = st.text_input("Your reference of the matter", max_chars=200).strip()
        needed = st.text_area("What is needed", max_chars=2000, height=80).strip()
        day = st.date_input("By (last day, UTC)", value=None)
        contact = st.text_input("Whom to call (empty: your agency's contact)", max_chars=200)
        if not st.form_submit_button("Show what they would read", key="help-preview"):
            return
    due = at_utc(day, None)
    if to is None or reference == "" or needed == "" or due is None:
        st.error("Still needed: of whom, your reference, what is needed, and by when.")
        return
    wanted = AskAssistance(
        to=to,
        kind=kind,
        reference=reference,
        needed=needed,
        due_at=due,
        contact=contact.strip() or None,
    )
    try:
        preview = state.connected().preview_assistance(wanted)
    except ApiError as error:
        notices.failure(error)
        return
    asking.wanted, asking.preview = wanted, preview
    st.rerun()


def _send(asking: Asking, wanted: AskAssistance, preview: HelpPreview) -> None:
    st.warning("Nothing is sent yet. This, word for word, is what the other agency would read.")
    facts((("Asked of", visible(wanted.to)),))
    facts(shown_facts(preview))
    send, change, _ = st.columns([1, 1, 4])
    if change.button("Write it anew", key="help-anew"):
        asking.wanted = asking.preview = None
        st.rerun()
    if not send.button("Send it", key="help-send", type="primary"):
        return
    client = state.connected()

    def work(key: str) -> str:
        done = client.ask_assistance(wanted, key=key)
        return f"{done.helper} is asked. Your receipt stands with the request."

    if attempt(f"ask {wanted.model_dump_json()}", work):
        asking.wanted = asking.preview = None
        st.rerun()
