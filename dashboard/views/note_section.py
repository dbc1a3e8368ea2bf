"""Notes of a tip or an investigation: for colleagues, never evidence, never overwritten."""

from __future__ import annotations

from dataclasses import dataclass

import streamlit as st

from client.errors import ApiError
from client.resources.notes import NotePage, WriteNote
from dashboard import state
from dashboard.components import notices
from dashboard.components.deeds import attempt
from dashboard.components.pager import turned
from dashboard.components.tables import table
from dashboard.desk.desk_lists import About, about, note_columns, subject
from dashboard.wording import one_line


@dataclass(slots=True)
class NoteDesk:
    """Whose notes are shown."""

    about: About | None = None
    pages: tuple[str, ...] = ("",)


def show_notes() -> None:
    """Show the notes of what was asked for, and the form that writes one."""
    desk = state.record(NoteDesk)
    st.text(
        "What colleagues think. No note is evidence: nothing in it is linked, searched or "
        "exported, and no other agency sees it."
    )
    with st.form("note-subject-form"):
        tip = st.text_input("Tip number", max_chars=200, placeholder="ncmec:198000001")
        case = st.text_input("Or the reference of an investigation", max_chars=200)
        asked = st.form_submit_button("Show its notes", key="note-subject")
    if asked:
        desk.about, desk.pages = about(tip, case), ("",)
        if desk.about is None:
            st.error("Enter a tip's number or an investigation's reference, one of the two.")
    if desk.about is None:
        st.text("Enter what the notes are about.")
        return
    _list(desk, desk.about)


def _list(desk: NoteDesk, of: About) -> None:
    try:
        page = state.connected().notes(
            tip=of.tip, investigation=of.investigation, after=desk.pages[-1]
        )
    except ApiError as error:
        desk.about, desk.pages = None, ("",)
        notices.failure(error)
        return
    st.header("Notes, which are no evidence")
    st.text(f"About {subject(of.tip, of.investigation)}, the oldest first.")
    table(
        note_columns(page.items),
        name="notes",
        answer=page,
        empty="Nobody has written a note about it. Write one below.",
    )
    pages = turned(desk.pages, page.next_after, name="note")
    if pages is not None:
        desk.pages = pages
        st.rerun()
    _form(of, page)
    notices.footing(page)


def _form(of: About, page: NotePage) -> None:
    lines = {note.ref: f"{note.written_by}: {note.text}" for note in page.items}
    with st.form(f"note-form-{len(page.items)}"):
        text = st.text_area("Note", max_chars=2000, key=f"note-text-{len(page.items)}").strip()
        corrects = st.selectbox(
            "Corrects (the old one stays and says so)",
            [None, *lines],
            format_func=lambda ref: "none" if ref is None else one_line(lines[ref], limit=100),
        )
        if not st.form_submit_button("Write the note", key="note-write", type="primary"):
            return
    if text == "":
        st.error("Still needed: the note's text.")
        return
    wanted = WriteNote(tip=of.tip, investigation=of.investigation, text=text, corrects=corrects)
    client = state.connected()

    def work(key: str) -> str:
        done = client.write_one_note(wanted, key=key)
        return f"Written by {done.written_by}. {done.label}."

    if attempt(f"note {wanted.model_dump_json()}", work):
        st.rerun()
