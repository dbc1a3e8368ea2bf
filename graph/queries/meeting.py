"""Where claims and held tips meet other agencies' claims: for the standing watch, shown to nobody.

Every visibility is in these rows; `graph.services.encounters` decides who is told of what.
"""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Query, Row
from graph.queries.scope import AsOf

MOST = 100_000
MOST_KEYS = 5000


class ClaimsMetParams(AsOf):
    """Claims by key."""

    keys: list[str] = Field(max_length=MOST_KEYS)


class TipsMetParams(ClaimsMetParams):
    """Claims by key, and how many tips may mention an identifier that is walked."""

    walk_limit: int


class TipClaimsParams(AsOf):
    """Tips by key, and the claimed identifiers through which to look."""

    tips: list[str] = Field(max_length=MOST_KEYS)
    identifiers: list[str]


class ClaimPageParams(AsOf):
    """The key after which a page begins, and how many are wanted."""

    after: str
    limit: int


class ClaimsOfParams(AsOf):
    """An investigation, and the key of the claim after which a page begins."""

    investigation: str
    after: str


class ClaimOfRow(Row):
    """A claim in force and its identifier."""

    key: str
    kind: str
    identifier: str


class ClaimsMetRow(Row):
    """Two claims of different agencies on one identifier."""

    asker_claim: str
    asker_ref: str
    asker_investigation: str
    asker_agency: str
    asker_role: str
    asker_visibility: str
    asker_silent_until_us: int | None
    asker_user: str | None
    purpose: str | None
    owner_claim: str
    owner_ref: str
    owner_investigation: str
    owner_agency: str
    owner_role: str
    owner_visibility: str
    owner_silent_until_us: int | None
    kind: str
    state: str


class TipsMetRow(Row):
    """A claim and tips that an agency holds which state its identifier."""

    owner_claim: str
    owner_ref: str
    owner_investigation: str
    owner_agency: str
    owner_role: str
    owner_visibility: str
    owner_silent_until_us: int | None
    kind: str
    identifier: str
    state: str
    holder: str
    tip: str
    tip_role: str
    urgency: int | None


class ClaimKeyRow(Row):
    """A claim that is in force."""

    key: str
    ref: str | None
    is_bare: bool
    """It has no identifier: a defect, for it meets nobody."""


CLAIMS_MET = Query(
    name="meeting.claims",
    doc="Claims in force of other agencies' open investigations on the identifiers of claims.",
    text="""
    UNWIND $keys AS k
    MATCH (m:Claim {key: k})
    WHERE m.review_due_us > $now_us
    WITH m
    MATCH (m)<-[:HOLDS]-(w)
    MATCH (m)-[:CLAIMS]->(x)
    WHERE w.status = 'open' AND x.claim_count > 1
    WITH m, w, x
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WHERE c.agency <> m.agency AND c.review_due_us > $now_us AND i.status = 'open'
    RETURN m.key AS asker_claim, m.ref AS asker_ref, w.key AS asker_investigation,
           m.agency AS asker_agency, m.role AS asker_role, m.visibility AS asker_visibility,
           m.silent_until_us AS asker_silent_until_us, m.entered_by AS asker_user,
           w.purpose AS purpose, c.key AS owner_claim, c.ref AS owner_ref,
           i.key AS owner_investigation, c.agency AS owner_agency, c.role AS owner_role,
           c.visibility AS owner_visibility, c.silent_until_us AS owner_silent_until_us,
           x.kind AS kind, x.state AS state
    ORDER BY asker_claim, owner_claim LIMIT 100000
    """,
    params=ClaimsMetParams,
    row=ClaimsMetRow,
    max_rows=MOST,
    public=False,
)


TIPS_MET = Query(
    name="meeting.tips",
    doc="For claims in force: the most urgent of each agency's held tips that states each.",
    text="""
    UNWIND $keys AS k
    MATCH (c:Claim {key: k})
    WHERE c.review_due_us > $now_us
    WITH c
    MATCH (c)<-[:HOLDS]-(i)
    MATCH (c)-[:CLAIMS]->(x)
    WHERE i.status = 'open' AND x.mention_count > 0 AND x.mention_count <= $walk_limit
    WITH c, i, x
    CALL (c, x) {
      MATCH (x)<-[a:ASSERTS]-(t:Tip)
      WHERE a.ended_us IS NULL AND t.withdrawn_us IS NULL
        AND (a.linking = true OR (c.role = 'victim' AND a.role = 'victim'))
      WITH a, t
      MATCH (t)-[h:HELD_BY]->(g:Agency)
      WHERE h.until_us IS NULL
      WITH g, min(t.order_key) AS first,
           collect({tip: t.key, order: t.order_key, role: a.role, urgency: t.urgency}) AS found
      RETURN g.key AS holder, [f IN found WHERE f.order = first][0] AS best
    }
    RETURN c.key AS owner_claim, c.ref AS owner_ref, i.key AS owner_investigation,
           c.agency AS owner_agency, c.role AS owner_role, c.visibility AS owner_visibility,
           c.silent_until_us AS owner_silent_until_us, x.kind AS kind, x.key AS identifier,
           x.state AS state, holder, best.tip AS tip, best.role AS tip_role,
           best.urgency AS urgency
    ORDER BY owner_claim, holder LIMIT 100000
    """,
    params=TipsMetParams,
    row=TipsMetRow,
    max_rows=MOST,
    public=False,
)


CLAIMS_OF_TIPS = Query(
    name="meeting.claims_of_tips",
    doc="Claims in force on some identifiers that held tips state, with every holder.",
    text="""
    UNWIND $tips AS k
    MATCH (t:Tip {key: k})-[h:HELD_BY]->(g:Agency)
    WHERE h.until_us IS NULL AND t.withdrawn_us IS NULL
    WITH t, g
    MATCH (t)-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND x.claim_count > 0 AND x.key IN $identifiers
    WITH t, g, a, x
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WHERE c.review_due_us > $now_us AND i.status = 'open'
      AND (a.linking = true OR (c.role = 'victim' AND a.role = 'victim'))
    RETURN DISTINCT c.key AS owner_claim, c.ref AS owner_ref, i.key AS owner_investigation,
           c.agency AS owner_agency, c.role AS owner_role, c.visibility AS owner_visibility,
           c.silent_until_us AS owner_silent_until_us, x.kind AS kind, x.key AS identifier,
           x.state AS state, g.key AS holder, t.key AS tip, a.role AS tip_role, t.urgency AS urgency
    ORDER BY owner_claim, holder, tip, tip_role LIMIT 100000
    """,
    params=TipClaimsParams,
    row=TipsMetRow,
    max_rows=MOST,
    public=False,
)


CLAIMS_OF_JUDGED = Query(
    name="meeting.claims_of_judged",
    doc="Of tips judged one actor's: an agency's claims that one states, with the other it holds.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[h:HELD_BY]->(g:Agency)
    WHERE h.until_us IS NULL AND t.withdrawn_us IS NULL
    WITH t, g
    UNWIND $keys AS o
    MATCH (u:Tip {key: o})-[v:HELD_BY]->(w:Agency)
    WHERE v.until_us IS NULL AND u.withdrawn_us IS NULL AND w.key = g.key AND u.key <> t.key
    WITH t, g, u
    MATCH (u)-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND a.linking = true AND x.claim_count > 0
    WITH t, g, a, x
    MATCH (x)<-[:CLAIMS]-(c:Claim)<-[:HOLDS]-(i:Investigation)
    WHERE c.agency = g.key AND c.role <> 'victim' AND c.review_due_us > $now_us
      AND i.status = 'open'
    RETURN DISTINCT c.key AS owner_claim, c.ref AS owner_ref, i.key AS owner_investigation,
           c.agency AS owner_agency, c.role AS owner_role, c.visibility AS owner_visibility,
           c.silent_until_us AS owner_silent_until_us, x.kind AS kind, x.key AS identifier,
           x.state AS state, g.key AS holder, t.key AS tip, a.role AS tip_role,
           t.urgency AS urgency
    ORDER BY owner_claim, holder, tip, tip_role LIMIT 100000
    """,
    params=ClaimsMetParams,
    row=TipsMetRow,
    max_rows=MOST,
    public=False,
)

CLAIM_PAGE = Query(
    name="meeting.claim_page",
    doc="Claims in force, from a key on: for the sweep.",
    text="""
    MATCH (c:Claim)
    WHERE c.key > $after AND c.review_due_us > $now_us
    RETURN c.key AS key, c.ref AS ref, NOT EXISTS { (c)-[:CLAIMS]->() } AS is_bare
    ORDER BY key LIMIT $limit
    """,
    params=ClaimPageParams,
    row=ClaimKeyRow,
    max_rows=MOST_KEYS,
    public=False,
)


CLAIMS_OF = Query(
    name="meeting.claims_of",
    doc="Claims in force of an investigation with their identifiers, from a key on.",
    text="""
    MATCH (i:Investigation {key: $investigation})-[:HOLDS]->(c:Claim)-[:CLAIMS]->(x)
    WHERE c.key > $after AND c.review_due_us > $now_us
    RETURN c.key AS key, x.kind AS kind, x.key AS identifier
    ORDER BY key LIMIT 5000
    """,
    params=ClaimsOfParams,
    row=ClaimOfRow,
    max_rows=MOST_KEYS,
    public=False,
)
