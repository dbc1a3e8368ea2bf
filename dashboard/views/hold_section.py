"""Legal holds: what must not be purged, placed and ended by supervisors, each with a reason."""

from __future__ import annotations

from typing import Final, get_args

import streamlit as st

from client.errors import ApiError
from client.resources.investigations import Reason
from client.resources.retention import HeldKind, LegalHolds, PlaceHold
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.tables import table
from dashboard.desk.desk_steps import is_one_of
from dashboard.desk.retention_lists import LEADS, hold_columns, running
from dashboard.desk.tip_numbers import tip_key

_KINDS: Final[tuple[HeldKind, ...]] = get_args(HeldKind)


def show_holds() -> None:
    """Show the holds, and the forms to whoever places and ends them."""
    st.header("Legal holds")
    st.text(
        "What is on hold is not purged. A hold on an investigation keeps every tip that states "
        "what it claims. No other agency learns of it."
    )
    try:
        answer = state.connected().legal_holds()
    except ApiError as error:
        notices.failure(error)
        return
    table(
        hold_columns(answer.items),
        name="holds",
        answer=answer,
        empty="Nothing of your agency is on hold, or ever was.",
    )
    notices.cut_offs(answer.cut_off)
    if is_one_of(state.session().who, LEADS):
        _place()
        _end(answer)
    else:
        st.text("Supervisors of your agency place and end legal holds.")
    notices.footing(answer)


def _place() -> None:
    st.subheader("Place a hold")
    with st.form("hold-form"):
        about = st.radio("On", _KINDS, horizontal=True, key="hold-about")
        subject = st.text_input(
            "Tip number or reference of the investigation (of the agency: leave it empty)",
            max_chars=200,
        ).strip()
        reference = st.text_input("The order or letter that asks for it", max_chars=200).strip()
        why = st.text_area("Why", max_chars=2000, height=80).strip()
        if not st.form_submit_button("Place the hold", key="hold-place", type="primary"):
            return
    if reference == "" or why == "" or (about == "agency") != (subject == ""):
        st.error(
            "Still needed: the order or letter, why, and of a tip or an investigation which one. A "
            "hold on the whole agency names none."
        )
        return
    wanted = PlaceHold(
        about=about,
        subject=tip_key(subject) if about == "tip" else subject,
        why=why,
        reference=reference,
    )
    client = state.connected()

    def work(key: str) -> str:
        done = client.place_legal_hold(wanted, key=key)
        return f"Placed by {done.placed_by}. From now on nothing of it is purged."

    if attempt(f"hold {wanted.model_dump_json()}", work):
        st.rerun()


def _end(answer: LegalHolds) -> None:
    lines = running(answer.items)
    if len(lines) == 0:
        return
    st.subheader("End a hold")
    with st.form("hold-end-form"):
        chosen = st.selectbox(
            "Which hold",
            list(lines),
            index=None,
            format_func=lambda key: lines.get(key, key),
            key="hold-which",
        )
        why = st.text_area("Why it ends", max_chars=2000, height=80).strip()
        if not st.form_submit_button("End the hold", key="hold-end", type="primary"):
            return
    if chosen is None or why == "":
        st.error("Still needed: which hold, and why it ends. What is due then goes.")
        return
    client = state.connected()

    def work(key: str) -> str:
        done = client.end_legal_hold(chosen, Reason(why=why), key=key)
        return f"Ended by {done.ended_by}. What is due goes with the next purge."

    if attempt(f"end hold {chosen} {why}", work):
        st.rerun()
