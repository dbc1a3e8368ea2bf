"""What migrations fill in on nodes that an older Crosstip wrote."""

from __future__ import annotations

from graph.queries.core import Mode, NoParams, Params, Query, Row


class HintsRow(Row):
    """A screen name and the weaker keys that were derived from it."""

    key: str
    hints: list[str]


class AliasItem(Params):
    """A screen name and what it is called whatever the provider; empty when it has no such name."""

    key: str
    alias: str


class AliasesParams(Params):
    """Screen names to fill in."""

    rows: list[AliasItem]


UNNAMED_ALIASES = Query(
    name="filling.unnamed_aliases",
    doc="Screen names of which it was not noted what they are called over all providers.",
    text="""
    MATCH (x:ScreenName)
    WHERE x.alias IS NULL
    RETURN x.key AS key, coalesce(x.hints, []) AS hints
    ORDER BY key LIMIT 5000
    """,
    params=NoParams,
    row=HintsRow,
    max_rows=5000,
    public=False,
)

NAME_ALIASES = Query(
    name="filling.name_aliases",
    doc="Notes what screen names are called over all providers.",
    text="""
    UNWIND $rows AS r
    MATCH (x:ScreenName {key: r.key})
    SET x.alias = r.alias
    """,
    params=AliasesParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
