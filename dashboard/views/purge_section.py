"""What would go now and why each record goes or stays, and what is left of what went."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.errors import ApiError
from client.resources.retention import RecordClass, RetentionPage
from dashboard import state
from dashboard.components import notices
from dashboard.components.pager import turned
from dashboard.components.tables import table
from dashboard.desk.retention_lists import ALLOWED, line_columns, record_columns
from dashboard.desk.tip_numbers import tip_key
from dashboard.wording import visible


@dataclass(slots=True)
class DryDesk:
    """What was asked, and the page of the answer as it was read."""

    kind: RecordClass | None = None
    version: int | None = None
    """None: the policy in force."""
    pages: tuple[str, ...] = ("",)
    answer: RetentionPage | None = None


@dataclass(slots=True)
class PurgeDesk:
    """Which page of the records is shown."""

    pages: tuple[str, ...] = ("",)


def show_dry_run() -> None:
    """Show the form that asks, and the answer."""
    desk = state.record(DryDesk)
    st.header("What would go now")
    st.text("A dry run: nothing goes. It asks just what the purge would ask.")
    with st.form("dry-form"):
        kind = st.selectbox("Kind of record", list(ALLOWED), key="dry-kind")
        version = st.number_input(
            "Version (empty: the policy in force; one that is only proposed can be tried)",
            1,
            1_000_000,
            value=None,
            step=1,
            key="dry-version",
        )
        asked = st.form_submit_button("Run dry", key="dry-run", type="primary")
    if asked:
        desk.kind, desk.version = kind, None if version is None else int(version)
        desk.pages, desk.answer = ("",), None
    if desk.kind is None:
        return
    if desk.answer is None:
        try:
            desk.answer = state.connected().retention_dry_run(
                desk.kind, version=desk.version, after=desk.pages[-1]
            )
        except ApiError as error:
            desk.kind = None
            notices.failure(error)
            return
    _answer(desk, desk.kind, desk.answer)


def _answer(desk: DryDesk, kind: RecordClass, answer: RetentionPage) -> None:
    by = "No policy is in force" if answer.version is None else f"By version {answer.version}"
    st.text(f"{by}, of {kind}, as of {answer.as_of}.")
    table(
        line_columns(answer.items),
        name=f"dry-run-{kind}",
        answer=answer,
        empty="Nothing is old enough to be asked about: nothing would go.",
    )
    pages = turned(desk.pages, answer.next_after, name="dry")
    if pages is not None:
        desk.pages, desk.answer = pages, None
        st.rerun()
    notices.footing(answer)


def show_purges() -> None:
    """Show the records, and the form that asks of one tip."""
    desk = state.record(PurgeDesk)
    st.header("What was purged")
    st.text(
        "The worker purges what confirmed policies let go. What stays is this: by policy and day "
        "the counts and a salted digest of the names, and an entry of the log with that digest."
    )
    try:
        page = state.connected().purge_records(after=desk.pages[-1])
    except ApiError as error:
        desk.pages = ("",)
        notices.failure(error)
        return
    table(
        record_columns(page.items),
        name="purges",
        answer=page,
        empty="Nothing of your agency was purged, as of the time below.",
    )
    pages = turned(desk.pages, page.next_after, name="purges")
    if pages is not None:
        desk.pages = pages
        st.rerun()
    notices.footing(page)
    _one()


def _one() -> None:
    st.subheader("Was this tip purged?")
    with st.form("purged-form"):
        typed = st.text_input("Tip number", max_chars=200, placeholder="ncmec:198000001")
        asked = st.form_submit_button("Ask", key="purged-ask")
    if not asked:
        return
    tip = tip_key(typed)
    if tip == "":
        st.error("Enter a number.")
        return
    try:
        found = state.connected().purged(tip)
    except ApiError as error:
        notices.failure(error)
        return
    st.text(
        f"Purged on {found.at} under {visible(found.policy)} of {found.dated}, version "
        f"{found.number}."
    )
    notices.footing(found)
