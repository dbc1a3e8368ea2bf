"""Identifiers that crowds of tips mention: counted with the snapshot, not at each question.

A provider's own contact stands in every tip of that provider. Who asks about one of them would
walk them all for a number.
"""

from __future__ import annotations

from typing import Final

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.generated import from_schema
from graph.schema.nodes import IDENTIFIERS

CROWD: Final = 512
"""Tips. What fewer mention is counted when somebody asks. The queries that count take a `told_band`
of 9 or more, which is as many."""
CROWD_PAGE: Final = 100
"""Identifiers whose crowds are walked in one question."""


class CrowdsParams(Params):
    """Where the last page ended, and the fewest tips that are a crowd."""

    after: str
    least: int


class CrowdRow(Row):
    """An identifier that a crowd mentions or mentioned, and whose tips these are."""

    key: str
    mention_count: int
    agencies: int
    """Agencies that hold any of these tips."""
    agency: str | None
    """One of them."""
    tips: int
    """Tips that the agency with the most of them holds."""
    crowd_told_to: str | None
    crowd_band: int | None


class CrowdItem(Params):
    """Whom the band of a crowd may be told."""

    key: str
    crowd_told_to: str | None
    crowd_band: int | None


class CrowdItemsParams(Params):
    """What is told of identifiers of one kind from now on."""

    rows: list[CrowdItem]


def _crowds(label: str) -> Query[CrowdsParams, CrowdRow]:
    return Query(
        name=f"crowds.of_{label}",
        doc="Identifiers that crowds mention, and how many agencies hold those tips.",
        text=from_schema(
            f"MATCH (x:{label}) WHERE x.key > $after "
            "AND (x.mention_count >= $least OR x.crowd_told_to IS NOT NULL) "
            f"WITH x ORDER BY x.key LIMIT {CROWD_PAGE} "
            "CALL (x) { MATCH (x)<-[a:ASSERTS]-(t) "
            "WHERE a.ended_us IS NULL AND t.withdrawn_us IS NULL "
            "WITH DISTINCT t UNWIND coalesce(t.holders, []) AS h "
            "WITH h, count(t) AS held "
            "RETURN count(h) AS agencies, min(h) AS agency, max(held) AS tips } "
            "RETURN x.key AS key, x.mention_count AS mention_count, agencies, agency, "
            "coalesce(tips, 0) AS tips, x.crowd_told_to AS crowd_told_to, "
            f"x.crowd_band AS crowd_band ORDER BY key LIMIT {CROWD_PAGE}"
        ),
        params=CrowdsParams,
        row=CrowdRow,
        max_rows=CROWD_PAGE,
        public=False,
    )


def _set_crowds(label: str) -> Query[CrowdItemsParams, Row]:
    return Query(
        name=f"crowds.set_{label}",
        doc="Notes whom the bands of crowds may be told.",
        text=from_schema(
            f"UNWIND $rows AS r MATCH (x:{label} {{key: r.key}}) "
            "SET x.crowd_told_to = r.crowd_told_to, x.crowd_band = r.crowd_band"
        ),
        params=CrowdItemsParams,
        row=Row,
        mode=Mode.WRITE,
        public=False,
    )


CROWDS = {node.label: _crowds(node.label) for node in IDENTIFIERS.values()}
SET_CROWDS = {node.label: _set_crowds(node.label) for node in IDENTIFIERS.values()}
