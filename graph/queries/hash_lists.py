"""Hash lists, their entries, and the state that these give to hashes that tips mention."""

from __future__ import annotations

from pydantic import Field

from graph.queries.core import Mode, NoParams, Params, Query, Row

PAGE = 5000
"""Entries in one page, and hashes in one question."""
MANY = 1_000_000
"""Upper bound of internal reads whose size follows from the batch, not from the store."""


class HashesParams(Params):
    """Keys of hashes."""

    hashes: list[str] = Field(max_length=PAGE)


class ListParams(Params):
    """A list."""

    list_key: str


class EntryPageParams(Params):
    """A page of a list's entries: keys above one and below another."""

    after: str
    until: str


class EntriesParams(Params):
    """Keys of entries."""

    keys: list[str] = Field(max_length=PAGE)


class ConfirmParams(EntriesParams):
    """Keys of entries and the issue that has them."""

    issue: str


class ForceRow(Row):
    """How many lists are in force."""

    lists: int


class IssueRow(Row):
    """The issue that is being imported, or was last."""

    issue: str


class ListedRow(Row):
    """A list in force that holds a hash."""

    hash: str
    list_key: str
    name: str
    source: str
    dated: str
    dated_us: int


class ListedNowRow(Row):
    """A hash that a tip or a claim has, and what it is noted to be listed in."""

    key: str
    listed: list[str] | None


class ListedItem(Params):
    """What a hash is listed in now; None when in nothing."""

    key: str
    listed: list[str] | None


class ListedParams(Params):
    """What hashes are listed in now."""

    rows: list[ListedItem]


class EntryRow(Row):
    """An entry of a list."""

    key: str
    hash: str
    issue: str


class HashListRow(Row):
    """A hash list."""

    key: str
    name: str
    source: str
    dated: str
    dated_us: int
    issue: str
    file_sha256: str | None
    imported_us: int | None
    imported_by: str | None
    entry_count: int | None
    problem_count: int | None
    unfinished: str | None
    withdrawn_us: int | None
    withdrawn_why: str | None


LOCK = Query(
    name="hash_lists.lock",
    doc="Takes the lock under which hashes and lists meet; says how many lists are in force.",
    text="""
    MATCH (s:StoreInfo {key: 'store'})
    SET s.hash_lists = coalesce(s.hash_lists, 0)
    RETURN s.hash_lists AS lists
    """,
    params=NoParams,
    row=ForceRow,
    mode=Mode.WRITE,
    public=False,
)

COUNT_IN_FORCE = Query(
    name="hash_lists.count_in_force",
    doc="Notes how many lists are in force.",
    text="""
    MATCH (s:StoreInfo {key: 'store'})
    SET s.hash_lists = COUNT { MATCH (l:HashList) WHERE l.withdrawn_us IS NULL }
    """,
    params=NoParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

LOCK_LIST = Query(
    name="hash_lists.lock_list",
    doc="Takes the lock of a list and says which issue is being imported.",
    text="""
    MATCH (l:HashList {key: $list_key})
    SET l.issue = l.issue
    RETURN l.issue AS issue
    """,
    params=ListParams,
    row=IssueRow,
    mode=Mode.WRITE,
    public=False,
)

LISTED = Query(
    name="hash_lists.listed",
    doc="The lists in force that hold hashes, by date of issue.",
    text="""
    UNWIND $hashes AS h
    MATCH (e:ListedHash {hash: h})
    WITH e
    MATCH (l:HashList {key: e.list})
    WHERE l.withdrawn_us IS NULL
    RETURN e.hash AS hash, l.key AS list_key, l.name AS name, l.source AS source,
           l.dated AS dated, l.dated_us AS dated_us
    ORDER BY hash, dated_us, list_key LIMIT 1000000
    """,
    params=HashesParams,
    row=ListedRow,
    max_rows=MANY,
)

LISTED_NOW = Query(
    name="hash_lists.listed_now",
    doc="Hashes that a tip or a claim has, with what they are noted to be listed in.",
    text="""
    UNWIND $hashes AS h
    MATCH (x:FileHash {key: h})
    RETURN x.key AS key, x.listed AS listed
    ORDER BY key LIMIT 1000000
    """,
    params=HashesParams,
    row=ListedNowRow,
    max_rows=MANY,
    public=False,
)

SET_LISTED = Query(
    name="hash_lists.set_listed",
    doc="Notes what hashes are listed in.",
    text="""
    UNWIND $rows AS r
    MATCH (x:FileHash {key: r.key})
    SET x.listed = r.listed
    """,
    params=ListedParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

CONFIRM = Query(
    name="hash_lists.confirm",
    doc="Notes that an issue has entries that are there.",
    text="""
    UNWIND $keys AS k
    MATCH (e:ListedHash {key: k})
    WHERE e.issue <> $issue
    SET e.issue = $issue
    """,
    params=ConfirmParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

ENTRIES = Query(
    name="hash_lists.entries",
    doc="Entries of a list by key.",
    text="""
    MATCH (e:ListedHash)
    WHERE e.key > $after AND e.key < $until
    RETURN e.key AS key, e.hash AS hash, e.issue AS issue
    ORDER BY key LIMIT 5000
    """,
    params=EntryPageParams,
    row=EntryRow,
    max_rows=PAGE,
)

DROP_ENTRIES = Query(
    name="hash_lists.drop_entries",
    doc="Takes entries off a list.",
    text="UNWIND $keys AS k MATCH (e:ListedHash {key: k}) DELETE e",
    params=EntriesParams,
    row=Row,
    mode=Mode.WRITE,
    public=False,
)

LISTS = Query(
    name="hash_lists.lists",
    doc="All hash lists, withdrawn ones included.",
    text="""
    MATCH (l:HashList)
    RETURN l.key AS key, l.name AS name, l.source AS source, l.dated AS dated,
           l.dated_us AS dated_us, l.issue AS issue, l.file_sha256 AS file_sha256,
           l.imported_us AS imported_us, l.imported_by AS imported_by,
           l.entry_count AS entry_count, l.problem_count AS problem_count,
           l.unfinished AS unfinished, l.withdrawn_us AS withdrawn_us,
           l.withdrawn_why AS withdrawn_why
    ORDER BY key LIMIT 1000
    """,
    params=NoParams,
    row=HashListRow,
)

LIST = Query(
    name="hash_lists.one",
    doc="One hash list.",
    text="""
    MATCH (l:HashList {key: $list_key})
    RETURN l.key AS key, l.name AS name, l.source AS source, l.dated AS dated,
           l.dated_us AS dated_us, l.issue AS issue, l.file_sha256 AS file_sha256,
           l.imported_us AS imported_us, l.imported_by AS imported_by,
           l.entry_count AS entry_count, l.problem_count AS problem_count,
           l.unfinished AS unfinished, l.withdrawn_us AS withdrawn_us,
           l.withdrawn_why AS withdrawn_why
    LIMIT 1
    """,
    params=ListParams,
    row=HashListRow,
    max_rows=1,
)
