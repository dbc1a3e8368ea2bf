"""Whom the snapshot's bands may be told: five tips or more of two agencies, or an agency's own.

A band of what one other agency alone holds would tell whoever asks that somebody works on it.
"""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.generated import from_schema
from graph.schema.nodes import IDENTIFIERS

_ALONE: dict[str, str] = {
    "IpAddress": "AND x.subnet IS NULL ",
    "ScreenName": "AND (x.alias IS NULL OR x.alias = '') ",
}
"""As in `graph.queries.bands`: what is counted together is told together."""
_COMMON = "AND (x.tip_count >= $least OR x.told_to IS NOT NULL) "


class HolderKeyRow(Row):
    """An agency that holds tips, or did."""

    key: str


class TellingParams(Params):
    """Where the last page ended, and the fewest tips that are told."""

    after: str
    least: int
    limit: int


class TellingRow(Row):
    """An identifier, and whose tips hold it: they link through it now."""

    key: str
    tip_count: int
    agencies: int
    """Agencies that hold any of these tips."""
    agency: str | None
    """One of them."""
    tips: int
    """Tips that the agency with the most of them holds."""
    told_to: str | None
    told_band: int | None


class ToldItem(Params):
    """Whom an identifier's band may be told."""

    key: str
    told_to: str | None
    told_band: int | None


class ToldsParams(Params):
    """What is told of identifiers of one kind from now on."""

    rows: list[ToldItem]


TOLD_PAGE = 1000
"""Identifiers whose holders are read at once."""


def _telling(name: str, label: str, prop: str, alone: str = "") -> Query[TellingParams, TellingRow]:
    return Query(
        name=f"telling.of_{name}",
        doc="Identifiers that enough tips hold to be told, and how many agencies hold these.",
        text=from_schema(
            f"MATCH (x:{label}) WHERE x.{prop} > $after {alone}"
            f"WITH x.{prop} AS shared, sum(x.tip_count) AS tip_count, "
            "max(x.told_to) AS told_to, max(x.told_band) AS told_band "
            "WHERE tip_count >= $least OR told_to IS NOT NULL "
            "WITH shared, tip_count, told_to, told_band ORDER BY shared LIMIT $limit "
            "CALL (shared) { "
            f"MATCH (y:{label} {{{prop}: shared}})<-[a:ASSERTS]-(t) "
            "WHERE a.ended_us IS NULL AND a.linking AND t.withdrawn_us IS NULL "
            "WITH DISTINCT t UNWIND coalesce(t.holders, []) AS h "
            "WITH h, count(t) AS held "
            "RETURN count(h) AS agencies, min(h) AS agency, max(held) AS tips } "
            "RETURN shared AS key, tip_count, agencies, agency, coalesce(tips, 0) AS tips, "
            f"told_to, told_band ORDER BY key LIMIT {TOLD_PAGE}"
        ),
        params=TellingParams,
        row=TellingRow,
        max_rows=TOLD_PAGE,
        public=False,
    )


def _set_told(name: str, label: str, prop: str) -> Query[ToldsParams, Row]:
    return Query(
        name=f"telling.set_{name}",
        doc="Notes whom the bands of identifiers may be told.",
        text=from_schema(
            f"UNWIND $rows AS r MATCH (x:{label} {{{prop}: r.key}}) "
            "SET x.told_to = r.told_to, x.told_band = r.told_band"
        ),
        params=ToldsParams,
        row=Row,
        mode=Mode.WRITE,
        public=False,
    )


_TOLD: tuple[tuple[str, str, str, str], ...] = (
    *(
        (node.label, node.label, "key", f"{_COMMON}{_ALONE.get(node.label, '')}")
        for node in IDENTIFIERS.values()
    ),
    ("subnets", "IpAddress", "subnet", ""),
    ("aliases", "ScreenName", "alias", ""),
)
TELLING = {name: _telling(name, label, prop, alone) for name, label, prop, alone in _TOLD}
TELL = {name: _set_told(name, label, prop) for name, label, prop, _ in _TOLD}

ANY_HOLDER = Query(
    name="telling.any_holder",
    doc="Whether any agency holds a tip.",
    text="""
    MATCH (g:Agency)
    WHERE g.tip_total IS NOT NULL
    RETURN g.key AS key ORDER BY key LIMIT 1
    """,
    params=NoParams,
    row=HolderKeyRow,
    max_rows=1,
    public=False,
)
