"""Tasks, and the records of steps: each query is one agency's, or the clock's."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row

MOST = 200
_STEPS = 1000


class RecordKeyParams(Params):
    """A task, a request or a note."""

    key: str


class OwnRecordParams(Params):
    """A record, and the agency that asks."""

    agency: str
    key: str


class RecordKeysParams(Params):
    """Records by key."""

    keys: list[str]


class RangeParams(Params):
    """A part of one list: after a place, before another one. Places begin with the agency."""

    after: str
    end: str
    limit: int


class ClockParams(Params):
    """As of when, and how many are wanted."""

    at_us: int
    limit: int


class TaskRow(Row):
    """A task, all that is known of it."""

    key: str
    agency: str
    subject: str
    kind: str
    text: str
    person: str | None
    unit: str | None
    due_us: int
    given_us: int
    given_by: str
    told_us: int | None
    for_place: str | None
    agency_place: str | None
    subject_place: str | None
    stage: str
    moved_us: int
    moved_by: str
    why: str | None
    steps: int
    clock_us: int | None
    version: int | None


class PlacedRow(Row):
    """A record, and where it stands in a list."""

    key: str
    place: str


class StepRow(Row):
    """The record of one step."""

    record: str
    number: int
    step: str
    from_stage: str
    to_stage: str
    at_us: int
    made_by: str
    why: str | None


LOCK = Query(
    name="desk_tasks.lock",
    doc="Takes the write lock of a task before it is read to decide.",
    text="""
    MATCH (t:DeskTask {key: $key})
    SET t.version = coalesce(t.version, 0)
    """,
    params=RecordKeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

TASKS = Query(
    name="desk_tasks.by_key",
    doc="Tasks with these keys, whosever.",
    text="""
    UNWIND $keys AS k
    MATCH (t:DeskTask {key: k})
    RETURN t.key AS key, t.agency AS agency, t.subject AS subject, t.kind AS kind,
           t.text AS text, t.person AS person, t.unit AS unit, t.due_us AS due_us,
           t.given_us AS given_us, t.given_by AS given_by, t.told_us AS told_us,
           t.for_place AS for_place, t.agency_place AS agency_place,
           t.subject_place AS subject_place, t.stage AS stage, t.moved_us AS moved_us,
           t.moved_by AS moved_by, t.why AS why, t.steps AS steps, t.clock_us AS clock_us,
           t.version AS version
    ORDER BY key LIMIT 1000
    """,
    params=RecordKeysParams,
    row=TaskRow,
    max_rows=1000,
    public=False,
)

FOR_WHOM = Query(
    name="desk_tasks.for_whom",
    doc="Open tasks of one person or of one unit, whichever is due first.",
    text="""
    MATCH (t:DeskTask)
    WHERE t.for_place > $after AND t.for_place < $end
    RETURN t.key AS key, t.for_place AS place
    ORDER BY t.for_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

OF_AGENCY = Query(
    name="desk_tasks.of_agency",
    doc="Open tasks of an agency, whichever is due first.",
    text="""
    MATCH (t:DeskTask)
    WHERE t.agency_place > $after AND t.agency_place < $end
    RETURN t.key AS key, t.agency_place AS place
    ORDER BY t.agency_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

OF_SUBJECT = Query(
    name="desk_tasks.of_subject",
    doc="An agency's tasks about one tip or investigation: open ones first, then the last done.",
    text="""
    MATCH (t:DeskTask)
    WHERE t.subject_place > $after AND t.subject_place < $end
    RETURN t.key AS key, t.subject_place AS place
    ORDER BY t.subject_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

DUE = Query(
    name="desk_tasks.due",
    doc="Open tasks that came to be overdue by a time and nobody was told of: for the clock.",
    text="""
    MATCH (t:DeskTask)
    WHERE t.clock_us <= $at_us
    RETURN t.key AS key, t.agency AS place
    ORDER BY t.clock_us, key LIMIT $limit
    """,
    params=ClockParams,
    row=PlacedRow,
    max_rows=MOST,
    public=False,
)

STEPS = Query(
    name="desk_tasks.steps",
    doc="The steps of a task or of a request to a provider, in their order.",
    text="""
    MATCH (s:DeskStep)
    WHERE s.place > $after AND s.place < $end
    RETURN s.record AS record, s.number AS number, s.step AS step,
           s.from_stage AS from_stage, s.to_stage AS to_stage, s.at_us AS at_us,
           s.made_by AS made_by, s.why AS why
    ORDER BY s.place LIMIT $limit
    """,
    params=RangeParams,
    row=StepRow,
    max_rows=_STEPS,
    public=False,
)
