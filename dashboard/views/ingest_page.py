"""The page Hand in: files dropped, each a job, how far it is, and what became of it."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from dashboard import state
from dashboard.components import doing, notices
from dashboard.uploads import FILE_MB, SESSION_BYTES, SESSION_FILES
from dashboard.views import ingest_progress, ingest_table
from dashboard.views.ingest_progress import Uploads
from dashboard.wording import one_line, visible

TYPES = ("json", "jsonl", "ndjson", "xml", "pdf", "zip", "txt")
_LONGEST_NAME = 200
_HELP = (
    "JSON of the ICAC Data System, NCMEC's XML, PDF with text, Crosstip's own JSON lines, and ZIP "
    f"of these, told by content. At most {FILE_MB} MB a file, {SESSION_FILES} files and "
    f"{SESSION_BYTES // 1024**2} MB at once; what is larger goes in by `crosstip ingest` or the "
    "API. Never hand in pictures or video: what a ZIP holds of them is listed and let go of."
)


@dataclass(slots=True)
class Drop:
    """The box for files: a new one after each time that all went in."""

    round: int = 0
    taken: set[str] = field(default_factory=set)
    """Digests of what the present box has handed in already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What is said of all files at once."""

    synthetic: bool
    report_number: str | None
    provider: str | None


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was chosen."""

    name: str
    data: bytes

    @property
    def digest(self) -> str:
        """Give what tells it from every other one."""
        return hashlib.sha256(self.name.encode("utf-8", "replace") + b"\0" + self.data).hexdigest()


def render() -> None:
    """Show the page."""
    client = state.connected()
    notices.page_head("Hand in", synthetic=state.session().synthetic)
    doing.say_what_was_done()
    st.text(
        "Files with tips for your agency. Each becomes a job that goes on when you leave this "
        "page. The same bytes again are known, and count once."
    )
    _form(client)
    ingest_table.show(client)
    ingest_progress.render()


def _form(client: CrosstipClient) -> None:
    drop = state.record(Drop)
    with st.form("ingest-form"):
        chosen = st.file_uploader(
            "Files",
            type=TYPES,
            accept_multiple_files=True,
            key=f"ingest-files-{drop.round}",
            help=_HELP,
        )
        number = st.text_input(
            "Report number",
            max_chars=64,
            key="ingest-number",
            help="Of one document that does not say its own. Leave it empty otherwise.",
        )
        provider = st.text_input(
            "Provider",
            max_chars=200,
            key="ingest-provider",
            help="Of documents that name none.",
        )
        synthetic = st.checkbox(
            "They are made up (synthetic)", value=state.session().synthetic, key="ingest-synthetic"
        )
        asked = st.form_submit_button("Hand in", type="primary", key="ingest-button")
    if not asked:
        return
    files = [File(one.name[-_LONGEST_NAME:], one.getvalue()) for one in chosen or ()]
    said = Said(
        synthetic=synthetic,
        report_number=(number or "").strip() or None,
        provider=(provider or "").strip() or None,
    )
    if (missing := lacking(files, said)) is not None:
        st.error(missing)
        return
    _hand_in(client, files, said)


def lacking(files: Sequence[File], said: Said) -> str | None:
    """Say what hinders that files are sent, or None."""
    if len(files) == 0:
        return "Choose a file."
    if any(file.data == b"" for file in files):
        return "A file is empty. Take it off the list."
    if said.report_number is None:
        return None
    if not (said.report_number.isascii() and said.report_number.isdigit()):
        return "A report number has digits only."
    return "A report number is for one file." if len(files) > 1 else None


def _hand_in(client: CrosstipClient, files: Sequence[File], said: Said) -> None:
    drop, uploads = state.record(Drop), state.record(Uploads)
    refused = 0
    with st.status("Sending", expanded=True) as status:
        for file in files:
            if file.digest in drop.taken:
                continue
            try:
                key = _send(client, file, said)
            except ApiError as error:
                refused += 1
                st.text(f"Not handed in: {one_line(file.name)}")
                notices.failure(error)
                continue
            drop.taken.add(file.digest)
            uploads.note(key, file.name)
            st.text(f"Received: {one_line(file.name)}")
        status.update(label="Sent", state="error" if refused > 0 else "complete")
    if refused > 0:
        st.warning("Press Hand in again: only what was not handed in is sent.")
        return
    drop.round, drop.taken = drop.round + 1, set()
    doing.tell(f"{len(files)} received. What becomes of each is shown below.")
    st.rerun()


def _send(client: CrosstipClient, file: File, said: Said) -> str:
    deed = f"hand in {state.record(Drop).round} {file.digest} {said}"
    try:
        job = client.upload_documents(
            file.data,
            synthetic=said.synthetic,
            report_number=said.report_number,
            provider=said.provider,
            name=visible(file.name),
            key=doing.key_for(deed),
        )
    except ApiError as error:
        if doing.is_settled_by(error):
            doing.settle(deed)
        raise
    doing.settle(deed)
    return job.key
