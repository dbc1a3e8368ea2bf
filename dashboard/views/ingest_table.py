"""A table of tips on the page Hand in: what its columns say is proposed, tried, then handed in."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.jobs import MappingProposal, TableOfTips, TableToLookAt
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import table
from dashboard.desk.table_lists import guess_columns, would_say
from dashboard.views.ingest_progress import Uploads
from dashboard.wording import one_line, visible

TYPES = ("csv", "tsv", "xlsx")
_MAPPING = "table-mapping"
_LONGEST_NAME, _LONGEST_MAPPING = 200, 65_536
_HELP = (
    "One tip a row, or several rows of one number. The first line names the columns. Media in a "
    "workbook are never kept."
)


@dataclass(slots=True)
class TableDesk:
    """The table that is looked at, and what was proposed or tried last."""

    round: int = 0
    name: str = ""
    data: bytes = b""
    tried: str = ""
    """The mapping that `proposal` is of."""
    proposal: MappingProposal | None = None


def show(client: CrosstipClient) -> None:
    """Show the box for a table, and what becomes of it."""
    desk = state.record(TableDesk)
    with st.expander("A table of tips (CSV, XLSX)", expanded=desk.proposal is not None):
        chosen = st.file_uploader("Table", type=TYPES, key=f"table-file-{desk.round}", help=_HELP)
        if chosen is None:
            desk.proposal = None
            return
        if st.button("Look at its columns", key="table-look"):
            desk.name, desk.data = chosen.name[-_LONGEST_NAME:], chosen.getvalue()
            _try(client, desk, None)
        if desk.proposal is not None:
            _proposed(client, desk, desk.proposal)


def _try(client: CrosstipClient, desk: TableDesk, mapping: str | None) -> bool:
    """Ask what a mapping, or one that is proposed, makes of the table; say whether that is known.

    Nothing is taken in.
    """
    wanted = TableToLookAt(table=b64encode(desk.data).decode("ascii"), mapping=mapping)
    try:
        found = client.propose_mapping(wanted)
    except ApiError as error:
        notices.failure(error)
        return False
    desk.proposal, desk.tried = found, found.mapping if mapping is None else mapping
    if mapping is None:
        st.session_state[_MAPPING] = found.mapping
    return True


def _proposed(client: CrosstipClient, desk: TableDesk, proposal: MappingProposal) -> None:
    st.text(f"{one_line(desk.name)}: nothing is taken in yet.")
    table(guess_columns(proposal), name="table-columns", answer=proposal, empty="No column.")
    mapping = st.text_area(
        "What its columns say: check it, and say who reports (reporter_role)",
        max_chars=_LONGEST_MAPPING,
        height=260,
        key=_MAPPING,
    )
    for sentence in would_say(proposal):
        st.text(sentence)
    left, right, _ = st.columns([1, 1, 3])
    if left.button("Try this mapping", key="table-try") and _try(client, desk, mapping or ""):
        st.rerun()
    is_tried = mapping == desk.tried
    if not is_tried:
        st.text("The mapping was changed since it was tried: try it before it is handed in.")
    if right.button("Hand the table in", key="table-send", type="primary", disabled=not is_tried):
        _send(client, desk)


def _send(client: CrosstipClient, desk: TableDesk) -> None:
    wanted = TableOfTips(
        table=b64encode(desk.data).decode("ascii"),
        mapping=desk.tried,
        name=visible(desk.name),
        synthetic=state.session().synthetic,
    )

    def work(key: str) -> None:
        job = client.upload_table(wanted, key=key)
        state.record(Uploads).note(job.key, desk.name)
        desk.round, desk.proposal, desk.data = desk.round + 1, None, b""

    doing.attempt(
        f"table {desk.round} {desk.name} {desk.tried}",
        work,
        done="The table is received. What becomes of its rows is shown below.",
    )
