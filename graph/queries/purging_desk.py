"""Tasks, notes and requests to providers about a tip: taken away by its purge."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row


class DeskSpansParams(Params):
    """Ranges of places, one for each agency and subject."""

    heads: list[str]
    """Where each range begins; it ends before the first text that does not begin so."""
    last: str
    """After every character of a place."""


DROP_TASKS = Query(
    name="purging_desk.tasks",
    doc="Deletes tasks about a subject with their steps.",
    text="""
    UNWIND $heads AS h
    MATCH (k:DeskTask)
    WHERE k.subject_place >= h AND k.subject_place < h + $last
    OPTIONAL MATCH (s:DeskStep)
    WHERE s.place >= k.key + '|' AND s.place < k.key + '|' + $last
    WITH collect(DISTINCT k) AS tasks, collect(DISTINCT s) AS steps
    FOREACH (s IN steps | DETACH DELETE s)
    FOREACH (k IN tasks | DETACH DELETE k)
    """,
    params=DeskSpansParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_REQUESTS = Query(
    name="purging_desk.requests",
    doc="Deletes requests to providers about a subject with their steps.",
    text="""
    UNWIND $heads AS h
    MATCH (k:ProviderRequest)
    WHERE k.subject_place >= h AND k.subject_place < h + $last
    OPTIONAL MATCH (s:DeskStep)
    WHERE s.place >= k.key + '|' AND s.place < k.key + '|' + $last
    WITH collect(DISTINCT k) AS requests, collect(DISTINCT s) AS steps
    FOREACH (s IN steps | DETACH DELETE s)
    FOREACH (k IN requests | DETACH DELETE k)
    """,
    params=DeskSpansParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

DROP_NOTES = Query(
    name="purging_desk.notes",
    doc="Deletes notes about a subject.",
    text="""
    UNWIND $heads AS h
    MATCH (n:DeskNote)
    WHERE n.subject_place >= h AND n.subject_place < h + $last
    DETACH DELETE n
    """,
    params=DeskSpansParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
