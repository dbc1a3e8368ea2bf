"""The page Claims: my investigations, their claims, what is to be reviewed, and what is added."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row, table
from dashboard.desk.cases import MOST, Cases, is_of_team, read_cases
from dashboard.desk.claim_lists import case_columns, claim_columns
from dashboard.views import case_one
from dashboard.views.case_opening import show_opening

DUE_DAYS = 30


@dataclass(slots=True)
class ClaimDesk:
    """Which investigation is open."""

    opened: str | None = None


def render() -> None:
    """Show the page."""
    client = state.connected()
    desk = state.record(ClaimDesk)
    notices.page_head("Claims", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    if desk.opened is not None:
        if st.button("Back to my investigations", key="case-back"):
            desk.opened = None
            st.rerun()
        case_one.show(client, desk.opened)
        return
    try:
        cases = read_cases(client)
    except ApiError as error:
        notices.failure(error)
        return
    _cases(desk, cases)
    _due(client)
    show_opening(client)


def _cases(desk: ClaimDesk, cases: Cases) -> None:
    st.header("Investigations")
    who = state.session().who
    is_all = st.checkbox("All of the agency, not only mine", key="all-cases", value=who is None)
    user = None if is_all or who is None else who.user
    shown = [case for case in cases.items if is_of_team(case, user)]
    chosen = chosen_row(
        case_columns(shown),
        name="cases",
        answer=cases.page,
        empty="You lead none and are a deputy in none. Open one below, or look at the agency's.",
        by="Investigation",
        label="Choose an investigation",
    )
    if cases.is_cut:
        notices.cut_offs([f"investigations after the first {MOST}"])
    if chosen is not None and st.button("Open investigation", key="open-case"):
        desk.opened = shown[chosen].reference
        st.rerun()
    notices.footing(cases.page)


def _due(client: CrosstipClient) -> None:
    st.header("To be reviewed soon")
    st.text(f"Claims whose review is due within {DUE_DAYS} days. After that day they are gone.")
    try:
        due = client.due_claims(days=DUE_DAYS)
    except ApiError as error:
        notices.failure(error)
        return
    table(
        claim_columns(due.items, as_of=due.as_of),
        name="due-claims",
        answer=due,
        empty=f"No claim that you may see is due within {DUE_DAYS} days.",
    )
    notices.cut_offs(due.cut_off)
    notices.footing(due)
