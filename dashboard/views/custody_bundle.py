"""The signed bundle of a tip's custody: made by a job, downloaded, and how it is checked."""

from __future__ import annotations

from typing import Final

import streamlit as st

from client.resources.custody import CustodyAnswer
from client.resources.jobs import ExportThis
from dashboard import state
from dashboard.components.deeds import attempt
from dashboard.components.job_files import is_going_on, made
from dashboard.desk.custody_lists import bundle_name
from dashboard.views.custody_given import CustodyView

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
    elif not is_going_on(view, "bundle", key="bundle"):
        _ended(view, answer)
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


def _ended(view: CustodyView, answer: CustodyAnswer) -> None:
    found = made(view, "bundle")
    if found is not None and view.data is not None:
        st.download_button(
            "Download the bundle",
            data=view.data,
            file_name=bundle_name(answer.tip, synthetic=found.synthetic),
            mime="application/zip",
            key="bundle-download",
            type="primary",
            on_click="ignore",
        )
    if st.button("Make another one", key="bundle-again"):
        view.forget_bundle()
        st.rerun()
