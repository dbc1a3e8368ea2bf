"""Alerts about tips that are to be looked at at once, and each agency's clocks for them."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.triage import PlaceKeysParams

MOST = 200
"""Alerts that are listed, or brought before somebody, together."""
MANY = 1_000_000


class AlertRow(Row):
    """An alert, all that is known of it."""

    key: str
    agency: str
    tip: str
    place: str
    at_us: int
    open_order: str | None
    supervisors_us: int
    administrators_us: int
    clock_us: int | None
    step: int
    told: int
    ended_us: int | None
    ended_by: str | None
    ended_how: str | None


class ClocksRow(Row):
    """An agency's clocks for its urgent tips."""

    key: str
    agency: str
    supervisors_minutes: int
    administrators_minutes: int
    unit: str | None
    changed_us: int | None
    changed_by: str | None
    version: int | None


class AgencyKeysParams(Params):
    """Agencies by key."""

    keys: list[str] = Field(max_length=5000)


class OpenRangeParams(Params):
    """An agency's open alerts: after one place in their order, before another one."""

    after: str
    end: str
    limit: int


class ClockParams(Params):
    """As of when clocks are looked at, and how many of them."""

    at_us: int
    limit: int


class EndParams(Params):
    """Places whose open alerts end, who ended them, and how."""

    keys: list[str]
    at_us: int
    user: str
    how: str


class StepParams(Params):
    """An alert that was brought before further people."""

    key: str
    step: int
    clock_us: int | None


class PlaceMoveParams(Params):
    """A place whose alerts become another one's."""

    key: str
    new_key: str
    new_tip: str


class WaitingRow(Row):
    """How many open alerts there are in a range, and since when."""

    total: int
    oldest_us: int | None
    newest_us: int | None


class StreamRow(Row):
    """An alert that ended, and whose."""

    key: str
    agency: str


OPEN_AT = Query(
    name="urgent.open_at",
    doc="The open alerts of places.",
    text="""
    UNWIND $keys AS k
    MATCH (a:UrgentAlert {place: k})
    WHERE a.ended_us IS NULL
    RETURN a.key AS key, a.agency AS agency, a.tip AS tip, a.place AS place, a.at_us AS at_us,
           a.open_order AS open_order, a.supervisors_us AS supervisors_us,
           a.administrators_us AS administrators_us, a.clock_us AS clock_us, a.step AS step,
           a.told AS told, a.ended_us AS ended_us, a.ended_by AS ended_by,
           a.ended_how AS ended_how
    ORDER BY key LIMIT 1000000
    """,
    params=PlaceKeysParams,
    row=AlertRow,
    max_rows=MANY,
    public=False,
)

OF_PLACE = Query(
    name="urgent.of_place",
    doc="All alerts of places, the last one first.",
    text="""
    UNWIND $keys AS k
    MATCH (a:UrgentAlert {place: k})
    RETURN a.key AS key, a.agency AS agency, a.tip AS tip, a.place AS place, a.at_us AS at_us,
           a.open_order AS open_order, a.supervisors_us AS supervisors_us,
           a.administrators_us AS administrators_us, a.clock_us AS clock_us, a.step AS step,
           a.told AS told, a.ended_us AS ended_us, a.ended_by AS ended_by,
           a.ended_how AS ended_how
    ORDER BY at_us DESC, key LIMIT 200
    """,
    params=PlaceKeysParams,
    row=AlertRow,
    max_rows=MOST,
    public=False,
)

OPEN = Query(
    name="urgent.open",
    doc="Alerts of one agency that nobody acknowledged, whoever waited longest first.",
    text="""
    MATCH (a:UrgentAlert)
    WHERE a.open_order > $after AND a.open_order < $end
    RETURN a.key AS key, a.agency AS agency, a.tip AS tip, a.place AS place, a.at_us AS at_us,
           a.open_order AS open_order, a.supervisors_us AS supervisors_us,
           a.administrators_us AS administrators_us, a.clock_us AS clock_us, a.step AS step,
           a.told AS told, a.ended_us AS ended_us, a.ended_by AS ended_by,
           a.ended_how AS ended_how
    ORDER BY a.open_order LIMIT $limit
    """,
    params=OpenRangeParams,
    row=AlertRow,
    max_rows=MOST + 1,
    public=False,
)

WAITING = Query(
    name="urgent.waiting",
    doc="How many alerts of one agency nobody acknowledged, up to a limit, and since when.",
    text="""
    MATCH (a:UrgentAlert)
    WHERE a.open_order > $after AND a.open_order < $end
    WITH a ORDER BY a.open_order LIMIT $limit
    RETURN count(a) AS total, min(a.at_us) AS oldest_us, max(a.at_us) AS newest_us
    LIMIT 1
    """,
    params=OpenRangeParams,
    row=WaitingRow,
    max_rows=1,
    public=False,
)

DUE = Query(
    name="urgent.due",
    doc="Alerts whose clock has run out by a time, the first one first.",
    text="""
    MATCH (a:UrgentAlert)
    WHERE a.clock_us <= $at_us
    RETURN a.key AS key, a.agency AS agency, a.tip AS tip, a.place AS place, a.at_us AS at_us,
           a.open_order AS open_order, a.supervisors_us AS supervisors_us,
           a.administrators_us AS administrators_us, a.clock_us AS clock_us, a.step AS step,
           a.told AS told, a.ended_us AS ended_us, a.ended_by AS ended_by,
           a.ended_how AS ended_how
    ORDER BY clock_us, key LIMIT $limit
    """,
    params=ClockParams,
    row=AlertRow,
    max_rows=MOST,
    public=False,
)

END = Query(
    name="urgent.end",
    doc="Ends the open alerts of places, and gives them.",
    text="""
    UNWIND $keys AS k
    MATCH (a:UrgentAlert {place: k})
    WHERE a.ended_us IS NULL
    SET a.ended_us = $at_us, a.ended_by = $user, a.ended_how = $how,
        a.clock_us = null, a.open_order = null
    RETURN a.key AS key, a.agency AS agency ORDER BY key LIMIT 1000000
    """,
    params=EndParams,
    row=StreamRow,
    mode=Mode.WRITE,
    max_rows=MANY,
    public=False,
)

STEP = Query(
    name="urgent.step",
    doc="Notes that an alert was brought before further people.",
    text="""
    MATCH (a:UrgentAlert {key: $key})
    SET a.step = $step, a.clock_us = $clock_us
    """,
    params=StepParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

PASS_ON = Query(
    name="urgent.pass_on",
    doc="Lets the alerts of a place be those of another place.",
    text="""
    MATCH (a:UrgentAlert {place: $key})
    SET a.place = $new_key, a.tip = $new_tip
    """,
    params=PlaceMoveParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

CLOCKS = Query(
    name="urgent.clocks",
    doc="The clocks that agencies have set for their urgent tips.",
    text="""
    UNWIND $keys AS k
    MATCH (c:UrgentClocks {key: k})
    RETURN c.key AS key, c.agency AS agency, c.supervisors_minutes AS supervisors_minutes,
           c.administrators_minutes AS administrators_minutes, c.unit AS unit,
           c.changed_us AS changed_us, c.changed_by AS changed_by, c.version AS version
    ORDER BY key LIMIT 5000
    """,
    params=AgencyKeysParams,
    row=ClocksRow,
    max_rows=5000,
    public=False,
)
