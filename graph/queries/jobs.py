"""Jobs: listed for whoever ordered them, and taken, kept and ended by workers."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import AsOf


class MyJobsParams(Params):
    """Places of one user's jobs, and how many of them are wanted."""

    after: str
    end: str
    limit: int


class JobParams(Params):
    """A job."""

    key: str


class MyJobParams(JobParams):
    """A job, and who asks."""

    agency: str
    user: str


class TurnParams(JobParams):
    """A job, and a random value that is written before anything is decided."""

    turn: str


class TakeJobParams(JobParams):
    """Which worker takes a job, and until when."""

    holder: str
    at_us: int
    until_us: int


class MovedParams(JobParams):
    """How far a job is that a worker has; nothing is noted where another one has it."""

    holder: str
    fence: int
    at_us: int
    until_us: int
    total: int | None
    done: int
    outcome: str | None
    problem: str | None
    next_holder: str
    """The same worker; empty where it lets go."""
    tries: int


class EndJobParams(JobParams):
    """How a job ended; nothing is noted where another worker has it."""

    holder: str
    fence: int
    at_us: int
    state: str
    total: int | None
    done: int
    outcome: str | None
    problem: str | None
    expires_us: int


class CallOffParams(JobParams):
    """A job that is called off."""

    at_us: int


class CalledOffParams(CallOffParams):
    """The same, where no worker has begun it."""

    expires_us: int


class JobRow(Row):
    """A job."""

    key: str
    agency: str
    user: str
    place: str
    kind: str
    wanted: str
    state: str
    made_us: int
    started_us: int | None
    moved_us: int | None
    ended_us: int | None
    expires_us: int | None
    total: int | None
    done: int
    outcome: str | None
    problem: str | None
    cancel_us: int | None
    fence: int
    until_us: int
    request: str | None
    tries: int
    """Runs that ended by a defect, or with a worker that did not come back."""


class JobKeyRow(Row):
    """A job's key."""

    key: str


MINE = Query(
    name="jobs.mine",
    doc="Jobs that one user ordered, the newest first.",
    text="""
    MATCH (j:Job)
    WHERE j.place > $after AND j.place < $end
    RETURN j.key AS key, j.agency AS agency, j.user AS user, j.place AS place, j.kind AS kind,
           j.wanted AS wanted, j.state AS state, j.made_us AS made_us, j.started_us AS started_us,
           j.moved_us AS moved_us, j.ended_us AS ended_us, j.expires_us AS expires_us,
           j.total AS total, j.done AS done, j.outcome AS outcome, j.problem AS problem,
           j.cancel_us AS cancel_us, j.fence AS fence, j.until_us AS until_us, j.request AS request,
           coalesce(j.tries, 0) AS tries
    ORDER BY place LIMIT $limit
    """,
    params=MyJobsParams,
    row=JobRow,
    public=False,
)

ONE = Query(
    name="jobs.one",
    doc="A job, for whoever ordered it.",
    text="""
    MATCH (j:Job {key: $key})
    WHERE j.agency = $agency AND j.user = $user
    RETURN j.key AS key, j.agency AS agency, j.user AS user, j.place AS place, j.kind AS kind,
           j.wanted AS wanted, j.state AS state, j.made_us AS made_us, j.started_us AS started_us,
           j.moved_us AS moved_us, j.ended_us AS ended_us, j.expires_us AS expires_us,
           j.total AS total, j.done AS done, j.outcome AS outcome, j.problem AS problem,
           j.cancel_us AS cancel_us, j.fence AS fence, j.until_us AS until_us, j.request AS request,
           coalesce(j.tries, 0) AS tries
    LIMIT 1
    """,
    params=MyJobParams,
    row=JobRow,
    max_rows=1,
    public=False,
)

THIS = Query(
    name="jobs.this",
    doc="A job, for a worker.",
    text="""
    MATCH (j:Job {key: $key})
    RETURN j.key AS key, j.agency AS agency, j.user AS user, j.place AS place, j.kind AS kind,
           j.wanted AS wanted, j.state AS state, j.made_us AS made_us, j.started_us AS started_us,
           j.moved_us AS moved_us, j.ended_us AS ended_us, j.expires_us AS expires_us,
           j.total AS total, j.done AS done, j.outcome AS outcome, j.problem AS problem,
           j.cancel_us AS cancel_us, j.fence AS fence, j.until_us AS until_us, j.request AS request,
           coalesce(j.tries, 0) AS tries
    LIMIT 1
    """,
    params=JobParams,
    row=JobRow,
    max_rows=1,
    public=False,
)

LOCK = Query(
    name="jobs.lock",
    doc="Takes the write lock of a job before it is read to decide.",
    text="MATCH (j:Job {key: $key}) SET j.turn = $turn",
    params=TurnParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

TAKE = Query(
    name="jobs.take",
    doc="Gives a job to a worker where no other one has it.",
    text="""
    MATCH (j:Job {key: $key})
    WHERE j.open_us > 0 AND (j.until_us <= $at_us OR j.holder = $holder)
    SET j.tries = CASE
          WHEN j.state = 'running' AND coalesce(j.holder, '') <> '' AND j.holder <> $holder
          THEN 1 + coalesce(j.tries, 0) ELSE coalesce(j.tries, 0) END
    SET j.state = 'running', j.holder = $holder, j.fence = j.fence + 1, j.until_us = $until_us,
        j.started_us = coalesce(j.started_us, $at_us)
    RETURN j.key AS key
    """,
    params=TakeJobParams,
    row=JobKeyRow,
    mode=Mode.WRITE,
    public=False,
)

MOVE = Query(
    name="jobs.move",
    doc="Notes how far a job is, and keeps it for its worker.",
    text="""
    MATCH (j:Job {key: $key})
    WHERE j.open_us > 0 AND j.holder = $holder AND j.fence = $fence
    SET j.moved_us = $at_us, j.until_us = $until_us, j.total = $total, j.done = $done,
        j.outcome = $outcome, j.problem = $problem, j.holder = $next_holder,
        j.tries = $tries
    RETURN j.key AS key
    """,
    params=MovedParams,
    row=JobKeyRow,
    mode=Mode.WRITE,
    public=False,
)

END = Query(
    name="jobs.end",
    doc="Notes how a job ended.",
    text="""
    MATCH (j:Job {key: $key})
    WHERE j.open_us > 0 AND j.holder = $holder AND j.fence = $fence
    SET j.state = $state, j.open_us = null, j.ended_us = $at_us, j.moved_us = $at_us,
        j.total = $total, j.done = $done, j.outcome = $outcome, j.problem = $problem,
        j.expires_us = $expires_us
    RETURN j.key AS key
    """,
    params=EndJobParams,
    row=JobKeyRow,
    mode=Mode.WRITE,
    public=False,
)

CALL_OFF = Query(
    name="jobs.call_off",
    doc="Notes that a job is called off; its worker ends it after the part at hand.",
    text="""
    MATCH (j:Job {key: $key})
    WHERE j.open_us > 0
    SET j.cancel_us = coalesce(j.cancel_us, $at_us)
    RETURN j.key AS key
    """,
    params=CallOffParams,
    row=JobKeyRow,
    mode=Mode.WRITE,
    public=False,
)

CALLED_OFF = Query(
    name="jobs.called_off",
    doc="Ends a job that is called off before any worker has begun it.",
    text="""
    MATCH (j:Job {key: $key})
    WHERE j.state = 'queued'
    SET j.state = 'cancelled', j.open_us = null, j.ended_us = $at_us, j.cancel_us = $at_us,
        j.expires_us = $expires_us
    RETURN j.key AS key
    """,
    params=CalledOffParams,
    row=JobKeyRow,
    mode=Mode.WRITE,
    public=False,
)

FORGET = Query(
    name="jobs.forget",
    doc="Deletes jobs that ended long ago.",
    text="""
    MATCH (j:Job)
    WHERE j.expires_us <= $now_us
    WITH j ORDER BY j.expires_us, j.key LIMIT 500
    WITH j, j.key AS key
    DELETE j
    RETURN key
    """,
    params=AsOf,
    row=JobKeyRow,
    mode=Mode.WRITE,
    public=False,
)
