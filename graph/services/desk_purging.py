"""What an agency's desk has about a tip or an investigation, taken away when that is purged."""

from __future__ import annotations

from collections.abc import Collection

from graph.desk.tasks import subject_place
from graph.queries.purging_desk import DROP_NOTES, DROP_REQUESTS, DROP_TASKS, DeskSpansParams
from graph.store import WriteUnit

_LAST = "\U0010ffff"


def drop_desk(unit: WriteUnit, subject: str, agencies: Collection[str]) -> None:
    """Delete agencies' tasks, notes and requests to providers about a subject.

    Requests for assistance stay: they name no tip, and go by a rule of their own.
    """
    heads = [subject_place(agency, subject) for agency in sorted(agencies)]
    for query in (DROP_TASKS, DROP_REQUESTS, DROP_NOTES):
        unit.run(query, DeskSpansParams(heads=heads, last=_LAST))
