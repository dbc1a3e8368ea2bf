"""Where tips stand at the agencies that hold them, as it is written."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.recording import MANY, TipKeysParams

MOST_TOGETHER = 5000


class PlaceKeysParams(Params):
    """Keys of places."""

    keys: list[str]


class PlaceRow(Row):
    """A tip's place at an agency, all that is known of it."""

    key: str
    agency: str
    tip: str
    state: str
    owner: str | None
    held: bool
    since_us: int
    stood_us: int
    due_us: int | None
    why: str | None
    outcome: str | None
    recipient: str | None
    priority: str
    reasons: list[str] | None
    unknown: list[str] | None
    rules: str
    rules_place: str | None = None
    set_priority: str | None
    set_why: str | None
    set_by: str | None
    set_us: int | None
    raised_us: int | None = None
    queue_place: str | None
    owner_place: str | None
    state_place: str | None
    since_place: str | None
    provider: str | None
    lacks: str | None
    expires_on: str | None = None
    expires_us: int | None = None
    expiry_place: str | None = None
    expiry_clock_us: int | None = None
    expiry_told: int | None = None
    list_place: str | None
    incident: str | None = None
    fold: str | None = None
    under: str | None = None
    row_since_us: int | None = None
    queue_row: str | None = None
    owner_row: str | None = None
    state_row: str | None = None
    apart_us: int | None = None
    apart_by: str | None = None
    apart_why: str | None = None
    news: list[str] | None = None
    news_us: int | None = None
    news_place: str | None = None
    moves: int
    changed_us: int | None
    changed_by: str | None
    version: int | None


class StandingRow(Row):
    """A tip, an agency that holds or held it, and what bears on how urgent it is."""

    tip: str
    agency: str
    from_us: int
    until_us: int | None
    order_key: str
    signals: list[str] | None
    provider: str | None
    incident_us: int | None = None
    lacks: list[str] | None
    withdrawn_us: int | None
    withdrawn_why: str | None
    received_us: int | None = None
    zone: str | None = None


class MovedParams(Params):
    """A place, the version that a move starts from, and how it is after."""

    key: str
    expected: int
    state: str
    owner: str | None
    stood_us: int
    due_us: int | None
    why: str | None
    outcome: str | None
    recipient: str | None
    set_priority: str | None
    set_why: str | None
    set_by: str | None
    set_us: int | None
    queue_place: str | None
    owner_place: str | None
    state_place: str | None
    expiry_place: str | None
    expiry_clock_us: int | None
    moves: int
    at_us: int
    user: str


class MovedRow(Row):
    """A place that was moved."""

    version: int


class PlaceOfRow(Row):
    """A place of a tip, and how often it was moved."""

    key: str
    tip: str
    agency: str
    moves: int


class AfterTipParams(Params):
    """Where the last page of tips ended."""

    after: str


class TipRow(Row):
    """A tip."""

    tip: str


LOCK_PLACES = Query(
    name="triage.lock",
    doc="Takes the write lock of places before they are read to decide.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {key: k})
    SET q.version = coalesce(q.version, 0)
    """,
    params=PlaceKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

PLACES = Query(
    name="triage.places",
    doc="Places with these keys, whoever may see them.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {key: k})
    RETURN q.key AS key, q.agency AS agency, q.tip AS tip, q.state AS state, q.owner AS owner,
           q.held AS held, q.since_us AS since_us, q.stood_us AS stood_us, q.due_us AS due_us,
           q.why AS why, q.outcome AS outcome, q.recipient AS recipient,
           q.priority AS priority, q.reasons AS reasons, q.unknown AS unknown, q.rules AS rules,
           q.rules_place AS rules_place,
           q.set_priority AS set_priority, q.set_why AS set_why, q.set_by AS set_by,
           q.set_us AS set_us, q.raised_us AS raised_us, q.queue_place AS queue_place,
           q.owner_place AS owner_place, q.state_place AS state_place,
           q.list_place AS list_place, q.since_place AS since_place,
           q.provider AS provider, q.lacks AS lacks, q.expires_on AS expires_on,
           q.expires_us AS expires_us, q.expiry_place AS expiry_place,
           q.expiry_clock_us AS expiry_clock_us, q.expiry_told AS expiry_told,
           q.incident AS incident, q.fold AS fold,
           q.under AS under, q.row_since_us AS row_since_us, q.queue_row AS queue_row,
           q.owner_row AS owner_row, q.state_row AS state_row, q.apart_us AS apart_us,
           q.apart_by AS apart_by, q.apart_why AS apart_why, q.news AS news,
           q.news_us AS news_us, q.news_place AS news_place, q.moves AS moves,
           q.changed_us AS changed_us, q.changed_by AS changed_by, q.version AS version
    ORDER BY key LIMIT 1000000
    """,
    params=PlaceKeysParams,
    row=PlaceRow,
    max_rows=MANY,
    public=False,
)

STANDING = Query(
    name="triage.standing",
    doc="Tips with each agency that holds or held them, and what bears on their priority.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[h:HELD_BY]->(g:Agency)
    RETURN t.key AS tip, g.key AS agency, coalesce(h.resumed_us, h.from_us) AS from_us,
           h.until_us AS until_us, t.order_key AS order_key, t.signals AS signals,
           t.provider AS provider, t.incident_us AS incident_us, t.lacks AS lacks,
           t.received_us AS received_us, t.withdrawn_us AS withdrawn_us,
           t.withdrawn_why AS withdrawn_why, g.zone AS zone
    ORDER BY tip, agency LIMIT 1000000
    """,
    params=TipKeysParams,
    row=StandingRow,
    max_rows=MANY,
    public=False,
)

MOVED = Query(
    name="triage.moved",
    doc="Moves a place that nobody moved since: none is given where somebody did.",
    text="""
    MATCH (q:Triage {key: $key})
    WHERE coalesce(q.version, 0) = $expected
    SET q.state = $state, q.owner = $owner, q.stood_us = $stood_us, q.due_us = $due_us,
        q.why = $why, q.outcome = $outcome, q.recipient = $recipient,
        q.set_priority = $set_priority, q.set_why = $set_why, q.set_by = $set_by,
        q.set_us = $set_us, q.queue_place = $queue_place, q.owner_place = $owner_place,
        q.state_place = $state_place, q.expiry_place = $expiry_place,
        q.expiry_clock_us = $expiry_clock_us, q.moves = $moves, q.changed_us = $at_us,
        q.changed_by = $user, q.version = $expected + 1
    RETURN q.version AS version
    """,
    params=MovedParams,
    row=MovedRow,
    mode=Mode.WRITE,
    public=False,
)

PLACES_OF = Query(
    name="triage.of_tips",
    doc="The places of tips, at whichever agency.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {tip: k})
    RETURN q.key AS key, q.tip AS tip, q.agency AS agency, q.moves AS moves
    ORDER BY key LIMIT 1000000
    """,
    params=TipKeysParams,
    row=PlaceOfRow,
    max_rows=MANY,
    public=False,
)

HELD_TIPS = Query(
    name="triage.held_tips",
    doc="Tips that somebody holds or held, by key: for counting anew.",
    text="""
    MATCH (t:Tip)
    WHERE t.key > $after AND EXISTS { (t)-[:HELD_BY]->() }
    RETURN t.key AS tip ORDER BY tip LIMIT 500
    """,
    params=AfterTipParams,
    row=TipRow,
    max_rows=500,
    public=False,
)
