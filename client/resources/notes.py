"""The API's notes: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked, Part
from client.calls import Calls, once, read


class Note(Part):
    """A note, which is no evidence."""

    ref: str
    label: str
    tip: str | None
    investigation: str | None
    text: str
    written_at: str
    written_by: str
    corrects: str | None
    corrected_by: tuple[str, ...]


class NotePage(Answer):
    """Notes of the own agency, oldest first."""

    items: tuple[Note, ...]
    next_after: str | None


class WriteNote(Asked):
    """A note; it says in words what somebody thinks, and is never overwritten."""

    tip: str | None = None
    investigation: str | None = None
    text: str
    corrects: str | None = None


class NoteAnswer(Answer):
    """A note."""

    ref: str
    label: str
    tip: str | None
    investigation: str | None
    text: str
    written_at: str
    written_by: str
    corrects: str | None
    corrected_by: tuple[str, ...]


class Notes(Calls):
    """Calls about notes."""

    def notes(
        self,
        *,
        tip: str | None = None,
        investigation: str | None = None,
        after: str = "",
        limit: int = 50,
    ) -> NotePage:
        """What colleagues wrote about a tip or an investigation. It is no evidence."""
        return read(
            self._call(
                "GET",
                "notes",
                params={"tip": tip, "investigation": investigation, "after": after, "limit": limit},
            ),
            NotePage,
        )

    def write_one_note(self, wanted: WriteNote, *, key: str | None = None) -> NoteAnswer:
        """Write a note; a correction is a new note that names the old one."""
        return read(self._call("POST", "notes", body=wanted, key=once(key)), NoteAnswer)
