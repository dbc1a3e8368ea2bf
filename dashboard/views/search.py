"""The search box: a tip's number or any identifier, in any usual spelling."""

from __future__ import annotations

import streamlit as st

from client.errors import ApiError
from client.search import Found, SearchAnswer
from dashboard import state
from dashboard.components import notices
from dashboard.components.tables import table
from dashboard.views.tip_lists import open_tip, show_tips
from dashboard.wording import visible


def render() -> None:
    """Show the box, and what was found last."""
    with st.form("search-form"):
        text = st.text_input(
            "Tip number or any identifier",
            max_chars=2000,
            autocomplete="off",
            key="search-text",
            placeholder="e-mail, phone, IP address, hash, account, screen name, URL, device",
        )
        asked = st.form_submit_button("Search", type="primary", key="search-button")
    if asked and text is not None and text.strip() != "":
        _ask(text.strip())
    found = state.session().found
    if found is not None:
        _show(found)


def _ask(text: str) -> None:
    here = state.session()
    try:
        here.found = state.connected().search(text)
    except ApiError as error:
        here.found = None
        notices.failure(error)
        return
    here.open_tip = None
    if len(here.found.tips) == 1 and len(here.found.found) == 0:
        only, here.found = here.found.tips[0].key, None
        open_tip(only)


def _show(answer: SearchAnswer) -> None:
    st.header("Found")
    for taken in answer.taken_for:
        reason = "" if taken.state_reason is None else f" ({visible(taken.state_reason)})"
        st.text(f"Read as {taken.kind}: {visible(taken.display)}{reason}")
    if len(answer.tips) == 0 and len(answer.found) == 0:
        st.text(
            "Nothing in this store has it, as of the time below. That says nothing about other "
            "stores. Check the spelling, or search for another identifier."
        )
    if len(answer.tips) > 0:
        st.subheader("Tips with this number")
        show_tips(answer.tips, name="search-tips", answer=answer, empty="")
    for at, found in enumerate(answer.found):
        _identifier(found, at, answer)
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)
    if st.button("Clear search", key="search-clear"):
        state.session().found = None
        st.rerun()


def _identifier(found: Found, at: int, answer: SearchAnswer) -> None:
    row = found.identifier
    st.subheader(f"{row.kind} in the graph")
    st.text(visible(row.key))
    st.text(
        f"{row.mention_count} tips mention it, {row.tip_count} of them with a role that links; "
        f"{row.claim_count} claims. State: {row.state}"
        + ("" if row.state_reason is None else f" ({visible(row.state_reason)})")
    )
    show_tips(found.tips, name=f"found-{at}", answer=answer, empty="No tip mentions it.")
    table(
        {
            "Investigation": [visible(claim.investigation) for claim in found.claims],
            "Agency": [visible(claim.agency) for claim in found.claims],
            "Reference": [visible(claim.reference) for claim in found.claims],
            "Status": [visible(claim.status) for claim in found.claims],
            "Role": [visible(claim.role) for claim in found.claims],
        },
        name=f"claims-{at}",
        answer=answer,
        empty="No investigation in this store claims it.",
    )
