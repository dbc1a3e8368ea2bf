"""The worker that runs the timetable, its duties, and the figures that say how far it lags."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row

MOST_DUTIES = 100
MOST_COUNTED = 100_000
"""A queue is counted up to here: it is only asked whether it is long."""


class TurnParams(Params):
    """A random value, written before anything is decided, and the time."""

    turn: str
    at_us: int


class TakeParams(Params):
    """Who takes or renews the timetable, and until when."""

    holder: str
    user: str
    at_us: int
    until_us: int


class HolderParams(Params):
    """A worker, and the number under which it has the timetable."""

    holder: str
    fence: int
    at_us: int


class DutyParams(Params):
    """A duty."""

    key: str


class BegunParams(Params):
    """That a worker begins a duty."""

    key: str
    fence: int
    at_us: int


class EndedParams(Params):
    """How a run ended, and when the next is due; `done_us` is null when it failed."""

    key: str
    fence: int
    at_us: int
    done_us: int | None
    due_us: int
    failures: int
    outcome: str


class WaitingParams(Params):
    """A range of places."""

    start: str
    end: str


class DueByParams(Params):
    """Up to which time notices are due."""

    at_us: int


class RunnerRow(Row):
    """Who runs the timetable."""

    holder: str
    user: str | None
    fence: int
    since_us: int
    until_us: int


class DutyRow(Row):
    """A duty and its last run."""

    key: str
    due_us: int
    began_us: int | None
    ended_us: int | None
    done_us: int | None
    outcome: str | None
    failures: int
    fence: int | None


class DutyKeyRow(Row):
    """A duty."""

    key: str


class QueueRow(Row):
    """How much waits, and since when the oldest does."""

    total: int
    oldest_us: int | None


LOCK_RUNNER = Query(
    name="upkeep.lock",
    doc="Takes the write lock of the timetable, made when there is none.",
    text="""
    MERGE (r:Runner {key: 'worker'})
    ON CREATE SET r.holder = '', r.fence = 0, r.since_us = $at_us, r.until_us = 0
    SET r.turn = $turn
    """,
    params=TurnParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

TAKE = Query(
    name="upkeep.take",
    doc="Gives the timetable to a worker where nobody has it, or renews what it has.",
    text="""
    MATCH (r:Runner {key: 'worker'})
    WHERE r.until_us <= $at_us OR r.holder = $holder
    SET r.fence = CASE WHEN r.holder = $holder THEN r.fence ELSE r.fence + 1 END,
        r.since_us = CASE WHEN r.holder = $holder THEN r.since_us ELSE $at_us END,
        r.holder = $holder, r.user = $user, r.until_us = $until_us
    RETURN r.holder AS holder, r.user AS user, r.fence AS fence, r.since_us AS since_us,
           r.until_us AS until_us
    """,
    params=TakeParams,
    row=RunnerRow,
    mode=Mode.WRITE,
    public=False,
)

FREE = Query(
    name="upkeep.free",
    doc="Lets go of the timetable, where the worker still has it.",
    text="""
    MATCH (r:Runner {key: 'worker'})
    WHERE r.holder = $holder AND r.fence = $fence
    SET r.until_us = $at_us, r.holder = ''
    """,
    params=HolderParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

RUNNER = Query(
    name="upkeep.runner",
    doc="Who runs the timetable.",
    text="""
    MATCH (r:Runner {key: 'worker'})
    RETURN r.holder AS holder, r.user AS user, r.fence AS fence, r.since_us AS since_us,
           r.until_us AS until_us
    LIMIT 1
    """,
    params=NoParams,
    row=RunnerRow,
    max_rows=1,
    public=False,
)

DUTIES = Query(
    name="upkeep.duties",
    doc="The duties of the timetable and their last runs.",
    text="""
    MATCH (d:Duty)
    RETURN d.key AS key, d.due_us AS due_us, d.began_us AS began_us, d.ended_us AS ended_us,
           d.done_us AS done_us, d.outcome AS outcome, d.failures AS failures, d.fence AS fence
    ORDER BY key LIMIT 100
    """,
    params=NoParams,
    row=DutyRow,
    max_rows=MOST_DUTIES,
    public=False,
)

BEGIN = Query(
    name="upkeep.begin",
    doc="Notes that a duty is begun, made when it is new, where it is due.",
    text="""
    MERGE (d:Duty {key: $key})
    ON CREATE SET d.due_us = 0, d.failures = 0
    WITH d
    WHERE d.due_us <= $at_us
    SET d.began_us = $at_us, d.fence = $fence
    RETURN d.key AS key
    """,
    params=BegunParams,
    row=DutyKeyRow,
    mode=Mode.WRITE,
    public=False,
)

END = Query(
    name="upkeep.end",
    doc="Notes how a run ended, where nobody else has begun the duty since.",
    text="""
    MATCH (d:Duty {key: $key})
    WHERE d.fence = $fence
    SET d.ended_us = $at_us, d.done_us = coalesce($done_us, d.done_us), d.due_us = $due_us,
        d.failures = $failures, d.outcome = $outcome
    RETURN d.key AS key
    """,
    params=EndedParams,
    row=DutyKeyRow,
    mode=Mode.WRITE,
    public=False,
)

MAKE_DUE = Query(
    name="upkeep.make_due",
    doc="Lets a duty be run at once.",
    text="""
    MATCH (d:Duty {key: $key})
    SET d.due_us = 0
    RETURN d.key AS key
    """,
    params=DutyParams,
    row=DutyKeyRow,
    mode=Mode.WRITE,
    public=False,
)

WAITING_LEAVES = Query(
    name="upkeep.waiting_leaves",
    doc="How many leaves have no number yet, and when the oldest was written.",
    text="""
    MATCH (e:AuditEntry)
    WHERE e.place >= $start AND e.place < $end
    WITH e LIMIT 100000
    WITH count(e) AS total, min(e.at_us) AS oldest_us
    RETURN total, oldest_us LIMIT 1
    """,
    params=WaitingParams,
    row=QueueRow,
    max_rows=1,
    public=False,
)

DUE_NOTICES = Query(
    name="upkeep.due_notices",
    doc="How many notices are due to leave by mail, and since when the first is.",
    text="""
    MATCH (n:Notification)
    WHERE n.due_us <= $at_us
    WITH n LIMIT 100000
    WITH count(n) AS total, min(n.due_us) AS oldest_us
    RETURN total, oldest_us LIMIT 1
    """,
    params=DueByParams,
    row=QueueRow,
    max_rows=1,
    public=False,
)
