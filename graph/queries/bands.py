"""The snapshot of how common values are: what is counted, and when.

One read and one write for each kind of identifier, made once, at import, from the names of the
declared schema, like `graph.queries.upserts`.
"""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.generated import from_schema
from graph.queries.scope import Seeing
from graph.schema.nodes import IDENTIFIERS

PAGE = 5000
"""Identifiers in one page."""


class CommonParams(Params):
    """Where the last page ended, and the fewest tips that are told."""

    after: str
    least: int


class BandRow(Row):
    """An identifier whose band may have to change."""

    key: str
    tip_count: int
    band: int | None


class BandItem(Params):
    """An identifier's new band."""

    key: str
    band: int


class BandsParams(Params):
    """New bands of identifiers of one kind."""

    rows: list[BandItem]


class TakenParams(Params):
    """When the snapshot was taken."""

    at_us: int


_ALONE: dict[str, str] = {
    "IpAddress": "AND x.subnet IS NULL ",
    "ScreenName": "AND (x.alias IS NULL OR x.alias = '') ",
}
"""Addresses of one IPv6 network are counted together, and so is one name at all providers."""


def _common(label: str) -> Query[CommonParams, BandRow]:
    alone = _ALONE.get(label, "")
    return Query(
        name=f"bands.common_{label}",
        doc="Identifiers that enough tips hold to be told, or that had a band.",
        text=from_schema(
            f"MATCH (x:{label}) "
            "WHERE x.key > $after AND (x.tip_count >= $least OR x.band > 0) "
            f"{alone}"
            "RETURN x.key AS key, x.tip_count AS tip_count, x.band AS band "
            f"ORDER BY key LIMIT {PAGE}"
        ),
        params=CommonParams,
        row=BandRow,
        max_rows=PAGE,
        public=False,
    )


def _set(label: str) -> Query[BandsParams, Row]:
    return Query(
        name=f"bands.set_{label}",
        doc="Notes the bands of identifiers.",
        text=from_schema(f"UNWIND $rows AS r MATCH (x:{label} {{key: r.key}}) SET x.band = r.band"),
        params=BandsParams,
        row=Row,
        mode=Mode.WRITE,
        public=False,
    )


COMMON: dict[str, Query[CommonParams, BandRow]] = {
    node.label: _common(node.label) for node in IDENTIFIERS.values()
}
SET_BANDS: dict[str, Query[BandsParams, Row]] = {
    node.label: _set(node.label) for node in IDENTIFIERS.values()
}

TAKEN = Query(
    name="bands.taken",
    doc="Notes when the corpus was counted, and how large it was.",
    text="""
    MATCH (s:StoreInfo {key: 'store'})
    SET s.snapshot_us = $at_us, s.snapshot_tips = s.tip_total
    """,
    params=TakenParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


def _common_together(name: str, label: str, prop: str, *, doc: str) -> Query[CommonParams, BandRow]:
    return Query(
        name=f"bands.common_{name}",
        doc=doc,
        text=from_schema(
            f"MATCH (x:{label}) WHERE x.{prop} > $after "
            f"WITH x.{prop} AS shared, sum(x.tip_count) AS tips, "
            "max(coalesce(x.band, 0)) AS band, min(coalesce(x.band, 0)) AS least_band "
            "WHERE tips >= $least OR band > 0 "
            "RETURN shared AS key, tips AS tip_count, "
            "CASE WHEN band = least_band THEN band ELSE -1 END AS band "
            f"ORDER BY key LIMIT {PAGE}"
        ),
        params=CommonParams,
        row=BandRow,
        max_rows=PAGE,
        public=False,
    )


def _set_together(name: str, label: str, prop: str, *, doc: str) -> Query[BandsParams, Row]:
    return Query(
        name=f"bands.set_{name}",
        doc=doc,
        text=from_schema(
            f"UNWIND $rows AS r MATCH (x:{label} {{{prop}: r.key}}) SET x.band = r.band"
        ),
        params=BandsParams,
        row=Row,
        mode=Mode.WRITE,
        public=False,
    )


COMMON_SUBNETS = _common_together(
    "subnets",
    "IpAddress",
    "subnet",
    doc="IPv6 networks (/64): what is counted of them stands on each of their addresses.",
)
SET_SUBNET_BANDS = _set_together(
    "subnets", "IpAddress", "subnet", doc="Notes the bands of IPv6 networks on their addresses."
)
COMMON_ALIASES = _common_together(
    "aliases",
    "ScreenName",
    "alias",
    doc="Screen names over all providers: what is counted stands on each provider's name.",
)
SET_ALIAS_BANDS = _set_together(
    "aliases", "ScreenName", "alias", doc="Notes the bands of screen names over all providers."
)


class AliasesParams(Seeing):
    """Bare screen names."""

    aliases: list[str]


class AliasRow(Row):
    """A bare screen name and how common it is over all providers."""

    alias: str
    band: int


ALIAS_BANDS = Query(
    name="bands.aliases",
    doc="How common screen names are over all providers, at the last snapshot.",
    text="""
    UNWIND $aliases AS a
    MATCH (x:ScreenName {alias: a})
    WITH a, CASE WHEN $everything THEN x.band
     WHEN x.told_to IN ['*', $holder] THEN x.told_band END AS band
    RETURN a AS alias, max(coalesce(band, 0)) AS band
    ORDER BY alias LIMIT 100000
    """,
    params=AliasesParams,
    row=AliasRow,
    max_rows=100_000,
    public=False,
)
