"""The quarantine by provider, on the pages Quarantine and Caseload."""

from __future__ import annotations

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from dashboard.components import notices
from dashboard.components.tables import table
from dashboard.desk.quarantine_lists import tally_columns


def show(client: CrosstipClient) -> None:
    """Show whose documents could not be taken in; a document that names nobody is a row too."""
    st.header("Quarantine by provider")
    st.text(
        "Counted by the provider that a document names, unchecked. What cannot be read so far is "
        "not known, and none of it is counted as a tip."
    )
    try:
        answer = client.tally_quarantine()
    except ApiError as error:
        notices.failure(error)
        return
    table(
        tally_columns(answer.items),
        name="quarantine-tally",
        answer=answer,
        empty="Nothing is in quarantine, as of the time below.",
    )
    notices.footing(answer)
