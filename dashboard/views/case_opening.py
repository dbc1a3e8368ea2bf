"""The form that opens an investigation."""

from __future__ import annotations

import streamlit as st

from client.client import CrosstipClient
from client.resources.investigations import OpenCase
from dashboard import state
from dashboard.components import doing
from dashboard.desk.asking import PURPOSES

_CHECKS_ONLY = frozenset({"conflict resolution", "review"})
OPENING = tuple(name for name in PURPOSES if name not in _CHECKS_ONLY)
"""For what an investigation may be opened; a test compares it with the core's list."""


def show_opening(client: CrosstipClient) -> None:
    """Show the form to whoever may open one."""
    who = state.session().who
    if who is not None and {"investigator", "supervisor"}.isdisjoint(who.roles):
        return
    with st.expander("Open an investigation"), st.form("opening-form"):
        reference = st.text_input("Reference (required)", max_chars=200, key="opening-reference")
        purpose = st.selectbox("Purpose (required)", OPENING, index=None, key="opening-purpose")
        title = st.text_input("Title", max_chars=200, key="opening-title")
        contact = st.text_input(
            "Contact for other agencies",
            max_chars=200,
            key="opening-contact",
            help="Whom another agency calls about a hit; without one it is the agency's contact.",
        )
        asked = st.form_submit_button("Open", key="opening-button")
    if not asked:
        return
    name = (reference or "").strip()
    if name == "" or purpose is None:
        st.error("Give the reference and the purpose.")
        return
    said = {"title": (title or "").strip(), "contact": (contact or "").strip()}
    more = {field: text for field, text in said.items() if text != ""}
    wanted = OpenCase.model_validate({"reference": name, "purpose": purpose, **more})
    doing.attempt(
        f"open {wanted.model_dump_json()}",
        lambda key: client.open_investigation(wanted, key=key),
        done="The investigation is open. Claim what it works on.",
    )
