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


class AfterParams(Params):
    """Where the last page ended."""

    after: str


class TipKeysParams(Params):
    """Keys of tips."""

    keys: list[str]


class TipKeyRow(Row):
    """A tip."""

    key: str


class BareClaimRow(Row):
    """A claim of an older Crosstip, with the agency that it belongs to."""

    key: str
    agency: str
    role: str


class ClaimItem(Params):
    """What an older claim is given."""

    key: str
    ref: str
    agency: str
    visibility: str
    silent_until_us: int | None
    review_due_us: int


class ClaimsParams(Params):
    """Claims to fill in."""

    rows: list[ClaimItem]


EVERY_TIP = Query(
    name="filling.every_tip",
    doc="Tips by key, stubs left out.",
    text="""
    MATCH (t:Tip)
    WHERE t.key > $after AND t.stub = false
    RETURN t.key AS key ORDER BY key LIMIT 500
    """,
    params=AfterParams,
    row=TipKeyRow,
    max_rows=500,
    public=False,
)

BARE_CLAIMS = Query(
    name="filling.bare_claims",
    doc="Claims that have neither a name of their own nor a review date.",
    text="""
    MATCH (i:Investigation)-[:HOLDS]->(c:Claim)
    WHERE c.ref IS NULL
    RETURN c.key AS key, i.agency AS agency, c.role AS role
    ORDER BY key LIMIT 5000
    """,
    params=NoParams,
    row=BareClaimRow,
    max_rows=5000,
    public=False,
)

FILL_CLAIMS = Query(
    name="filling.fill_claims",
    doc="Gives older claims a name, their agency, a visibility and a review date.",
    text="""
    UNWIND $rows AS r
    MATCH (c:Claim {key: r.key})
    SET c.ref = r.ref, c.agency = r.agency, c.visibility = r.visibility,
        c.silent_until_us = r.silent_until_us, c.review_due_us = r.review_due_us, c.version = 1
    """,
    params=ClaimsParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


FILL_HOLDERS = Query(
    name="filling.fill_holders",
    doc="Writes on some tips who holds them, as their edges say.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})
    OPTIONAL MATCH (t)-[h:HELD_BY]->(g:Agency)
    WHERE h.until_us IS NULL
    WITH t, g ORDER BY g.key
    WITH t, collect(g.key) AS holders
    SET t.holders = holders
    """,
    params=TipKeysParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

COUNT_HELD = Query(
    name="filling.count_held",
    doc="Writes on agencies how many tips they hold, as the edges say.",
    text="""
    MATCH (g:Agency)<-[:HELD_BY]-()
    WITH DISTINCT g
    SET g.tip_total = COUNT { (g)<-[h:HELD_BY]-() WHERE h.until_us IS NULL }
    """,
    params=NoParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

HELD_PAGE = Query(
    name="filling.held_page",
    doc="Tips that agencies hold or held, from a key on.",
    text="""
    MATCH (t:Tip)
    WHERE t.key > $after AND EXISTS { (t)-[:HELD_BY]->(:Agency) }
    RETURN t.key AS key ORDER BY key LIMIT 5000
    """,
    params=AfterParams,
    row=TipKeyRow,
    max_rows=5000,
    public=False,
)

OWN_JUDGEMENTS = Query(
    name="filling.own_judgements",
    doc="Gives judgements of an agency's people to that agency.",
    text="""
    MATCH (j:Judgement)
    WHERE j.agency IS NULL
    MATCH (u:User {key: j.judged_by})
    WHERE u.agency IS NOT NULL
    SET j.agency = u.agency
    """,
    params=NoParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)


class SignalItem(Params):
    """A tip, and what it says that bears on its priority."""

    key: str
    signals: list[str]


class SignalsParams(Params):
    """Tips and their signals."""

    rows: list[SignalItem]


FILL_SIGNALS = Query(
    name="filling.signals",
    doc="Writes what tips say that bears on their priority.",
    text="""
    UNWIND $rows AS r
    MATCH (t:Tip {key: r.key})
    SET t.signals = r.signals
    """,
    params=SignalsParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
