"""Writing a feedback: its time is fixed and shown first, then it is written once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from client.errors import ApiError
from client.resources.feedback import FeedbackTrial, MakeFeedback, NcmecFeedback
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.tables import table
from dashboard.desk.desk_steps import is_one_of
from dashboard.desk.feedback_lists import MAKES, time_told, told_columns
from dashboard.wording import visible


@dataclass(slots=True)
class Making:
    """What is about to be written: the same request until its answer is known."""

    wanted: MakeFeedback | None = None
    trial: FeedbackTrial | None = None
    """What it would tell, as of when that was looked at."""


def show_making(newest: NcmecFeedback | None, *, now: str, wrote: Callable[[str], None]) -> None:
    """Show the form to whoever writes feedback; `wrote` is called with the new one's name."""
    st.header("What is told next")
    st.text(
        "Every closing and reopening in a time, as it stands when it is written. What was told "
        "and stands is not told again, so times may overlap.\n"
        "To correct one: set the tip's outcome right in the queue (reopen it, close it with "
        "another outcome), then write a feedback of the time of that change. Its line says "
        "`correction` and names the one that told otherwise; a tip that is worked again gets a "
        "`retraction`. What was written is never changed."
    )
    if not is_one_of(state.session().who, MAKES):
        st.text("Supervisors of your agency write feedback.")
        return
    making = state.record(Making)
    if making.wanted is None:
        _form(making, newest, now)
    else:
        _write(making, making.wanted, wrote)


def _form(making: Making, newest: NcmecFeedback | None, now: str) -> None:
    last = None if newest is None else newest.until_at
    with st.form("feedback-form"):
        since = st.date_input(
            "First day (UTC)" if last is None else f"First day (UTC; empty: from {last} on)",
            value=None,
        )
        before = st.date_input("Day (UTC) that is not in it any more; empty: until now", value=None)
        asked = st.form_submit_button("Look at it", key="feedback-look")
    if not asked:
        return
    told = time_told(last=last, since=since, before=before, now=now)
    if told is None:
        st.error("Still needed: a time that begins before it ends, and that has ended.")
        return
    wanted = MakeFeedback(from_at=told[0], until_at=told[1])
    try:
        making.trial = state.connected().try_feedback(wanted)
    except ApiError as error:
        notices.failure(error)
        return
    making.wanted = wanted
    st.rerun()


def _write(making: Making, wanted: MakeFeedback, wrote: Callable[[str], None]) -> None:
    st.warning("Nothing is written yet. Once written it is never changed, only corrected.")
    st.text(
        f"Closings and reopenings from {wanted.from_at.isoformat()} and before "
        f"{wanted.until_at.isoformat()}, except what was told already."
    )
    if making.trial is not None:
        _tried(making.trial)
    is_idle = making.trial is not None and making.trial.line_total == 0
    write, change, _ = st.columns([1, 1, 4])
    if change.button("Another time", key="feedback-other"):
        making.wanted = making.trial = None
        st.rerun()
    if not write.button("Write it", key="feedback-write", type="primary", disabled=is_idle):
        return
    client = state.connected()

    def work(key: str) -> str:
        done = client.tell_ncmec(wanted, key=key)
        wrote(done.key)
        return f"Written: {done.line_total} lines, {done.corrections} correct or retract."

    if attempt(f"feedback {wanted.model_dump_json()}", work):
        making.wanted = making.trial = None
        st.rerun()


def _tried(trial: FeedbackTrial) -> None:
    """Show what would be told: closings since then are told as well."""
    if trial.line_total == 0:
        st.text("There is nothing new to tell of that time.")
    else:
        st.text(
            f"It would tell {trial.line_total} lines, {trial.corrections} of them correct or "
            f"retract, as of {trial.as_of}."
        )
        if len(trial.lines) < trial.line_total:
            st.text(f"The first {len(trial.lines)} are shown.")
        table(told_columns(trial.lines), name="feedback-trial", answer=trial, empty="None.")
    for sentence in trial.left_out:
        st.text(visible(sentence))
