"""The page Feedback to NCMEC: what was told, its files, and what is told next."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, get_args

import streamlit as st

from client.errors import ApiError
from client.resources.feedback import FeedbackFormat, FeedbackLines, NcmecFeedback
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import tell
from dashboard.components.facts import facts
from dashboard.components.pager import choose, turned
from dashboard.components.tables import table
from dashboard.desk.feedback_lists import (
    feedback_columns,
    feedback_line,
    file_name,
    holds,
    told_columns,
)
from dashboard.views.feedback_making import show_making
from dashboard.wording import joined, visible

_FORMATS: Final[tuple[FeedbackFormat, ...]] = get_args(FeedbackFormat)
_MEDIA: Final = {"csv": "text/csv", "json": "application/json"}


@dataclass(slots=True)
class FeedbackDesk:
    """What one person looks at among the feedbacks."""

    pages: tuple[str, ...] = ("",)
    key: str | None = None
    line_pages: tuple[str, ...] = ("",)
    lines: FeedbackLines | None = None
    """A page of the chosen one, as it was read."""
    file: tuple[FeedbackFormat, bytes] | None = None

    def choose(self, key: str | None) -> None:
        """Choose a feedback; it is read when it is shown."""
        self.key, self.line_pages, self.lines, self.file = key, ("",), None, None


def render() -> None:
    """Show the page."""
    state.connected()
    notices.page_head("Feedback to NCMEC", synthetic=state.session().synthetic)
    tell()
    st.text(
        "What became of tips that were closed, in words that are to be confirmed with NCMEC: no "
        "official format is public. Crosstip sends nothing; sending the file is yours."
    )
    desk = state.record(FeedbackDesk)
    try:
        page = state.connected().feedback_told(after=desk.pages[-1])
    except ApiError as error:
        desk.pages = ("",)
        notices.failure(error)
        return
    newest = page.items[0] if len(desk.pages) == 1 and len(page.items) > 0 else None
    st.header("What was told")
    choose(
        "Choose a feedback",
        {row.key: feedback_line(row) for row in page.items},
        name="feedback",
        chosen=desk.choose,
    )
    table(
        feedback_columns(page.items),
        name="feedback",
        answer=page,
        empty="Your agency told NCMEC nothing yet. A supervisor writes the first one below.",
    )
    pages = turned(desk.pages, page.next_after, name="feedback")
    if pages is not None:
        desk.pages = pages
        st.rerun()
    _chosen(desk)
    if len(desk.pages) == 1:
        show_making(newest, now=page.as_of, wrote=desk.choose)
    notices.footing(page)


def _chosen(desk: FeedbackDesk) -> None:
    if desk.key is None:
        return
    if desk.lines is None:
        try:
            desk.lines = state.connected().feedback_lines(desk.key, after=desk.line_pages[-1])
        except ApiError as error:
            desk.choose(None)
            notices.failure(error)
            return
    answer, row = desk.lines, desk.lines.feedback
    st.header("The chosen feedback")
    if st.button("Close", key="feedback-close"):
        desk.choose(None)
        st.rerun()
    facts(
        (
            ("Name", visible(row.key)),
            ("Made", f"{row.made_at} by {visible(row.made_by)}"),
            ("Of closings and reopenings", f"from {row.from_at} and before {row.until_at}"),
            ("Lines", f"{row.line_total}, {row.corrections} of them correct or retract"),
            ("Went with their tips", f"{row.purged_lines or 0} lines"),
            ("Words", visible(row.words)),
            ("Left out", joined(row.left_out)),
        )
    )
    table(told_columns(answer.items), name="feedback-lines", answer=answer, empty="No line.")
    pages = turned(desk.line_pages, answer.next_after, name="feedback-lines")
    if pages is not None:
        desk.line_pages, desk.lines = pages, None
        st.rerun()
    _file(desk, row)
    notices.footing(answer)


def _file(desk: FeedbackDesk, row: NcmecFeedback) -> None:
    st.subheader("Its file")
    kind = st.radio("Format", _FORMATS, horizontal=True, key="feedback-format")
    if st.button(
        "Fetch the file",
        key="feedback-fetch",
        help="Fetching it leaves entries of the log that name every tip of it.",
    ):
        try:
            desk.file = (kind, state.connected().feedback_as_file(row.key, kind=kind))
        except ApiError as error:
            notices.failure(error)
            return
    if desk.file is None or desk.file[0] != kind:
        return
    data = desk.file[1]
    if not holds(row, data, kind):
        st.error("The file is not the one that was written: its SHA-256 differs. Do not send it.")
        return
    st.text(f"SHA-256 {row.csv_sha256 if kind == 'csv' else row.json_sha256}, as written.")
    st.download_button(
        "Download the file",
        data=data,
        file_name=file_name(row, kind),
        mime=_MEDIA[kind],
        key="feedback-download",
        type="primary",
        on_click="ignore",
    )
