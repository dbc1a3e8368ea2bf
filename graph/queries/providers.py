"""What an agency asked of providers: each query is one agency's, or the clock's."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.desk_tasks import (
    MOST,
    ClockParams,
    PlacedRow,
    RangeParams,
    RecordKeyParams,
    RecordKeysParams,
)


class ProviderRow(Row):
    """A request to a provider, all that is known of it."""

    key: str
    agency: str
    subject: str
    kind: str
    provider: str
    reference: str
    sent_on: str
    ends_on: str
    ends_us: int
    zone: str
    source: str
    entered_us: int
    entered_by: str
    renewed_on: str | None
    answered_on: str | None
    told_days: int | None
    ends_place: str | None
    subject_place: str | None
    stage: str
    moved_us: int
    moved_by: str
    why: str | None
    steps: int
    clock_us: int | None
    version: int | None


class ToldItem(Params):
    """A tip's place, the mark that was told, and when the next one is."""

    key: str
    told: int
    clock_us: int | None


class ToldParams(Params):
    """Places whose marks were told."""

    rows: list[ToldItem]


LOCK = Query(
    name="providers.lock",
    doc="Takes the write lock of a request before it is read to decide.",
    text="""
    MATCH (r:ProviderRequest {key: $key})
    SET r.version = coalesce(r.version, 0)
    """,
    params=RecordKeyParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

REQUESTS = Query(
    name="providers.by_key",
    doc="Requests with these keys, whosever.",
    text="""
    UNWIND $keys AS k
    MATCH (r:ProviderRequest {key: k})
    RETURN r.key AS key, r.agency AS agency, r.subject AS subject, r.kind AS kind,
           r.provider AS provider, r.reference AS reference, r.sent_on AS sent_on,
           r.ends_on AS ends_on, r.ends_us AS ends_us, r.zone AS zone, r.source AS source,
           r.entered_us AS entered_us, r.entered_by AS entered_by, r.renewed_on AS renewed_on,
           r.answered_on AS answered_on, r.told_days AS told_days, r.ends_place AS ends_place,
           r.subject_place AS subject_place, r.stage AS stage, r.moved_us AS moved_us,
           r.moved_by AS moved_by, r.why AS why, r.steps AS steps, r.clock_us AS clock_us,
           r.version AS version
    ORDER BY key LIMIT 1000
    """,
    params=RecordKeysParams,
    row=ProviderRow,
    max_rows=1000,
    public=False,
)

BY_END = Query(
    name="providers.by_end",
    doc="An agency's requests whose clock runs, the first end first.",
    text="""
    MATCH (r:ProviderRequest)
    WHERE r.ends_place > $after AND r.ends_place < $end
    RETURN r.key AS key, r.ends_place AS place
    ORDER BY r.ends_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

OF_SUBJECT = Query(
    name="providers.of_subject",
    doc="An agency's requests about one tip or investigation, in the order they were entered.",
    text="""
    MATCH (r:ProviderRequest)
    WHERE r.subject_place > $after AND r.subject_place < $end
    RETURN r.key AS key, r.subject_place AS place
    ORDER BY r.subject_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)

DUE = Query(
    name="providers.due",
    doc="Requests whose next mark or end has come by a time: for the clock.",
    text="""
    MATCH (r:ProviderRequest)
    WHERE r.clock_us <= $at_us
    RETURN r.key AS key, r.agency AS place
    ORDER BY r.clock_us, key LIMIT $limit
    """,
    params=ClockParams,
    row=PlacedRow,
    max_rows=MOST,
    public=False,
)

EXPIRING = Query(
    name="providers.expiring",
    doc="Open tips whose next mark before the presumed end has come by a time: for the clock.",
    text="""
    MATCH (q:Triage)
    WHERE q.expiry_clock_us <= $at_us
    RETURN q.key AS key, q.agency AS place
    ORDER BY q.expiry_clock_us, key LIMIT $limit
    """,
    params=ClockParams,
    row=PlacedRow,
    max_rows=MOST,
    public=False,
)

TOLD = Query(
    name="providers.told",
    doc="Notes which mark before its presumed end was told of a tip, and when the next one is.",
    text="""
    UNWIND $rows AS r
    MATCH (q:Triage {key: r.key})
    SET q.expiry_told = r.told, q.expiry_clock_us = r.clock_us
    """,
    params=ToldParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

PRESUMED = Query(
    name="providers.presumed",
    doc="An agency's open tips by the presumed end of their provider's duty to preserve.",
    text="""
    MATCH (q:Triage)
    WHERE q.expiry_place > $after AND q.expiry_place < $end
    RETURN q.key AS key, q.expiry_place AS place
    ORDER BY q.expiry_place LIMIT $limit
    """,
    params=RangeParams,
    row=PlacedRow,
    max_rows=MOST + 1,
    public=False,
)
