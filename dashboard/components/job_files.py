"""A file that a job makes: looked at every two seconds for a while, then fetched once."""

from __future__ import annotations

from typing import Final, Protocol

import streamlit as st

from client.errors import ApiError
from client.resources.jobs import ExportManifest, JobAnswer
from dashboard import state
from dashboard.components import notices
from dashboard.components.facts import facts
from dashboard.failures import guarded
from dashboard.wording import joined, visible

_EVERY_S: Final = 2.0
_LOOKS: Final = 15
"""By itself the page looks half a minute, then when it is told to: a look is a sign of life."""
_ENDED: Final = frozenset({"done", "failed", "cancelled"})


class Making(Protocol):
    """What a page remembers of a file that is made for it."""

    job: JobAnswer | None
    data: bytes | None
    looks: int


def is_going_on(making: Making, what: str, *, key: str) -> bool:
    """Show how far a file is, and say whether it is still being made.

    `what` is its name in a sentence, such as `bundle`; `key` begins the button's.
    """
    job = making.job
    if job is None or job.state in _ENDED:
        return False
    if making.looks < _LOOKS:
        st.fragment(_waiting, run_every=_EVERY_S)(making, what, key)
    else:
        _unfinished(making, job, what, key)
    return True


def made(making: Making, what: str) -> ExportManifest | None:
    """Show what became of a job that ended; gives the manifest where there is a file.

    The file is fetched once, into `data`, which stays None where it is not given.
    """
    job = making.job
    if job is None:
        return None
    if job.state != "done" or job.export is None:
        st.error(f"No {what} was made.", icon=":material/error:")
        st.text(visible(job.problem) or visible(job.state))
        return None
    found = job.export
    facts(
        (
            ("Bytes", str(found.bytes)),
            ("SHA-256 of the file", visible(found.sha256)),
            ("As of (UTC)", found.as_of_at),
            ("What it holds", joined(found.notes)),
            ("Left out", joined(found.left_out)),
        )
    )
    if making.data is None:
        making.data = _fetched(job.key)
    return found


def _waiting(making: Making, what: str, key: str) -> None:
    def look() -> None:
        job = making.job
        if job is None:
            return
        making.looks += 1
        if not _look(making, job.key):
            return
        if making.job is not None and (making.job.state in _ENDED or making.looks >= _LOOKS):
            st.rerun()
        _unfinished(making, job, what, key)

    guarded(look)


def _look(making: Making, key: str) -> bool:
    try:
        making.job = state.connected().job(key)
    except ApiError as error:
        notices.failure(error)
        return False
    return True


def _unfinished(making: Making, job: JobAnswer, what: str, key: str) -> None:
    st.text(
        f"The {what} is being made ({visible(job.state)}). It is made by a worker: where none "
        "runs, it waits, and whoever runs Crosstip starts one."
    )
    if st.button("Look again", key=f"{key}-look") and _look(making, job.key):
        st.rerun()


def _fetched(key: str) -> bytes | None:
    try:
        return state.connected().export_file(key)
    except ApiError as error:
        notices.failure(error)
        return None
