"""Notes of an agency about tips and investigations: no evidence, and never another agency's."""

from __future__ import annotations

from graph.queries.core import Query, Row
from graph.queries.desk_tasks import MOST, OwnRecordParams, RangeParams, RecordKeysParams


class NoteRow(Row):
    """A note, all that is known of it."""

    key: str
    agency: str
    subject: str
    text: str
    written_us: int
    written_by: str
    corrects: str | None
    subject_place: str


class CorrectionRow(Row):
    """A note that corrects another one."""

    key: str
    corrects: str


ONE = Query(
    name="desk_notes.one",
    doc="A note of an agency.",
    text="""
    MATCH (n:DeskNote {key: $key})
    WHERE n.agency = $agency
    RETURN n.key AS key, n.agency AS agency, n.subject AS subject, n.text AS text,
           n.written_us AS written_us, n.written_by AS written_by, n.corrects AS corrects,
           n.subject_place AS subject_place
    LIMIT 1
    """,
    params=OwnRecordParams,
    row=NoteRow,
    max_rows=1,
    public=False,
)

OF_SUBJECT = Query(
    name="desk_notes.of_subject",
    doc="An agency's notes about one tip or investigation, oldest first.",
    text="""
    MATCH (n:DeskNote)
    WHERE n.subject_place > $after AND n.subject_place < $end
    RETURN n.key AS key, n.agency AS agency, n.subject AS subject, n.text AS text,
           n.written_us AS written_us, n.written_by AS written_by, n.corrects AS corrects,
           n.subject_place AS subject_place
    ORDER BY n.subject_place LIMIT $limit
    """,
    params=RangeParams,
    row=NoteRow,
    max_rows=MOST + 1,
    public=False,
)

CORRECTIONS = Query(
    name="desk_notes.corrections",
    doc="The notes that correct some notes.",
    text="""
    UNWIND $keys AS k
    MATCH (n:DeskNote {corrects: k})
    RETURN n.key AS key, n.corrects AS corrects
    ORDER BY n.written_us, key LIMIT 1000
    """,
    params=RecordKeysParams,
    row=CorrectionRow,
    max_rows=1000,
    public=False,
)
