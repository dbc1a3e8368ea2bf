"""How strong links of strangers are in this corpus: the estimate that is stored."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.scope import Seeing


class ChanceParams(Params):
    """A new estimate."""

    at_us: int
    weights: str
    tips: int
    levels: list[str]


class KeyPageParams(Seeing):
    """Where the last page ended."""

    after: str


class KeyRow(Row):
    """A tip that links may be asked of."""

    key: str


SET_CHANCE = Query(
    name="chance.set",
    doc="Notes a new estimate.",
    text="""
    MATCH (s:StoreInfo {key: 'store'})
    SET s.chance_us = $at_us, s.chance_weights = $weights, s.chance_tips = $tips,
        s.chance_levels = $levels
    """,
    params=ChanceParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

TIP_KEYS = Query(
    name="chance.tips",
    doc="Keys of tips that were not withdrawn, in order.",
    text="""
    MATCH (t:Tip)
    WHERE t.key > $after AND t.withdrawn_us IS NULL AND NOT coalesce(t.stub, false)
      AND ($everything OR $holder IN t.holders)
    RETURN t.key AS key
    ORDER BY key LIMIT 20000
    """,
    params=KeyPageParams,
    row=KeyRow,
    max_rows=20_000,
    public=False,
)
