"""Policies of retention, legal holds, records of purges and what is left of purged tips."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.evidence import AgencyParams

MOST = 1000
MANY = 1_000_000


class PolicyRow(Row):
    """A version of how long an agency keeps records of a class."""

    key: str
    agency: str
    kind: str
    number: int
    days: int | None
    counts_from: str
    name: str
    dated: str
    why: str
    proposed_by: str
    proposed_us: int
    confirmed_by: str | None
    confirmed_us: int | None
    from_us: int | None


class HoldRow(Row):
    """A legal hold."""

    key: str
    agency: str
    about: str
    subject: str
    why: str
    reference: str
    placed_by: str
    placed_us: int
    ended_us: int | None
    ended_by: str | None
    ended_why: str | None


class RecordRow(Row):
    """A record of a purge."""

    key: str
    agency: str
    kind: str
    policy: str
    name: str
    began_us: int
    last_us: int
    total: int
    removed: int | None
    held: int | None
    salt: str
    digest: str | None


class KeyParams(Params):
    """A record by key."""

    key: str


class ForceParams(Params):
    """As of when policies count."""

    at_us: int


class RangeParams(Params):
    """A range of keys or places: after one, before another, and how many."""

    after: str
    end: str
    limit: int


class EndHoldParams(Params):
    """A hold that ends."""

    key: str
    at_us: int
    user: str
    why: str


class StubKeysParams(Params):
    """Digests of purged tips."""

    keys: list[str]


class StubRow(Row):
    """That an agency purged a tip."""

    key: str
    agency: str
    at_us: int
    policy: str
    number: int
    dated: str


class SaltRow(Row):
    """What digests of purged tips are made with."""

    salt: str


class HeldCaseParams(Params):
    """Tips, and investigations that are on hold."""

    keys: list[str]
    cases: list[str]


class TipKeyRow(Row):
    """A tip."""

    tip: str


POLICIES = Query(
    name="retention.policies",
    doc="Every version of how long an agency keeps its records, the newest first.",
    text="""
    MATCH (p:RetentionPolicy {agency: $agency})
    RETURN p.key AS key, p.agency AS agency, p.kind AS kind, p.number AS number, p.days AS days,
           p.counts_from AS counts_from, p.name AS name, p.dated AS dated, p.why AS why,
           p.proposed_by AS proposed_by, p.proposed_us AS proposed_us,
           p.confirmed_by AS confirmed_by, p.confirmed_us AS confirmed_us, p.from_us AS from_us
    ORDER BY number DESC, kind LIMIT 1000
    """,
    params=AgencyParams,
    row=PolicyRow,
    max_rows=MOST,
    public=False,
)

ALL_POLICIES = Query(
    name="retention.all_policies",
    doc="Confirmed policies of all agencies that have begun to count: for the worker.",
    text="""
    MATCH (p:RetentionPolicy)
    WHERE p.from_us <= $at_us
    RETURN p.key AS key, p.agency AS agency, p.kind AS kind, p.number AS number, p.days AS days,
           p.counts_from AS counts_from, p.name AS name, p.dated AS dated, p.why AS why,
           p.proposed_by AS proposed_by, p.proposed_us AS proposed_us,
           p.confirmed_by AS confirmed_by, p.confirmed_us AS confirmed_us, p.from_us AS from_us
    ORDER BY key LIMIT 1000000
    """,
    params=ForceParams,
    row=PolicyRow,
    max_rows=MANY,
    public=False,
)

HOLDS = Query(
    name="retention.holds",
    doc="Legal holds of an agency, ended ones too, the newest first.",
    text="""
    MATCH (h:LegalHold {agency: $agency})
    RETURN h.key AS key, h.agency AS agency, h.about AS about, h.subject AS subject, h.why AS why,
           h.reference AS reference, h.placed_by AS placed_by, h.placed_us AS placed_us,
           h.ended_us AS ended_us, h.ended_by AS ended_by, h.ended_why AS ended_why
    ORDER BY placed_us DESC, key LIMIT 1000
    """,
    params=AgencyParams,
    row=HoldRow,
    max_rows=MOST,
    public=False,
)

IN_FORCE = Query(
    name="retention.in_force",
    doc="Legal holds of an agency that count.",
    text="""
    MATCH (h:LegalHold {agency: $agency})
    WHERE h.ended_us IS NULL
    RETURN h.key AS key, h.agency AS agency, h.about AS about, h.subject AS subject, h.why AS why,
           h.reference AS reference, h.placed_by AS placed_by, h.placed_us AS placed_us,
           h.ended_us AS ended_us, h.ended_by AS ended_by, h.ended_why AS ended_why
    ORDER BY key LIMIT 1000000
    """,
    params=AgencyParams,
    row=HoldRow,
    max_rows=MANY,
    public=False,
)

ALL_HOLDS = Query(
    name="retention.all_holds",
    doc="Legal holds of all agencies that are about more than a tip: for the purge of claims.",
    text="""
    MATCH (h:LegalHold)
    WHERE h.ended_us IS NULL AND h.about <> 'tip'
    RETURN h.key AS key, h.agency AS agency, h.about AS about, h.subject AS subject, h.why AS why,
           h.reference AS reference, h.placed_by AS placed_by, h.placed_us AS placed_us,
           h.ended_us AS ended_us, h.ended_by AS ended_by, h.ended_why AS ended_why
    ORDER BY key LIMIT 1000000
    """,
    params=NoParams,
    row=HoldRow,
    max_rows=MANY,
    public=False,
)

END_HOLD = Query(
    name="retention.end_hold",
    doc="Ends a legal hold.",
    text="""
    MATCH (h:LegalHold {key: $key})
    WHERE h.ended_us IS NULL
    SET h.ended_us = $at_us, h.ended_by = $user, h.ended_why = $why
    """,
    params=EndHoldParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

HELD_BY_CASE = Query(
    name="retention.held_by_case",
    doc="Of some tips those that state, or stated, what investigations on hold claim.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[:ASSERTS]->(x)<-[:CLAIMS]-(c:Claim)
    WHERE c.investigation IN $cases
    RETURN DISTINCT k AS tip ORDER BY tip LIMIT 1000000
    """,
    params=HeldCaseParams,
    row=TipKeyRow,
    max_rows=MANY,
    public=False,
)

RECORDS = Query(
    name="retention.records",
    doc="Records of an agency's purges, by key.",
    text="""
    MATCH (r:PurgeRecord)
    WHERE r.key > $after AND r.key < $end
    RETURN r.key AS key, r.agency AS agency, r.kind AS kind, r.policy AS policy, r.name AS name,
           r.began_us AS began_us, r.last_us AS last_us, r.total AS total, r.removed AS removed,
           r.held AS held, r.salt AS salt, r.digest AS digest
    ORDER BY key LIMIT $limit
    """,
    params=RangeParams,
    row=RecordRow,
    public=False,
)

RECORD = Query(
    name="retention.record",
    doc="One record of a purge.",
    text="""
    MATCH (r:PurgeRecord {key: $key})
    RETURN r.key AS key, r.agency AS agency, r.kind AS kind, r.policy AS policy, r.name AS name,
           r.began_us AS began_us, r.last_us AS last_us, r.total AS total, r.removed AS removed,
           r.held AS held, r.salt AS salt, r.digest AS digest
    LIMIT 1
    """,
    params=KeyParams,
    row=RecordRow,
    public=False,
)

STUBS = Query(
    name="retention.stubs",
    doc="What is left of purged tips, by their digests.",
    text="""
    UNWIND $keys AS k
    MATCH (s:PurgedTip {key: k})
    RETURN s.key AS key, s.agency AS agency, s.at_us AS at_us, s.policy AS policy,
           s.number AS number, s.dated AS dated
    ORDER BY key LIMIT 1000000
    """,
    params=StubKeysParams,
    row=StubRow,
    max_rows=MANY,
    public=False,
)

SALT = Query(
    name="retention.salt",
    doc="What digests of purged tips are made with; none while nothing was purged.",
    text="MATCH (s:RetentionSalt {key: 'store'}) RETURN s.salt AS salt LIMIT 1",
    params=NoParams,
    row=SaltRow,
    public=False,
)
