"""Whom a tip may be given to: what each person carries, and what is kept of them."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row
from graph.queries.scope import ScopeParams

MOST = 5000
_CLASSES = 10


class AgencyParams(Params):
    """An agency."""

    agency: str


class RecordParams(Params):
    """A record, and the agency that asks."""

    agency: str
    key: str


class LoadParams(Params):
    """An agency's part of the places by owner: after a place, before another one."""

    after: str
    end: str


class CasesOfTipParams(ScopeParams):
    """A tip, and how many tips may mention a value at most that leads to a claim."""

    tip: str
    holder: str
    """The same agency: it holds the tip."""
    walk: int


class StaffRow(Row):
    """Something that is kept of somebody."""

    key: str
    agency: str
    kind: str
    user: str | None
    about: str | None
    subject: str | None
    from_us: int | None
    until_us: int | None
    why: str | None
    entered_by: str
    entered_us: int
    ended_us: int | None
    ended_by: str | None
    ended_why: str | None


class LoadRow(Row):
    """Open tips of one owner and one class."""

    owner: str
    priority: str
    total: int
    oldest_us: int
    """Since when the agency holds the oldest."""
    stood_us: int
    """Since when the longest standing was not moved."""


class CaseKeyRow(Row):
    """An investigation."""

    key: str


STAFF = Query(
    name="assignments.staff",
    doc="What counts of an agency's people: skills, absences, conflicts of interest.",
    text="""
    MATCH (s:StaffRecord {agency: $agency})
    WHERE s.ended_us IS NULL
    RETURN s.key AS key, s.agency AS agency, s.kind AS kind, s.user AS user, s.about AS about,
           s.subject AS subject, s.from_us AS from_us, s.until_us AS until_us, s.why AS why,
           s.entered_by AS entered_by, s.entered_us AS entered_us, s.ended_us AS ended_us,
           s.ended_by AS ended_by, s.ended_why AS ended_why
    ORDER BY kind, user, subject, entered_us, key LIMIT 5000
    """,
    params=AgencyParams,
    row=StaffRow,
    max_rows=MOST,
    public=False,
)

RECORD = Query(
    name="assignments.record",
    doc="One record of an agency's people.",
    text="""
    MATCH (s:StaffRecord {key: $key})
    WHERE s.agency = $agency
    RETURN s.key AS key, s.agency AS agency, s.kind AS kind, s.user AS user, s.about AS about,
           s.subject AS subject, s.from_us AS from_us, s.until_us AS until_us, s.why AS why,
           s.entered_by AS entered_by, s.entered_us AS entered_us, s.ended_us AS ended_us,
           s.ended_by AS ended_by, s.ended_why AS ended_why
    LIMIT 1
    """,
    params=RecordParams,
    row=StaffRow,
    max_rows=1,
    public=False,
)

LOADS = Query(
    name="assignments.loads",
    doc="What each person and unit of an agency carries: open tips by class.",
    text="""
    MATCH (q:Triage)
    WHERE q.owner_place > $after AND q.owner_place < $end
    WITH q.owner AS owner, coalesce(q.set_priority, q.priority) AS priority, count(q) AS total,
         min(q.since_us) AS oldest_us, min(q.stood_us) AS stood_us
    RETURN owner, priority, total, oldest_us, stood_us ORDER BY owner, priority LIMIT 50000
    """,
    params=LoadParams,
    row=LoadRow,
    max_rows=MOST * _CLASSES,
    public=False,
)

CASES_OF_TIP = Query(
    name="assignments.cases_of_tip",
    doc="Investigations of an agency that claim what one of its tips states.",
    text="""
    MATCH (t:Tip {key: $tip})
    WHERE $holder IN t.holders
    WITH t
    MATCH (t)-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND x.claim_count > 0 AND x.mention_count <= $walk
    WITH DISTINCT x
    MATCH (x)<-[:CLAIMS]-(c)
    WHERE c.agency = $agency AND c.review_due_us > $now_us
      AND (c.visibility <> 'sealed' OR c.sealed_to = $user OR c.entered_by = $user)
    RETURN DISTINCT c.investigation AS key ORDER BY key LIMIT 1000
    """,
    params=CasesOfTipParams,
    row=CaseKeyRow,
    public=False,
)
