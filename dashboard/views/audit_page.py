"""The page Audit: who did what with a record, and whether the log still is what was kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.proofs import ProofError
from client.resources.audit import LedgerAnswer, LedgerQuestion
from dashboard import state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row
from dashboard.desk.audit_lists import ledger_columns, narrowed, record_said
from dashboard.views import audit_verifying

_MOST = 5000


@dataclass(slots=True)
class AuditDesk:
    """What was asked last."""

    record: str = ""
    answer: LedgerAnswer | None = None


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("Audit", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    st.text(
        "Your own log: what was done with a record, who was shown it, and whether the log still "
        "is what it was. Looking here is in the log as well."
    )
    _ask(client)
    desk = state.record(AuditDesk)
    if desk.answer is not None:
        _lines(client, desk.record, desk.answer)
    audit_verifying.render(client)


def _ask(client: CrosstipClient) -> None:
    st.subheader("Who did what with a record")
    with st.form("ledger-form"):
        record = st.text_input(
            "Record",
            max_chars=2000,
            key="ledger-record",
            help="Its key, such as ncmec:123456789 for a tip, north|A-1 for an investigation, or "
            "a user's name.",
        )
        asked = st.form_submit_button("Look", type="primary", key="ledger-button")
    if not asked:
        return
    desk = state.record(AuditDesk)
    desk.record, desk.answer = (record or "").strip(), None
    if desk.record == "":
        st.error("Say which record.")
        return
    try:
        desk.answer = client.audit_ledger(LedgerQuestion(record=desk.record, limit=_MOST))
    except ApiError as error:
        notices.failure(error)


def _lines(client: CrosstipClient, record: str, answer: LedgerAnswer) -> None:
    who, what, since, until = st.columns(4)
    lines = narrowed(
        answer.lines,
        who=(who.text_input("Who", max_chars=64, key="ledger-who") or "").strip(),
        what=(what.text_input("What", max_chars=64, key="ledger-what") or "").strip(),
        first=_day(since.date_input("From (UTC)", value=None, key="ledger-from")),
        last=_day(until.date_input("Until (UTC)", value=None, key="ledger-until")),
    )
    st.text(f"{record}: {len(lines)} of {len(answer.lines)} entries.")
    chosen = chosen_row(
        ledger_columns(lines),
        name="ledger",
        answer=answer,
        empty="Your log says nothing of it that fits, as of the time below.",
        by="Entry",
        label="Choose an entry",
    )
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)
    if chosen is not None:
        _one(client, lines[chosen].entry)


def _day(value: date | tuple[date, ...] | None) -> str:
    return value.isoformat() if isinstance(value, date) else ""


def _one(client: CrosstipClient, entry: str) -> None:
    st.subheader("The entry")
    try:
        proof = client.prove_audit_entry(entry)
        said = record_said(proof.file)
    except ApiError as error:
        notices.failure(error)
        st.text("An entry that has no number, or that no checkpoint signs yet, has no proof yet.")
        return
    except ProofError as error:
        audit_verifying.broken(error)
        return
    for line in said:
        st.text(line)
    st.download_button(
        "Download the proof",
        data=audit_verifying.as_file(proof.file),
        file_name=f"crosstip-proof-{entry}.json",
        mime="application/json",
        key="entry-proof",
        help="`standalone_verifier.py proof FILE --key KEY` checks it without Crosstip.",
        on_click="ignore",
    )
