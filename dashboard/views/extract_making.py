"""Hand out as…: tips for another tool, made by a job, downloaded with their manifest."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field

import streamlit as st

from client.resources.jobs import ExtractThis, JobAnswer
from dashboard import state
from dashboard.components.deeds import attempt
from dashboard.components.job_files import is_going_on, made
from dashboard.desk.asking import PURPOSES
from dashboard.desk.extract_lists import TOOLS, file_name, lacking

WHAT_LEAVES = (
    "Tips with what hangs on them, as another tool opens them. Every tip that leaves is an entry "
    "of the log with the file's SHA-256, the purpose and whom it is for. What is kept back is "
    "counted in the file and here."
)


@dataclass(slots=True)
class Extracting:
    """One extract: what was ordered, and how far it is."""

    wanted: ExtractThis | None = None
    job: JobAnswer | None = None
    data: bytes | None = None
    looks: int = 0

    def forget(self) -> None:
        """Begin anew."""
        self.wanted, self.job, self.data, self.looks = None, None, None, 0


@dataclass(slots=True)
class Extracts:
    """What was ordered, by the place on the pages where it was."""

    places: dict[str, Extracting] = field(default_factory=dict)


def show_extract(tips: Sequence[str], *, place: str) -> None:
    """Show the form, or how far the extract is that was ordered here, or its files."""
    view = state.record(Extracts).places.setdefault(place, Extracting())
    st.text(WHAT_LEAVES)
    if view.job is None or view.wanted is None:
        _form(view, tips, place)
    elif not is_going_on(view, "extract", key=f"extract-{place}"):
        _ended(view, view.wanted, place)


def _form(view: Extracting, tips: Sequence[str], place: str) -> None:
    with st.form(f"extract-{place}"):
        chosen = st.selectbox(
            "Hand out as",
            list(TOOLS),
            format_func=lambda name: TOOLS[name].says,
            key=f"extract-{place}-format",
        )
        purpose = st.selectbox(
            "Purpose",
            list(PURPOSES),
            format_func=lambda name: f"{name}: {PURPOSES[name]}",
            key=f"extract-{place}-purpose",
        )
        recipient = st.text_input(
            "Whom it is for (an office; no name and no identifier: it stands in the log)",
            max_chars=200,
            key=f"extract-{place}-for",
        )
        linked = st.checkbox(
            "With the tips that are linked to these", value=True, key=f"extract-{place}-linked"
        )
        protected = st.checkbox(
            "With identifiers of children, reporting persons and guardians, and names of files",
            key=f"extract-{place}-protected",
        )
        claims = st.checkbox(
            "With claims of your agency that are open and whose handling code permits it",
            key=f"extract-{place}-claims",
        )
        if not st.form_submit_button("Make the file", key=f"extract-{place}-make", type="primary"):
            return
    lacks = lacking(tips, recipient or "")
    if lacks is not None:
        st.text(lacks)
        return
    wanted = ExtractThis(
        tips=tuple(tips),
        format=chosen,
        purpose=purpose,
        recipient=(recipient or "").strip(),
        linked=linked,
        protected=protected,
        claims=claims,
    )
    _order(view, wanted)


def _order(view: Extracting, wanted: ExtractThis) -> None:
    client = state.connected()

    def work(key: str) -> str:
        view.job, view.wanted, view.looks = client.make_extract(wanted, key=key), wanted, 0
        return "The extract is being made."

    if attempt(f"extract {wanted.model_dump_json()}", work):
        st.rerun()


def _ended(view: Extracting, wanted: ExtractThis, place: str) -> None:
    st.text(TOOLS[wanted.format].says)
    found = made(view, "extract")
    if found is not None and view.data is not None:
        name = file_name(wanted, synthetic=found.synthetic)
        with st.container(horizontal=True):
            st.download_button(
                "Download the file",
                data=view.data,
                file_name=name,
                mime=TOOLS[wanted.format].mime,
                key=f"extract-{place}-download",
                type="primary",
                on_click="ignore",
            )
            st.download_button(
                "Download its manifest",
                data=json.dumps(found.proof, indent=2, sort_keys=True),
                file_name=f"{name}.manifest.json",
                mime="application/json",
                key=f"extract-{place}-manifest",
                on_click="ignore",
            )
    if st.button("Make another one", key=f"extract-{place}-again"):
        view.forget()
        st.rerun()
