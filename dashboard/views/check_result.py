"""What a check answered, with a file and a page to print for the case file."""

from __future__ import annotations

import streamlit as st

from client.answers import Answer
from dashboard import state
from dashboard.components import notices
from dashboard.components.tables import table
from dashboard.desk.certificate import certificate
from dashboard.desk.check_results import (
    FRESH,
    HIT,
    NOT_CHECKED,
    NOT_CHECKED_MEANS,
    NOTHING,
    STALE,
    FileResult,
    Result,
    counts,
    file_rows,
    outcomes_of,
    own_columns,
    result_columns,
)
from dashboard.desk.times import is_older, now
from dashboard.wording import visible

NO_LINES = "There was nothing to look up."


def show_result(result: Result) -> None:
    """Show an answer: what is not known is said first, then hits, then what nothing means."""
    answer, at = result.answer, now()
    outcomes = outcomes_of(result, at=at)
    st.header("Result")
    if answer.request is not None:
        st.warning("The list waits for a supervisor. Nothing was checked, and that is no miss.")
        st.text(
            f"Request {visible(answer.request)}: another supervisor than you approves it below, "
            "on their own page. Then send the same list again."
        )
    st.text(f"{counts(outcomes)} As of {answer.as_of}.")
    _warn(outcomes)
    if NOTHING in outcomes or STALE in outcomes:
        st.text(f"Nothing to show: {visible(answer.nothing_means)} As of {answer.as_of}.")
    table(result_columns(result, at=at), name="check", answer=answer, empty=NO_LINES)
    st.subheader("Matches with our own claims")
    table(
        own_columns(result),
        name="check-own",
        answer=answer,
        empty="None of the lines is claimed by your own agency, as far as you may see.",
    )
    who = state.session().who
    asker = "an installation token" if who is None else f"{who.user}, {who.agency or 'no agency'}"
    st.download_button(
        "Download the record to print",
        data=lambda: certificate(result, asker=asker, at=now()),
        file_name=f"{'SYNTHETIC-' if answer.synthetic else ''}crosstip-check-{answer.ref}.html",
        mime="text/html",
        key="certificate",
        on_click="ignore",
    )
    st.text(visible(answer.searched))
    st.text(visible(answer.about))
    notices.footing(answer)


def show_file_result(result: FileResult) -> None:
    """Show a file that came back with its results."""
    st.header("Result of the file")
    rows = file_rows(result.text)
    outcomes = [str(cell) for cell in rows.get("result", ())]
    st.text(f"{visible(result.name)}: {counts(outcomes)} Asked at {result.at}.")
    _warn(outcomes)
    if NOTHING in outcomes:
        st.text("Nothing to show is not a statement that nobody works it: see the column as of.")
    if is_older(result.at, than=FRESH, at=now()):
        st.warning("This answer is more than an hour old: every miss in it is stale. Check anew.")
    st.text(f"Digest of the question: {result.asking.digest}")
    if len(rows) > 0:
        answer = Answer(as_of=result.at, synthetic=result.synthetic, queries=("checks.met",))
        table(rows, name="check-file-result", answer=answer, empty=NO_LINES)


def _warn(outcomes: list[str]) -> None:
    if HIT in outcomes:
        st.error("There is a hit: call the other agency before you act.", icon=":material/call:")
    if NOT_CHECKED in outcomes:
        st.warning(NOT_CHECKED_MEANS)
    if STALE in outcomes:
        st.warning("Some answers are stale: they say nothing about what was claimed since.")
