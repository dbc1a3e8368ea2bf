"""Decisions about identifiers' states: counting's and people's, one by one and in pages."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row
from graph.queries.scope import Seeing

PAGE = 5000
"""Decisions in one page of all of them."""


class DecisionRow(Row):
    """A decision about an identifier's state."""

    key: str
    kind: str
    identifier: str
    source: str
    state: str
    undoes: str | None
    why: str
    decided_by: str
    at_us: int
    until_us: int | None
    snapshot_us: int | None
    rules: str | None


class DecidedParams(Params):
    """Where the last page ended."""

    after: str


class DecisionPageParams(Seeing):
    """A page of decisions, newest first: those before a time, or all for a far future."""

    before_us: int
    limit: int


class DecisionParams(Seeing):
    """One decision."""

    decision: str


class RunOutParams(Params):
    """A time."""

    at_us: int


class RunOutRow(Row):
    """An identifier whose state should no longer stand."""

    key: str


DECIDED_ALL = Query(
    name="decisions.every",
    doc="Decisions about states with their identifiers, by key.",
    text="""
    MATCH (d:StateDecision)
    WHERE d.key > $after
    WITH d ORDER BY d.key LIMIT 5000
    MATCH (d)-[:DECIDES]->(x)
    RETURN d.key AS key, x.kind AS kind, x.key AS identifier, d.source AS source,
           d.state AS state, d.undoes AS undoes, d.why AS why, d.decided_by AS decided_by,
           d.at_us AS at_us, d.until_us AS until_us, d.snapshot_us AS snapshot_us,
           d.rules AS rules
    ORDER BY key LIMIT 5000
    """,
    params=DecidedParams,
    row=DecisionRow,
    max_rows=PAGE,
    public=False,
)

DECISIONS = Query(
    name="decisions.page",
    doc="Decisions about states, newest first.",
    text="""
    MATCH (d:StateDecision)
    WHERE d.at_us < $before_us AND ($everything OR d.source <> 'counting' OR EXISTS {
        (d)-[:DECIDES]->(x) WHERE x.told_to IN ['*', $holder]
      })
    WITH d ORDER BY d.at_us DESC, d.key LIMIT $limit
    MATCH (d)-[:DECIDES]->(x)
    RETURN d.key AS key, x.kind AS kind, x.key AS identifier, d.source AS source,
           d.state AS state, d.undoes AS undoes, d.why AS why, d.decided_by AS decided_by,
           d.at_us AS at_us, d.until_us AS until_us, d.snapshot_us AS snapshot_us,
           d.rules AS rules
    ORDER BY at_us DESC, key LIMIT 1000
    """,
    params=DecisionPageParams,
    row=DecisionRow,
)

DECISION = Query(
    name="decisions.one",
    doc="One decision about a state.",
    text="""
    MATCH (d:StateDecision {key: $decision})-[:DECIDES]->(x)
    WHERE $everything OR d.source <> 'counting' OR x.told_to IN ['*', $holder]
    RETURN d.key AS key, x.kind AS kind, x.key AS identifier, d.source AS source,
           d.state AS state, d.undoes AS undoes, d.why AS why, d.decided_by AS decided_by,
           d.at_us AS at_us, d.until_us AS until_us, d.snapshot_us AS snapshot_us,
           d.rules AS rules
    LIMIT 1
    """,
    params=DecisionParams,
    row=DecisionRow,
    max_rows=1,
)

RUN_OUT = Query(
    name="decisions.run_out",
    doc="An identifier whose state stands although the day of the decision has come.",
    text="""
    MATCH (d:StateDecision)
    WHERE d.until_us <= $at_us
    MATCH (d)-[:DECIDES]->(x)
    WHERE x.state_until_us <= $at_us
    RETURN x.key AS key ORDER BY key LIMIT 1
    """,
    params=RunOutParams,
    row=RunOutRow,
    max_rows=1,
    public=False,
)
