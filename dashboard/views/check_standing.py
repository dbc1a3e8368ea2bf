"""Look-ups that are left, and long lists that wait for a supervisor."""

from __future__ import annotations

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row, table
from dashboard.desk.check_results import budget_columns, request_columns


def show_budgets(client: CrosstipClient) -> None:
    """Show what somebody and their agency have left."""
    st.header("Look-ups left")
    try:
        answer = client.check_budgets()
    except ApiError as error:
        notices.failure(error)
        return
    table(budget_columns(answer.items), name="budgets", answer=answer, empty="Nobody has any.")
    st.text("Your investigation's own claims and what your tips state cost nothing.")


def show_requests(client: CrosstipClient) -> None:
    """Show lists that wait; a supervisor approves those of others."""
    st.header("Long lists that wait for approval")
    try:
        answer = client.check_requests_that_wait()
    except ApiError as error:
        notices.failure(error)
        return
    chosen = chosen_row(
        request_columns(answer.items),
        name="requests",
        answer=answer,
        empty="No list waits.",
        by="Request",
        label="Choose a request",
    )
    who = state.session().who
    if chosen is None or (who is not None and "supervisor" not in who.roles):
        return
    request = answer.items[chosen]
    if st.button("Approve this list", key="approve-list"):
        doing.attempt(
            f"approve {request.key}",
            lambda key: client.approve_check_request(request.key, key=key),
            done="Approved: the asker sends the same list again.",
        )
