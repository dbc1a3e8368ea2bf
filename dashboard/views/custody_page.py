"""The page Custody: where a tip came from, and who did what with it at the own agency."""

from __future__ import annotations

from typing import Final

import streamlit as st

from client.errors import ApiError
from client.resources.custody import CustodyAnswer
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import tell
from dashboard.components.facts import facts
from dashboard.components.tables import table
from dashboard.desk.custody_lists import (
    document_columns,
    entry_columns,
    faulty,
    handoff_columns,
    heads,
    kinds_said,
    move_columns,
    verification_columns,
    version_columns,
)
from dashboard.desk.tip_numbers import tip_key
from dashboard.views.custody_bundle import show_bundle
from dashboard.views.custody_given import CustodyView
from dashboard.wording import visible

_PER_PAGE: Final = 200


def render() -> None:
    """Show the page."""
    state.connected()
    notices.page_head("Custody", synthetic=state.session().synthetic)
    tell()
    st.text(
        "Where a tip came from, and who of your agency saw it, decided about it and passed it on. "
        "Looking at it is an entry of your agency's log. No value that the tip states stands here."
    )
    view = state.record(CustodyView)
    _ask(view)
    if view.tip == "":
        st.text("Enter the number of a tip that your agency holds, or open one on the page Tip.")
        return
    if view.answer is None:
        try:
            view.answer = state.connected().tip_custody(view.tip)
        except ApiError as error:
            notices.failure(error)
            if error.code == "not-found":
                st.text(
                    "Check the number. Custody is told to agencies that hold the tip; of one that "
                    "yours holds no longer, your auditor has the log."
                )
            return
    _show(view, view.answer)


def _ask(view: CustodyView) -> None:
    with st.form("custody-ask-form"):
        box, press = st.columns([4, 1], vertical_alignment="bottom")
        typed = box.text_input(
            "Tip number",
            value=view.tip,
            max_chars=200,
            placeholder="ncmec:198000001",
            help="A bare number is one of NCMEC's. Reading it again is another entry of the log.",
        )
        asked = press.form_submit_button("Show custody", key="custody-ask")
    if asked:
        view.turn_to(tip_key(typed))
        st.rerun()


def _show(view: CustodyView, answer: CustodyAnswer) -> None:
    st.header("The tip")
    for sentence in answer.says:
        st.text(visible(sentence))
    facts(heads(answer))
    show_bundle(view, answer)
    _received(answer)
    _log(view)
    _passed_on(answer)
    st.header("What nobody can tell from this")
    for sentence in answer.cannot_tell:
        st.text(f"- {visible(sentence)}")
    notices.cut_offs(answer.cut_off)
    notices.footing(answer)


def _received(answer: CustodyAnswer) -> None:
    st.header("Received")
    table(
        document_columns(answer.documents),
        name="custody-documents",
        answer=answer,
        empty="No document of it is recorded.",
    )
    st.subheader("Versions: which reader made what of it")
    table(
        version_columns(answer.versions),
        name="custody-versions",
        answer=answer,
        empty="No version of it is recorded.",
    )


def _log(view: CustodyView) -> None:
    st.header("Every view, decision, export and hand-off")
    if len(view.logs) == 0 and not _read_on(view, ""):
        return
    shown = view.logs[view.at]
    st.text(
        f"Your agency's log, the oldest first, until {shown.until_at}. "
        f"Page {view.at + 1}: {kinds_said(shown.items) or 'nothing'}. "
        "A page is at most 200 entries; the bundle has all of them, each with its proof."
    )
    table(
        entry_columns(shown.items),
        name="custody-log",
        answer=shown,
        empty="The log says nothing of this tip up to then.",
    )
    back, onward, _ = st.columns([1, 1, 4])
    if back.button("Page before", key="custody-before", disabled=view.at == 0):
        view.at -= 1
        st.rerun()
    if (
        onward.button("Next page", key="custody-next", disabled=shown.next_after is None)
        and shown.next_after is not None
        and (view.at + 1 < len(view.logs) or _read_on(view, shown.next_after))
    ):
        view.at += 1
        st.rerun()
    notices.footing(shown)


def _read_on(view: CustodyView, after: str) -> bool:
    try:
        page = state.connected().tip_custody_log(view.tip, after=after, limit=_PER_PAGE)
    except ApiError as error:
        notices.failure(error)
        return False
    view.logs = (*view.logs, page)
    return True


def _passed_on(answer: CustodyAnswer) -> None:
    st.header("Decided, verified, passed on")
    table(
        move_columns(answer.moves),
        name="custody-moves",
        answer=answer,
        empty="Nobody has moved it in the queue yet.",
    )
    st.subheader("Files that somebody saw outside Crosstip")
    table(
        verification_columns(answer.verifications),
        name="custody-verifications",
        answer=answer,
        empty="Nobody of your agency has verified anything of its files.",
    )
    st.subheader("Hand-offs, with your side's receipts")
    wrong = faulty(answer.handoffs)
    if wrong > 0:
        st.error(
            f"{wrong} receipts do not hold: text, chain or entry of the log differs. "
            "Tell your auditor before you rely on them.",
            icon=":material/error:",
        )
    table(
        handoff_columns(answer.handoffs),
        name="custody-handoffs",
        answer=answer,
        empty="Your agency is a side of no hand-off of this tip.",
    )
