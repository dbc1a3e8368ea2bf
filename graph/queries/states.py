"""States of identifiers: what counting looks at, what stands on them, and what follows.

Where a query is needed for each kind of identifier it is made once, at import, from the names of
the declared schema, like `graph.queries.upserts`.
"""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.decisions import DecisionRow
from graph.queries.generated import from_schema
from graph.queries.scope import Seeing
from graph.schema.nodes import IDENTIFIERS

PAGE = 5000
"""Identifiers in one page."""
MOST_HOLDERS = 20_000
"""Holders of one identifier that are looked at: urgent ones first, then the newest."""
_MANY = 1_000_000


class CandidatesParams(Params):
    """Where the last page ended, and the lowest band that is counted."""

    after: str
    least: int


class CandidateRow(Row):
    """An identifier that enough tips hold."""

    key: str
    band: int


class KeysParams(Params):
    """Identifiers of one kind."""

    keys: list[str]


class SeenKeysParams(KeysParams, Seeing):
    """Identifiers of one kind, as somebody may see them."""


class StateHoldersParams(Params):
    """Identifiers of one kind, and how many holders of each are wanted."""

    keys: list[str]
    limit: int


class HolderRow(Row):
    """A tip that holds an identifier."""

    identifier: str
    tip: str
    provider: str | None
    at_us: int | None


class StateRow(Row):
    """An identifier's state as it stands on the node."""

    key: str
    band: int | None
    state: str
    state_reason: str | None
    state_by: str | None
    state_since_us: int | None
    state_until_us: int | None
    base_state: str | None
    base_why: str | None
    base_by: str | None
    base_since_us: int | None


class NewestParams(Params):
    """Two ends of a range of tips in their order."""

    start: str
    end: str


class NewestRow(Row):
    """When a tip was received, or else its incident."""

    at_us: int | None


class StateItem(Params):
    """What stands on an identifier from now on."""

    key: str
    state: str
    state_reason: str | None
    state_by: str | None
    state_since_us: int | None
    state_until_us: int | None
    base_state: str | None
    base_why: str | None
    base_by: str | None
    base_since_us: int | None


class StateItemsParams(Params):
    """New states of identifiers of one kind."""

    rows: list[StateItem]


def _candidates(label: str) -> Query[CandidatesParams, CandidateRow]:
    return Query(
        name=f"states.candidates_{label}",
        doc="Identifiers that enough tips hold to be counted, by the snapshot.",
        text=from_schema(
            f"MATCH (x:{label}) WHERE x.key > $after AND x.band >= $least "
            # Nobody overrules the reviewed files, see `graph.services.state_order`.
            "AND NOT coalesce(x.base_state, x.state) IN ['stopped', 'shared'] "
            f"RETURN x.key AS key, x.band AS band ORDER BY key LIMIT {PAGE}"
        ),
        params=CandidatesParams,
        row=CandidateRow,
        max_rows=PAGE,
        public=False,
    )


def _holders(label: str) -> Query[StateHoldersParams, HolderRow]:
    # As `graph.scoring.kinship.holds` says.
    roles = "['reported', 'file', 'mentioned']" if label == "FileHash" else "['reported', 'file']"
    return Query(
        name=f"states.holders_{label}",
        doc="Tips that hold identifiers, urgent ones first, then the newest.",
        text=from_schema(
            "UNWIND $keys AS k CALL (k) { "
            f"MATCH (x:{label} {{key: k}})<-[a:ASSERTS]-(t:Tip) "
            "WHERE a.ended_us IS NULL AND a.linking AND t.withdrawn_us IS NULL "
            f"AND a.role IN {roles} "
            "RETURN DISTINCT x.key AS identifier, t.key AS tip, "
            "t.provider AS provider, coalesce(t.received_us, t.incident_us) AS at_us, "
            "t.order_key AS place ORDER BY place LIMIT $limit } "
            f"RETURN identifier, tip, provider, at_us LIMIT {_MANY}"
        ),
        params=StateHoldersParams,
        row=HolderRow,
        max_rows=_MANY,
        public=False,
    )


def _lock(label: str) -> Query[KeysParams, Row]:
    return Query(
        name=f"states.lock_{label}",
        doc="Takes the write lock of identifiers, before what was decided is read to decide.",
        text=from_schema(
            f"UNWIND $keys AS k MATCH (x:{label} {{key: k}}) "
            "SET x.mention_count = coalesce(x.mention_count, 0)"
        ),
        params=KeysParams,
        row=Row,
        mode=Mode.WRITE,
        public=False,
    )


def _now(label: str) -> Query[KeysParams, StateRow]:
    return Query(
        name=f"states.now_{label}",
        doc="States of identifiers as they stand.",
        text=from_schema(
            f"UNWIND $keys AS k MATCH (x:{label} {{key: k}}) "
            "RETURN x.key AS key, x.band AS band, x.state AS state, "
            "x.state_reason AS state_reason, x.state_by AS state_by, "
            "x.state_since_us AS state_since_us, x.state_until_us AS state_until_us, "
            "x.base_state AS base_state, x.base_why AS base_why, x.base_by AS base_by, "
            f"x.base_since_us AS base_since_us ORDER BY key LIMIT {PAGE}"
        ),
        params=KeysParams,
        row=StateRow,
        max_rows=PAGE,
        public=False,
    )


def _told(label: str) -> Query[SeenKeysParams, StateRow]:
    untold = (
        "NOT ($everything OR coalesce(x.state_by, '') <> 'counting' "
        "OR coalesce(x.told_to IN ['*', $holder], false))"
    )
    return Query(
        name=f"states.told_{label}",
        doc="States of identifiers that the caller's tips or anybody's claims have, as told.",
        text=from_schema(
            f"UNWIND $keys AS k MATCH (x:{label} {{key: k}}) "
            "WHERE $everything OR x.claim_count > 0 "
            "OR EXISTS { (x)<-[:ASSERTS]-(t:Tip) WHERE ($everything OR $holder IN t.holders) } "
            f"WITH x, {untold} AS untold "
            "RETURN x.key AS key, CASE WHEN $everything THEN x.band "
            "WHEN x.told_to IN ['*', $holder] THEN x.told_band END AS band, "
            "CASE WHEN untold THEN coalesce(x.base_state, 'normal') ELSE x.state END AS state, "
            "CASE WHEN untold THEN x.base_why ELSE x.state_reason END AS state_reason, "
            "CASE WHEN untold THEN x.base_by ELSE x.state_by END AS state_by, "
            "CASE WHEN untold THEN x.base_since_us ELSE x.state_since_us END AS state_since_us, "
            "CASE WHEN untold THEN null ELSE x.state_until_us END AS state_until_us, "
            "x.base_state AS base_state, x.base_why AS base_why, x.base_by AS base_by, "
            f"x.base_since_us AS base_since_us ORDER BY key LIMIT {PAGE}"
        ),
        params=SeenKeysParams,
        row=StateRow,
        max_rows=PAGE,
        public=False,
    )


def _decided(label: str) -> Query[SeenKeysParams, DecisionRow]:
    return Query(
        name=f"states.decided_{label}",
        doc="Decisions about identifiers' states, oldest first.",
        text=from_schema(
            f"UNWIND $keys AS k MATCH (x:{label} {{key: k}}) WITH x "
            "MATCH (x)<-[:DECIDES]-(d:StateDecision) "
            "WHERE $everything OR d.source <> 'counting' OR x.told_to IN ['*', $holder] "
            "RETURN d.key AS key, x.kind AS kind, x.key AS identifier, d.source AS source, "
            "d.state AS state, d.undoes AS undoes, d.why AS why, d.decided_by AS decided_by, "
            "d.at_us AS at_us, d.until_us AS until_us, d.snapshot_us AS snapshot_us, "
            f"d.rules AS rules ORDER BY at_us, key LIMIT {_MANY}"
        ),
        params=SeenKeysParams,
        row=DecisionRow,
        max_rows=_MANY,
        public=False,
    )


def _put(label: str) -> Query[StateItemsParams, Row]:
    return Query(
        name=f"states.put_{label}",
        doc="Notes the state that follows from what was decided.",
        text=from_schema(
            f"UNWIND $rows AS r MATCH (x:{label} {{key: r.key}}) "
            "SET x.state = r.state, x.state_reason = r.state_reason, x.state_by = r.state_by, "
            "x.state_since_us = r.state_since_us, x.state_until_us = r.state_until_us, "
            "x.base_state = r.base_state, x.base_why = r.base_why, x.base_by = r.base_by, "
            "x.base_since_us = r.base_since_us"
        ),
        params=StateItemsParams,
        row=Row,
        mode=Mode.WRITE,
        public=False,
    )


_LABELS = tuple(node.label for node in IDENTIFIERS.values())
CANDIDATES = {label: _candidates(label) for label in _LABELS}
HOLDERS = {label: _holders(label) for label in _LABELS}
LOCK = {label: _lock(label) for label in _LABELS}
NOW = {label: _now(label) for label in _LABELS}
TOLD = {label: _told(label) for label in _LABELS}
DECIDED = {label: _decided(label) for label in _LABELS}
PUT = {label: _put(label) for label in _LABELS}

NEWEST = Query(
    name="states.newest",
    doc="The first tip of a range in the order of tips that is there and not withdrawn.",
    text="""
    MATCH (t:Tip)
    WHERE t.order_key >= $start AND t.order_key < $end AND t.stub = false
      AND t.withdrawn_us IS NULL
    RETURN coalesce(t.received_us, t.incident_us) AS at_us
    ORDER BY t.order_key LIMIT 1
    """,
    params=NewestParams,
    row=NewestRow,
    max_rows=1,
    public=False,
)
