"""Values that an agency's held tips have in common: subjects named again, files seen before.

Only tips that the same agency holds are looked at: what others hold has no effect on its queue.
"""

from __future__ import annotations

from typing import Final

from graph.queries.core import Params, Query, Row
from graph.queries.generated import from_schema
from graph.queries.recording import MANY, TipKeysParams
from graph.queries.triage import TipRow

MOST_NAMING: Final = 5000
"""Tips with one value whose places follow at once when the value's state changes."""
HASH: Final = "FileHash"
SUBJECT_KINDS: Final = ("Account", "Email", "Phone")
"""Kinds by which a subject is named again. An IP address is none: it passes from one to another."""
_KINDS = "['Account', 'Email', 'Phone']"
_NAMES = (
    "a.ended_us IS NULL AND a.role = 'reported' AND a.linking = true "
    "AND coalesce(a.compromised, false) = false"
)
_OTHER_NAMES = _NAMES.replace("a.", "b.")
_LIVE = "u.withdrawn_us IS NULL"


class TipOfRow(Row):
    """A tip, and an agency in whose queue something holds of it."""

    tip: str
    agency: str


class SightRow(Row):
    """A value that a tip has or had, and an agency that holds or held the tip."""

    agency: str
    kind: str
    identifier: str


class SightItem(Params):
    """A value, and whose tips are looked at."""

    key: str
    agency: str


class FellowsParams(Params):
    """Values, and tips that are passed over."""

    rows: list[SightItem]
    tips: list[str]


class FellowRow(Row):
    """One more tip of the agency that has a value."""

    key: str
    agency: str
    tip: str


class NamingParams(Params):
    """Identifiers of one kind."""

    keys: list[str]


REPEATED = Query(
    name="sighted.repeated",
    doc="Tips whose subject another tip names that the same agency holds.",
    text=from_schema(f"""
    UNWIND $keys AS k
    MATCH (t:Tip {{key: k}})-[a:ASSERTS]->(x)
    WHERE t.withdrawn_us IS NULL AND t.batched_reason IS NULL AND x.mention_count > 1
      AND x.kind IN {_KINDS} AND {_NAMES}
    WITH DISTINCT t, x
    UNWIND coalesce(t.holders, []) AS g
    WITH t, x, g,
         CASE WHEN coalesce(x.state_by, '') <> 'counting' OR coalesce(x.told_to, '') IN ['*', g]
           THEN x.state ELSE coalesce(x.base_state, 'normal') END AS state
    WHERE NOT state IN ['shared', 'viral', 'stopped'] AND EXISTS {{
        MATCH (x)<-[b:ASSERTS]-(u)
        WHERE {_OTHER_NAMES} AND g IN u.holders AND u.key <> t.key AND {_LIVE}
          AND u.batched_reason IS NULL
      }}
    RETURN DISTINCT t.key AS tip, g AS agency
    ORDER BY tip, agency LIMIT 1000000
    """),
    params=TipKeysParams,
    row=TipOfRow,
    max_rows=MANY,
    public=False,
)

FIRST_HERE = Query(
    name="sighted.first_here",
    doc="Tips none of whose reported media files' hashes another tip has of the same agency's.",
    text=from_schema(f"""
    UNWIND $keys AS k
    MATCH (t:Tip {{key: k}})-[a:ASSERTS]->(x)
    WHERE t.withdrawn_us IS NULL AND a.ended_us IS NULL AND a.role = 'file'
      AND a.file_id IS NOT NULL AND x.kind = '{HASH}' AND x.state <> 'stopped'
    WITH DISTINCT t, x, a.file_id AS file_id
    MATCH (f:File {{key: t.key + '/' + file_id}})
    WHERE f.ended_us IS NULL AND coalesce(f.relevance, '') <> 'Supplemental Reported'
      AND coalesce(f.is_media, true) = true
    WITH DISTINCT t, x
    UNWIND coalesce(t.holders, []) AS g
    WITH t, g, CASE WHEN EXISTS {{
        MATCH (x)<-[b:ASSERTS]-(u)
        WHERE b.ended_us IS NULL AND g IN u.holders AND u.key <> t.key AND {_LIVE}
      }} THEN 1 ELSE 0 END AS seen
    WITH t.key AS tip, g AS agency, max(seen) AS seen
    WHERE seen = 0
    RETURN tip, agency ORDER BY tip, agency LIMIT 1000000
    """),
    params=TipKeysParams,
    row=TipOfRow,
    max_rows=MANY,
    public=False,
)

SIGHTS = Query(
    name="sighted.of_tips",
    doc="Values that tips have or had by which another tip may stand elsewhere in a queue.",
    # Also what ended, was given up or withdrawn: whoever had it in common has it no longer.
    text=from_schema(f"""
    UNWIND $keys AS k
    MATCH (t:Tip {{key: k}})-[a:ASSERTS]->(x)
    WHERE x.kind = '{HASH}' OR (x.kind IN {_KINDS} AND a.role = 'reported')
    WITH DISTINCT t, x
    MATCH (t)-[:HELD_BY]->(g)
    RETURN DISTINCT g.key AS agency, x.kind AS kind, x.key AS identifier
    ORDER BY kind, identifier, agency LIMIT 1000000
    """),
    params=TipKeysParams,
    row=SightRow,
    max_rows=MANY,
    public=False,
)


def _fellows(label: str) -> Query[FellowsParams, FellowRow]:
    names = (
        "b.ended_us IS NULL" if label == HASH else f"{_OTHER_NAMES} AND u.batched_reason IS NULL"
    )
    return Query(
        name=f"sighted.fellows_{label}",
        doc="Some further tips of an agency that have a value, two where there are.",
        text=from_schema(
            "UNWIND $rows AS r WITH r.key AS k, r.agency AS g CALL (k, g) { "
            f"MATCH (x:{label} {{key: k}})<-[b:ASSERTS]-(u) "
            f"WHERE {names} AND g IN u.holders AND {_LIVE} AND NOT u.key IN $tips "
            # In no order, and one may come twice: what matters is whether there are two, and a
            # value that a crowd has is not walked to its end for that.
            "RETURN u.key AS tip LIMIT 4 } "
            "RETURN k AS key, g AS agency, tip ORDER BY key, agency, tip LIMIT 1000000"
        ),
        params=FellowsParams,
        row=FellowRow,
        max_rows=MANY,
        public=False,
    )


def _naming(label: str) -> Query[NamingParams, TipRow]:
    return Query(
        name=f"sighted.naming_{label}",
        doc="Tips that somebody holds and that state identifiers.",
        text=from_schema(
            f"UNWIND $keys AS k MATCH (x:{label} {{key: k}})<-[a:ASSERTS]-(u) "
            "WHERE a.ended_us IS NULL AND size(coalesce(u.holders, [])) > 0 "
            f"RETURN DISTINCT u.key AS tip ORDER BY tip LIMIT {MOST_NAMING + 1}"
        ),
        params=NamingParams,
        row=TipRow,
        max_rows=MOST_NAMING + 1,
        public=False,
    )


_LABELS = (*SUBJECT_KINDS, HASH)
FELLOWS = {label: _fellows(label) for label in _LABELS}
NAMING = {label: _naming(label) for label in SUBJECT_KINDS}
