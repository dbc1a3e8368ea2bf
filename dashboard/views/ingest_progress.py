"""How far files that were handed in are, looked at every two seconds, and what became of each."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.jobs import JobAnswer
from dashboard import navigation, state
from dashboard.components import doing, notices
from dashboard.components.tables import chosen_row, table
from dashboard.desk.ingest_lists import (
    ENDED,
    INTAKE,
    fate_columns,
    is_over,
    upload_columns,
    verdict,
)
from dashboard.failures import guarded
from dashboard.wording import visible

EVERY_S = 2.0
LOOKS_FOR_S = 600.0
"""A look is a sign of life: an unused page must not keep its session (CJIS AC-11)."""
_SHOWN_REASONS = 20


@dataclass(slots=True)
class Uploads:
    """What this tab handed in."""

    names: dict[str, str] = field(default_factory=dict)
    looks_until_s: float = 0.0
    """On the monotonic clock."""
    is_over: bool = True
    is_timed: bool = False
    """Whether this part of the page draws itself anew by itself."""
    is_drawn_whole: bool = False
    """Whether the whole page is being drawn."""

    def note(self, job: str, name: str) -> None:
        """Note a file that was received, and look on for a while."""
        self.names[job] = name
        self.look_on()

    def look_on(self) -> None:
        """Look by itself from now on."""
        self.looks_until_s = time.monotonic() + LOOKS_FOR_S
        self.is_over = False


def render() -> None:
    """Show what was handed in; by itself while something goes on."""
    st.subheader("Handed in")
    uploads = state.record(Uploads)
    uploads.is_timed = _goes_on(uploads)
    uploads.is_drawn_whole = True
    st.fragment(_guarded, run_every=EVERY_S if uploads.is_timed else None)()


def _guarded() -> None:
    guarded(_look)


def _look() -> None:
    client = state.session().client
    if client is None:
        return
    try:
        page = client.jobs(limit=50)
    except ApiError as error:
        notices.failure(error)
        return
    jobs = [job for job in page.items if job.kind in INTAKE]
    uploads = state.record(Uploads)
    uploads.is_over = is_over(jobs)
    was_whole, uploads.is_drawn_whole = uploads.is_drawn_whole, False
    if not was_whole and uploads.is_timed and not _goes_on(uploads):
        # The timer ends with a run of the whole page only; in one, what was done is being said.
        st.rerun()
    chosen = chosen_row(
        upload_columns(jobs, uploads.names),
        name="uploads",
        answer=page,
        empty="You have handed nothing in within the last week.",
        by="File",
        label="Choose a file",
    )
    _attention()
    if chosen is not None:
        _one(client, jobs[chosen].key)
    notices.footing(page)


def _goes_on(uploads: Uploads) -> bool:
    return not uploads.is_over and time.monotonic() < uploads.looks_until_s


def _attention() -> None:
    uploads = state.record(Uploads)
    if uploads.is_over:
        if st.button("Look again", key="ingest-look"):
            st.rerun()
    elif _goes_on(uploads):
        st.caption("Looked at every two seconds.")
    elif st.button("Not looked at any more; look again", key="ingest-look-on"):
        uploads.look_on()
        st.rerun()


def _one(client: CrosstipClient, key: str) -> None:
    try:
        job = client.job(key)
    except ApiError as error:
        notices.failure(error)
        return
    st.subheader("What became of it")
    st.text(verdict(job))
    for sentence in (job.problem, job.note):
        if sentence is not None:
            st.text(visible(sentence))
    if job.state not in ENDED:
        _call_off(client, job)
    found = job.documents
    if found is None:
        return
    if found.tips:
        st.text(f"Tips: {visible(', '.join(found.tips[:_SHOWN_REASONS]))}")
    if found.parts:
        table(fate_columns(found), name="fates", answer=job, empty="")
    if found.is_cut:
        st.text("Left out: there are more documents than are named here.")
    _reasons(client, found.quarantine)


def _call_off(client: CrosstipClient, job: JobAnswer) -> None:
    if job.cancel_at is not None:
        st.text("It is called off and ends after the batch at hand. What is recorded stays.")
    elif st.button("Call off", key="ingest-cancel", help="What is recorded stays."):
        doing.attempt(
            f"call off {job.key}",
            lambda key: client.cancel_one_job(job.key, key=key),
            done="It is called off. What was recorded stays.",
        )


def _reasons(client: CrosstipClient, entries: tuple[str, ...]) -> None:
    if not entries:
        return
    st.text("Not taken in, and why:")
    for entry in entries[:_SHOWN_REASONS]:
        try:
            found = client.quarantined(entry)
        except ApiError as error:
            st.text(f"{entry}: {visible(error.sentence)}")
            continue
        where = "" if found.where is None else f" ({visible(found.where)})"
        st.text(f"{visible(found.name)}{where}: {visible(found.reason)} [{found.state}]")
    if len(entries) > _SHOWN_REASONS:
        st.text(f"Left out: {len(entries) - _SHOWN_REASONS} more.")
    if st.button("To the quarantine", key="ingest-quarantine"):
        navigation.go("quarantine")
