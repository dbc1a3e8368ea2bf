"""What holds of a tip because of what else its agency holds: subjects named again, files seen.

It is each holder's own. Whoever calls has the locks of the values in question, which recording,
holding, releasing and withdrawing all take, and only then asks: of two at once one sees the other.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.queries.recording import TipKeysParams
from graph.queries.sighted import (
    FELLOWS,
    FIRST_HERE,
    MOST_NAMING,
    NAMING,
    REPEATED,
    SIGHTS,
    FellowsParams,
    NamingParams,
    SightItem,
)
from graph.store import ReadUnit

FIRST_SEEN = "first seen here"
REPEAT = "repeat subject"
_TOGETHER = 500


def sights_of(unit: ReadUnit, tips: Sequence[str]) -> dict[tuple[str, str], frozenset[str]]:
    """Give the signals that hold of tips at an agency, by tip and agency."""
    keys = TipKeysParams(keys=list(tips))
    repeated = {(row.tip, row.agency) for row in unit.read(REPEATED, keys)}
    first = {(row.tip, row.agency) for row in unit.read(FIRST_HERE, keys)}
    return {
        pair: frozenset(
            name for name, held in ((REPEAT, repeated), (FIRST_SEEN, first)) if pair in held
        )
        for pair in sorted(repeated | first)
    }


def fellows_of(unit: ReadUnit, tips: Collection[str]) -> set[str]:
    """Give the tips that may stand elsewhere because these were written, held or given up.

    Of a value that two further tips of an agency have, none: each has the other one.
    """
    ordered = sorted(set(tips))
    if len(ordered) == 0:
        return set()
    by_kind: dict[str, list[SightItem]] = {}
    for row in unit.read(SIGHTS, TipKeysParams(keys=ordered)):
        item = SightItem(key=row.identifier, agency=row.agency)
        by_kind.setdefault(row.kind, []).append(item)
    alone: set[str] = set()
    for kind in sorted(by_kind):
        items = by_kind[kind]
        for start in range(0, len(items), _TOGETHER):
            params = FellowsParams(rows=items[start : start + _TOGETHER], tips=ordered)
            found: dict[tuple[str, str], set[str]] = {}
            for fellow in unit.read(FELLOWS[kind], params):
                found.setdefault((fellow.key, fellow.agency), set()).add(fellow.tip)
            alone |= {
                tip for tips_there in found.values() if len(tips_there) == 1 for tip in tips_there
            }
    return alone


def naming(unit: ReadUnit, kind: str, keys: Collection[str]) -> list[str]:
    """Give the held tips that state identifiers whose state changed; none where they are a crowd.

    What a crowd of more than 5,000 comes to, the recount of the queue mends.
    """
    if kind not in NAMING or len(keys) == 0:
        return []
    found: set[str] = set()
    for key in sorted(set(keys)):
        rows = unit.read(NAMING[kind], NamingParams(keys=[key]))
        if len(rows) <= MOST_NAMING:
            found |= {row.tip for row in rows}
    return sorted(found)
