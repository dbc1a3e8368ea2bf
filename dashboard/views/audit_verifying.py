"""Checkpoints on the page Audit: taken away, and the log compared with one that was kept."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.proofs import ProofError
from client.resources.audit import ProofFile, SinceKept, VerificationAnswer, VerifyLog
from dashboard import state
from dashboard.components import notices
from dashboard.components.tables import table
from dashboard.desk.audit_lists import found_columns, growth_said, kept_file, verdict
from dashboard.wording import visible


@dataclass(slots=True)
class Verifying:
    """What was fetched or found last."""

    kept: ProofFile | None = None
    growth: ProofFile | None = None
    said: str | None = None
    answer: VerificationAnswer | None = None


def render(client: CrosstipClient) -> None:
    """Show both."""
    _keep(client)
    _compare(client)


def broken(error: ProofError) -> None:
    """Say that a proof does not hold."""
    st.error("This does not hold. Keep both files and tell whoever runs the installation.")
    st.text(visible(error))


def _keep(client: CrosstipClient) -> None:
    st.subheader("A checkpoint to keep")
    st.text(
        "The newest checkpoint with your log's own head. Keep it where nobody who runs Crosstip "
        "can write: a change to what it covers shows for as long as you have it."
    )
    desk = state.record(Verifying)
    if st.button("Get the newest checkpoint", key="keep-button"):
        desk.kept = None
        try:
            desk.kept = client.kept_checkpoint()
        except ApiError as error:
            notices.failure(error)
    if desk.kept is not None:
        _download(desk.kept.file, "Download the checkpoint", "checkpoint")


def _compare(client: CrosstipClient) -> None:
    st.subheader("Verify against my checkpoint")
    with st.form("verify-form"):
        file = st.file_uploader(
            "A checkpoint that you kept",
            type=["json"],
            max_upload_size=1,
            key="verify-file",
            help="The file of the button above, or of `crosstip audit keep`.",
        )
        key = st.text_input(
            "Public key",
            max_chars=300,
            key="verify-key",
            help="That was noted outside. Without it, your checkpoint vouches for the key.",
        )
        asked = st.form_submit_button("Verify", type="primary", key="verify-button")
    desk = state.record(Verifying)
    if asked:
        desk.growth = desk.answer = desk.said = None
        if file is None:
            st.error("Choose the file of a checkpoint that you kept.")
            return
        _verify(client, desk, file.getvalue(), (key or "").strip() or None)
    if desk.answer is not None:
        _found(desk, desk.answer)


def _verify(client: CrosstipClient, desk: Verifying, data: bytes, key: str | None) -> None:
    try:
        kept = kept_file(data)
        growth = client.prove_audit_growth(SinceKept(kept=kept))
        desk.said = growth_said(kept, growth.file)
        desk.answer = client.verify_audit(VerifyLog(key=key, kept=(kept,)))
    except ProofError as error:
        broken(error)
        return
    except ApiError as error:
        notices.failure(error)
        st.warning("Nothing was verified. That is no finding.")
        return
    desk.growth = growth


def _found(desk: Verifying, answer: VerificationAnswer) -> None:
    if answer.is_good:
        st.success("It holds.", icon=":material/verified:")
    else:
        st.error("It does not hold.", icon=":material/gpp_bad:")
    st.text(verdict(answer))
    if desk.said is not None:
        st.text(f"Checked on this page, from the hashes in your file: {desk.said}")
    for problem in answer.problems:
        st.text(visible(problem))
    if answer.waiting > 0:
        st.text(f"{answer.waiting} entries wait for a number; nothing proves yet that none lacks.")
    table(found_columns(answer), name="logs", answer=answer, empty="There is no log yet.")
    notices.footing(answer)
    st.text(
        "Whoever runs this installation could change this page too. The proof can be checked "
        "elsewhere: standalone_verifier.py proof FILE --key KEY."
    )
    if desk.growth is not None:
        _download(desk.growth.file, "Download the proof of growth", "growth")


def _download(said: Mapping[str, Any], label: str, name: str) -> None:
    st.download_button(
        label,
        data=as_file(said),
        file_name=f"crosstip-{name}.json",
        mime="application/json",
        key=f"download-{name}",
        on_click="ignore",
    )


def as_file(said: Mapping[str, Any]) -> bytes:
    """Give a proof or checkpoint as the command writes it."""
    return f"{json.dumps(said, ensure_ascii=False)}\n".encode("utf-8", "surrogatepass")
