"""Conflicts as they are written: locked, read to decide, and changed."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, Params, Query, Row

MOST_KEYS = 5000


class ConflictKeysParams(Params):
    """Keys of conflicts or reasons."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class SeenAgainItem(Params):
    """A reason that was found again."""

    key: str
    at_us: int
    urgency: int | None


class SeenAgainParams(Params):
    """Reasons that were found again."""

    rows: list[SeenAgainItem]


class ClockParams(Params):
    """Conflicts whose clock runs out up to a time, so many at most."""

    at_us: int
    limit: int


class ConflictRow(Row):
    """A conflict, all that is known of it. Never shown as it is."""

    key: str
    ref: str
    first_agency: str
    first_case: str | None
    first_told: str
    first_sealed_to: str | None
    first_hidden: bool | None
    first_due_us: int | None
    first_seen_us: int | None
    first_seen_by: str | None
    first_late_us: int | None
    second_agency: str
    second_case: str | None
    second_told: str
    second_sealed_to: str | None
    second_hidden: bool | None
    second_due_us: int | None
    second_seen_us: int | None
    second_seen_by: str | None
    second_late_us: int | None
    status: str
    severity: str
    severity_why: list[str] | None
    opened_us: int
    since_us: int
    clock_us: int | None
    resolution: str | None
    resolved_us: int | None
    resolved_by: str | None
    resolved_why: str | None
    reopenings: int | None
    notice_count: int | None
    message_count: int | None
    changed_us: int | None
    changed_by: str | None
    version: int | None


class ReasonRow(Row):
    """A reason, all that is known of it."""

    conflict: str
    key: str
    kind: str
    identifier_kind: str
    first_ref: str | None
    second_ref: str | None
    first_role: str | None
    second_role: str | None
    asked_side: str | None
    asked_by: str | None
    purpose: str | None
    urgency: int | None
    first_us: int
    last_us: int | None
    times: int | None
    tip: str | None = None
    ended_us: int | None = None


class MessageRow(Row):
    """A message."""

    key: str
    number: int
    agency: str
    written_by: str
    at_us: int
    text: str


class ConflictKeyRow(Row):
    """A key of a conflict."""

    key: str


LOCK_CONFLICTS = Query(
    name="conflicts.lock",
    doc="Takes the write lock of conflicts before they are read to decide.",
    text="""
    UNWIND $keys AS k
    MATCH (f:Conflict {key: k})
    SET f.version = coalesce(f.version, 0)
    """,
    params=ConflictKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

CONFLICTS_BY_KEY = Query(
    name="conflicts.by_key",
    doc="Conflicts with these keys, whoever may see them.",
    text="""
    UNWIND $keys AS k
    MATCH (f:Conflict {key: k})
    RETURN f.key AS key, f.ref AS ref, f.first_agency AS first_agency,
           f.first_case AS first_case, f.first_told AS first_told,
           f.first_sealed_to AS first_sealed_to, f.first_hidden AS first_hidden,
           f.first_due_us AS first_due_us, f.first_seen_us AS first_seen_us,
           f.first_seen_by AS first_seen_by, f.first_late_us AS first_late_us,
           f.second_agency AS second_agency, f.second_case AS second_case,
           f.second_told AS second_told, f.second_sealed_to AS second_sealed_to,
           f.second_hidden AS second_hidden, f.second_due_us AS second_due_us,
           f.second_seen_us AS second_seen_us, f.second_seen_by AS second_seen_by,
           f.second_late_us AS second_late_us, f.status AS status, f.severity AS severity,
           f.severity_why AS severity_why, f.opened_us AS opened_us, f.since_us AS since_us,
           f.clock_us AS clock_us, f.resolution AS resolution, f.resolved_us AS resolved_us,
           f.resolved_by AS resolved_by, f.resolved_why AS resolved_why,
           f.reopenings AS reopenings, f.notice_count AS notice_count,
           f.message_count AS message_count, f.changed_us AS changed_us,
           f.changed_by AS changed_by, f.version AS version
    ORDER BY key LIMIT 5000
    """,
    params=ConflictKeysParams,
    row=ConflictRow,
    max_rows=MOST_KEYS,
    public=False,
)

REASONS_OF = Query(
    name="conflicts.reasons",
    doc="What the sides of conflicts meet in, oldest first.",
    text="""
    UNWIND $keys AS k
    MATCH (f:Conflict {key: k})
    WITH f
    MATCH (f)-[:HAS_REASON]->(r:Reason)
    RETURN f.key AS conflict, r.key AS key, r.kind AS kind,
           r.identifier_kind AS identifier_kind, r.first_ref AS first_ref,
           r.second_ref AS second_ref, r.first_role AS first_role,
           r.second_role AS second_role, r.asked_side AS asked_side, r.asked_by AS asked_by,
           r.purpose AS purpose, r.urgency AS urgency, r.first_us AS first_us,
           r.last_us AS last_us, r.times AS times, r.tip AS tip, r.ended_us AS ended_us
    ORDER BY conflict, first_us, key LIMIT 100000
    """,
    params=ConflictKeysParams,
    row=ReasonRow,
    max_rows=100_000,
    public=False,
)

SEEN_AGAIN = Query(
    name="conflicts.seen_again",
    doc="Notes that reasons were found again.",
    text="""
    UNWIND $rows AS r
    MATCH (x:Reason {key: r.key})
    SET x.last_us = r.at_us, x.times = 1 + coalesce(x.times, 1), x.ended_us = NULL,
        x.urgency = CASE WHEN r.urgency IS NOT NULL AND r.urgency < coalesce(x.urgency, 9)
                         THEN r.urgency ELSE x.urgency END
    """,
    params=SeenAgainParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

MESSAGES_OF = Query(
    name="conflicts.messages",
    doc="What the sides of conflicts wrote, in order.",
    text="""
    UNWIND $keys AS k
    MATCH (f:Conflict {key: k})
    WITH f
    MATCH (f)-[:HAS_MESSAGE]->(m:Message)
    RETURN m.key AS key, m.number AS number, m.agency AS agency, m.written_by AS written_by,
           m.at_us AS at_us, m.text AS text
    ORDER BY number, key LIMIT 5000
    """,
    params=ConflictKeysParams,
    row=MessageRow,
    max_rows=MOST_KEYS,
    public=False,
)

CLOCKS = Query(
    name="conflicts.clocks",
    doc="Conflicts of which a clock has run out, the first one first.",
    text="""
    MATCH (f:Conflict)
    WHERE f.clock_us <= $at_us
    RETURN f.key AS key
    ORDER BY f.clock_us, key LIMIT $limit
    """,
    params=ClockParams,
    row=ConflictKeyRow,
    public=False,
)
