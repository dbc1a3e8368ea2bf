"""What persons verified of files, and counsel's policies for files that nobody viewed."""

from __future__ import annotations

from graph.queries.core import Mode, Params, Query, Row
from graph.queries.tips import TipParams

MOST = 1000


class OwnOfTipParams(Params):
    """A tip, and whose records about it."""

    tip: str
    agency: str


class VerificationRow(Row):
    """What a person saw of what is asserted of a file."""

    key: str
    file_id: str
    about: str
    verdict: str
    seen_as: str
    why: str
    verified_by: str
    at_us: int
    gate: str
    authority: str | None


class AgencyParams(Params):
    """An agency."""

    agency: str


class PolicyRow(Row):
    """What an agency's counsel said."""

    key: str
    agency: str
    number: int
    counsel: str
    office: str
    dated: str
    text: str
    not_viewed: str
    not_stated: str
    from_us: int
    until_us: int | None
    entered_by: str
    entered_us: int


class PassOnParams(Params):
    """A tip whose records become another tip's."""

    tip: str
    new_tip: str


class ListedRow(Row):
    """A hash of a file that is on hash lists, and what those say."""

    file_id: str
    hash: str
    listed: list[str]


VERIFICATIONS = Query(
    name="evidence.verifications",
    doc="What an agency's people verified of a tip's files, the last first.",
    text="""
    MATCH (v:FileVerification {tip: $tip})
    WHERE v.agency = $agency
    RETURN v.key AS key, v.file_id AS file_id, v.about AS about, v.verdict AS verdict,
           v.seen_as AS seen_as, v.why AS why, v.verified_by AS verified_by, v.at_us AS at_us,
           v.gate AS gate, v.authority AS authority
    ORDER BY at_us DESC, key LIMIT 1000
    """,
    params=OwnOfTipParams,
    row=VerificationRow,
    max_rows=MOST,
    public=False,
)

POLICIES = Query(
    name="evidence.policies",
    doc="Every version of what an agency's counsel said, the newest first.",
    text="""
    MATCH (p:GatePolicy {agency: $agency})
    RETURN p.key AS key, p.agency AS agency, p.number AS number, p.counsel AS counsel,
           p.office AS office, p.dated AS dated, p.text AS text, p.not_viewed AS not_viewed,
           p.not_stated AS not_stated, p.from_us AS from_us, p.until_us AS until_us,
           p.entered_by AS entered_by, p.entered_us AS entered_us
    ORDER BY number DESC LIMIT 1000
    """,
    params=AgencyParams,
    row=PolicyRow,
    max_rows=MOST,
    public=False,
)

LISTED = Query(
    name="evidence.listed",
    doc="Hashes of a tip's files that hash lists in force hold.",
    text="""
    MATCH (t:Tip {key: $tip})-[a:ASSERTS]->(x:FileHash)
    WHERE a.ended_us IS NULL AND a.file_id IS NOT NULL AND x.listed IS NOT NULL
      AND ($everything OR $holder IN t.holders)
    RETURN DISTINCT a.file_id AS file_id, x.key AS hash, x.listed AS listed
    ORDER BY file_id, hash LIMIT 1000
    """,
    params=TipParams,
    row=ListedRow,
    max_rows=MOST,
    public=False,
)

PASS_ON = Query(
    name="evidence.pass_on",
    doc="Lets what was verified of a provisional tip's files be of the tip that replaces it.",
    text="""
    MATCH (v:FileVerification {tip: $tip})
    SET v.tip = $new_tip
    """,
    params=PassOnParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)
