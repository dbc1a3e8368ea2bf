"""What routing reads and keeps: what tips state, agencies' areas, and receipts of decisions."""

from __future__ import annotations

from graph.queries.core import Params, Query, Row

MOST_AREAS = 50_000
RECEIPT_PAGE = 200
MOST_PARTS = 2000


class OneTipParams(Params):
    """A tip."""

    tip: str


class StatementRow(Row):
    """What a current version states."""

    statement: bytes


class AddressesParams(Params):
    """Addresses, and who asks about them."""

    keys: list[str]
    whole: bool
    """Whether the asker sees what all agencies' tips amount to."""
    agency: str


class AddressRow(Row):
    """An address, and whether it is a single subscriber's, as far as the asker is told."""

    key: str
    state: str
    base_state: str
    why: str | None
    base_why: str | None
    is_told: bool


class AreasParams(Params):
    """The key after which a page begins, and how many are wanted."""

    after: str
    limit: int


class AreaRow(Row):
    """An area, all that is known of it."""

    key: str
    agency: str
    country: str
    state: str | None
    county: str | None
    city: str | None
    from_us: int
    until_us: int | None
    verified: bool
    source: str
    reviewed: str
    changed_us: int
    changed_by: str
    version: int


class ReceiptRangeParams(Params):
    """A piece of the index of receipts; places begin with the agency."""

    after: str
    end: str
    limit: int


class ReceiptPlaceRow(Row):
    """Where a receipt stands."""

    key: str
    place: str


class ReceiptKeysParams(Params):
    """Keys of receipts."""

    keys: list[str]


class ReceiptRow(Row):
    """A receipt, all of it."""

    key: str
    ref: str
    place: str
    agency: str
    side: str
    tip: str
    other: str | None
    at_us: int
    decided_by: str
    why: str | None
    confidence: str | None
    reasons: list[str] | None
    against: list[str] | None
    versions: list[str] | None
    purpose: str | None
    permit: str
    paragraph: str
    acknowledged: str | None


STATEMENTS = Query(
    name="routing.statements",
    doc="What the current versions of a tip state, for whoever holds it or routes tips.",
    text="""
    MATCH (t:Tip {key: $tip})-[:HAS_VERSION]->(v:TipVersion)
    WHERE v.current = true
    RETURN v.statement AS statement
    ORDER BY v.key LIMIT 2000
    """,
    params=OneTipParams,
    row=StatementRow,
    max_rows=MOST_PARTS,
    public=False,
)

ADDRESSES = Query(
    name="routing.addresses",
    doc="The state of addresses; one that counting found where the band it rests on is told.",
    text="""
    UNWIND $keys AS k
    MATCH (x:IpAddress {key: k})
    RETURN x.key AS key, x.state AS state, coalesce(x.base_state, 'normal') AS base_state,
           x.state_reason AS why, x.base_why AS base_why,
           ($whole OR coalesce(x.state_by, '') <> 'counting'
            OR coalesce(x.told_to, '') IN ['*', $agency]) AS is_told
    ORDER BY key LIMIT 1000
    """,
    params=AddressesParams,
    row=AddressRow,
    public=False,
)

AREAS = Query(
    name="routing.areas",
    doc="Areas of agencies from a key on.",
    text="""
    MATCH (a:AgencyArea)
    WHERE a.key > $after
    RETURN a.key AS key, a.agency AS agency, a.country AS country, a.state AS state,
           a.county AS county, a.city AS city, a.from_us AS from_us, a.until_us AS until_us,
           a.verified AS verified, a.source AS source, a.reviewed AS reviewed,
           a.changed_us AS changed_us, a.changed_by AS changed_by, a.version AS version
    ORDER BY key LIMIT $limit
    """,
    params=AreasParams,
    row=AreaRow,
    public=False,
)

RECEIPT_PLACES = Query(
    name="routing.receipt_places",
    doc="Where an agency's receipts of routing decisions stand, oldest first.",
    text="""
    MATCH (r:RouteReceipt)
    WHERE r.place > $after AND r.place < $end
    RETURN r.key AS key, r.place AS place
    ORDER BY place LIMIT $limit
    """,
    params=ReceiptRangeParams,
    row=ReceiptPlaceRow,
    public=False,
)

RECEIPTS = Query(
    name="routing.receipts",
    doc="Receipts of routing decisions with these keys.",
    text="""
    UNWIND $keys AS k
    MATCH (r:RouteReceipt {key: k})
    RETURN r.key AS key, r.ref AS ref, r.place AS place, r.agency AS agency, r.side AS side,
           r.tip AS tip, r.other AS other, r.at_us AS at_us, r.decided_by AS decided_by,
           r.why AS why, r.confidence AS confidence, r.reasons AS reasons, r.against AS against,
           r.versions AS versions, r.purpose AS purpose, r.permit AS permit,
           r.paragraph AS paragraph, r.acknowledged AS acknowledged
    ORDER BY place LIMIT 1000
    """,
    params=ReceiptKeysParams,
    row=ReceiptRow,
    public=False,
)
