"""Places of one agency whose tips may be records of one incident, and what those have in common.

An agency is in each key that is asked by: another one's places have no effect here.
"""

from __future__ import annotations

from typing import Final

from graph.queries.core import Params, Query, Row
from graph.queries.recording import MANY, TipKeysParams

MOST_AT_ONCE: Final = 500
"""Places of one agency, provider and instant. Of more, such as all that state a day alone and are
put at its midnight, none fold: the instant says nothing then."""


class IncidentsParams(Params):
    """Agency, provider and instant, each in one text."""

    keys: list[str]


class FoldsParams(Params):
    """Keys of folds."""

    keys: list[str]


class KeptRow(Row):
    """A place, and what it folds by."""

    key: str
    tip: str
    incident: str | None
    fold: str | None


class AccountRow(Row):
    """A tip, and an account that it reports."""

    tip: str
    account: str


class CommonRow(Row):
    """Tips that have a file hash in common."""

    hash: str
    tips: list[str]


OF_TIPS = Query(
    name="folds.of_tips",
    doc="What the places of tips fold by, at whichever agency.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {tip: k})
    RETURN q.key AS key, q.tip AS tip, q.incident AS incident, q.fold AS fold
    ORDER BY key LIMIT 1000000
    """,
    params=TipKeysParams,
    row=KeptRow,
    max_rows=MANY,
    public=False,
)

AT_INSTANTS = Query(
    name="folds.at_instants",
    doc="Places of one agency, provider and incident time; one more than fold where more are.",
    text="""
    UNWIND $keys AS k
    CALL (k) {
      MATCH (q:Triage {incident: k})
      RETURN q.key AS key, q.tip AS tip, q.fold AS fold LIMIT 501
    }
    RETURN key, tip, k AS incident, fold ORDER BY key LIMIT 1000000
    """,
    params=IncidentsParams,
    row=KeptRow,
    max_rows=MANY,
    public=False,
)

IN_FOLDS = Query(
    name="folds.members",
    doc="The places of folds.",
    text="""
    UNWIND $keys AS k
    MATCH (q:Triage {fold: k})
    RETURN q.key AS key, q.tip AS tip, q.incident AS incident, q.fold AS fold
    ORDER BY key LIMIT 1000000
    """,
    params=FoldsParams,
    row=KeptRow,
    max_rows=MANY,
    public=False,
)

ACCOUNTS = Query(
    name="folds.accounts",
    doc="The accounts that tips report, but such as stand for nobody.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND a.role = 'reported' AND x.kind = 'Account' AND x.state <> 'stopped'
    RETURN DISTINCT t.key AS tip, x.key AS account ORDER BY account, tip LIMIT 1000000
    """,
    params=TipKeysParams,
    row=AccountRow,
    max_rows=MANY,
    public=False,
)

HASHES = Query(
    name="folds.hashes",
    doc="The file hashes that several of some tips state, but such as stand for no file.",
    text="""
    UNWIND $keys AS k
    MATCH (t:Tip {key: k})-[a:ASSERTS]->(x)
    WHERE a.ended_us IS NULL AND a.role = 'file' AND x.kind = 'FileHash' AND x.state <> 'stopped'
    WITH x.key AS hash, collect(DISTINCT t.key) AS tips
    WHERE size(tips) > 1
    RETURN hash, tips ORDER BY hash LIMIT 1000000
    """,
    params=TipKeysParams,
    row=CommonRow,
    max_rows=MANY,
    public=False,
)
