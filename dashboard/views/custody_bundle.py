"""The signed bundle of a tip's custody: made by a job, downloaded, and how it is checked."""

from __future__ import annotations

from typing import Final

import streamlit as st

from client.errors import ApiError
from client.resources.custody import CustodyAnswer
from client.resources.jobs import ExportThis, JobAnswer
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.facts import facts
from dashboard.desk.custody_lists import bundle_name
from dashboard.failures import guarded
from dashboard.views.custody_given import CustodyView
from dashboard.wording import joined, visible

_EVERY_S: Final = 2.0
_LOOKS: Final = 15
"""By itself the page looks half a minute, then when it is told to: a look is a sign of life."""
_ENDED: Final = frozenset({"done", "failed", "cancelled"})
HOW_TO_CHECK: Final = (
    "How it is checked, anywhere and without a network: `crosstip custody verify FILE --key KEY`, "
    "or `python standalone_custody.py FILE --key KEY`, which needs Python 3.11 and the library "
    "cryptography and no Crosstip. KEY is your agency's public log key, had from elsewhere than "
    "the bundle (`crosstip audit key show` prints it); take the verifier from an earlier copy too. "
    "What a bundle does not prove stands in docs/custody.md."
)


def show_bundle(view: CustodyView, answer: CustodyAnswer) -> None:
    """Show the form that has the bundle made, or how far it is and the file."""
    st.header("Signed bundle")
    st.text(
        "One ZIP with this page, the log's entries with their proofs, receipts and a signature. "
        "Making it is an entry of the log that names the file's SHA-256 and whom it is for."
    )
    if view.job is None:
        _form(view, answer)
    elif view.job.state not in _ENDED and view.looks < _LOOKS:
        st.fragment(_waiting, run_every=_EVERY_S)(view)
    elif view.job.state not in _ENDED:
        _unfinished(view, view.job)
    else:
        _ended(view, view.job, answer)
    st.text(HOW_TO_CHECK)


def _form(view: CustodyView, answer: CustodyAnswer) -> None:
    with st.form(f"bundle-{answer.tip}"):
        originals = st.checkbox(
            "With the original documents that the vault holds", value=True, key="bundle-originals"
        )
        given_to = st.text_input(
            "Whom it is for (an office; no name and no identifier: it stands in the log)",
            max_chars=200,
            key="bundle-for",
        )
        if not st.form_submit_button("Make the bundle", key="bundle-make", type="primary"):
            return
    wanted = ExportThis(
        list="custody",
        format="zip",
        tip=answer.tip,
        originals=originals,
        given_to=(given_to or "").strip() or None,
    )
    client = state.connected()

    def work(key: str) -> str:
        view.job, view.looks = client.make_export(wanted, key=key), 0
        return "The bundle is being made."

    if attempt(f"bundle {wanted.model_dump_json()}", work):
        st.rerun()


def _waiting(view: CustodyView) -> None:
    def look() -> None:
        job = view.job
        if job is None:
            return
        view.looks += 1
        if not _look(view, job.key):
            return
        if view.job is not None and (view.job.state in _ENDED or view.looks >= _LOOKS):
            st.rerun()
        _unfinished(view, job)

    guarded(look)


def _look(view: CustodyView, key: str) -> bool:
    try:
        view.job = state.connected().job(key)
    except ApiError as error:
        notices.failure(error)
        return False
    return True


def _unfinished(view: CustodyView, job: JobAnswer) -> None:
    st.text(
        f"The bundle is being made ({visible(job.state)}). It is made by a worker: where none "
        "runs, it waits, and whoever runs Crosstip starts one."
    )
    if st.button("Look again", key="bundle-look") and _look(view, job.key):
        st.rerun()


def _ended(view: CustodyView, job: JobAnswer, answer: CustodyAnswer) -> None:
    made = job.export
    if job.state != "done" or made is None:
        st.error("No bundle was made.", icon=":material/error:")
        st.text(visible(job.problem) or visible(job.state))
    else:
        facts(
            (
                ("Bytes", str(made.bytes)),
                ("SHA-256 of the file", visible(made.sha256)),
                ("As of (UTC)", made.as_of_at),
                ("What it holds", joined(made.notes)),
                ("Left out", joined(made.left_out)),
            )
        )
        if view.data is None:
            view.data = _fetched(job.key)
        if view.data is not None:
            st.download_button(
                "Download the bundle",
                data=view.data,
                file_name=bundle_name(answer.tip, synthetic=made.synthetic),
                mime="application/zip",
                key="bundle-download",
                type="primary",
                on_click="ignore",
            )
    if st.button("Make another one", key="bundle-again"):
        view.forget_bundle()
        st.rerun()


def _fetched(key: str) -> bytes | None:
    try:
        return state.connected().export_file(key)
    except ApiError as error:
        notices.failure(error)
        return None
