"""Where tips that mention claimed identifiers bring investigations of two agencies together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from graph.queries.investigations import InvestigationRow
from graph.queries.overlaps import BridgeRow, TouchRow


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Two tips that share an identifier, each mentioning what another agency claims."""

    first: TouchRow
    second: TouchRow
    kind: str
    identifier: str
    tip_count: int


def crossing(
    touches: Iterable[TouchRow], investigations: Mapping[str, InvestigationRow]
) -> list[tuple[TouchRow, TouchRow]]:
    """Give the pairs of claimed identifiers that one tip mentions for two agencies."""
    by_tip: dict[str, list[TouchRow]] = {}
    for row in touches:
        by_tip.setdefault(row.tip, []).append(row)
    pairs: dict[tuple[str, ...], tuple[TouchRow, TouchRow]] = {}
    for rows in by_tip.values():
        for a, b in combinations(rows, 2):
            is_same = (a.kind, a.identifier) == (b.kind, b.identifier)
            if not is_same and _go_together(a, b) and _of_two_agencies(a, b, investigations):
                first, second = _ordered(a, b)
                pairs.setdefault((a.tip, _key(first), _key(second)), (first, second))
    return [pairs[key] for key in sorted(pairs)]


def bridged(
    touches: Sequence[TouchRow],
    shared: Iterable[BridgeRow],
    investigations: Mapping[str, InvestigationRow],
) -> list[Bridge]:
    """Give the meetings over two tips; what both tips are linked by is claimed by neither side."""
    by_tip: dict[str, list[TouchRow]] = {}
    for row in touches:
        by_tip.setdefault(row.tip, []).append(row)
    holders: dict[tuple[str, str], list[BridgeRow]] = {}
    for held in shared:
        holders.setdefault((held.kind, held.identifier), []).append(held)
    found: dict[tuple[str, ...], Bridge] = {}
    for (kind, identifier), rows in holders.items():
        for one, other in combinations(rows, 2):
            if one.tip == other.tip:
                continue
            for a in by_tip[one.tip]:
                for b in by_tip[other.tip]:
                    if not (_go_together(a, one) and _go_together(b, other)):
                        continue
                    claimed = {(a.kind, a.identifier), (b.kind, b.identifier)}
                    if (kind, identifier) in claimed or len(claimed) == 1:
                        continue
                    if not _of_two_agencies(a, b, investigations):
                        continue
                    first, second = _ordered(a, b)
                    key = (_key(first), _key(second), first.tip, second.tip, kind, identifier)
                    bridge = Bridge(
                        first=first,
                        second=second,
                        kind=kind,
                        identifier=identifier,
                        tip_count=one.tip_count,
                    )
                    found.setdefault(key, bridge)
    return [found[key] for key in sorted(found)]


def _go_together(a: TouchRow, b: TouchRow | BridgeRow) -> bool:
    """Tell whether two identifiers of one tip are evidence together.

    A bundled report puts users into one tip who have nothing to do with each other (NCMEC reporting
    API, `batchedReport`): there only what one person's block states belongs together.
    """
    return a.bundled is None or (a.bundled == b.bundled and a.bundled != "")


def _of_two_agencies(
    a: TouchRow, b: TouchRow, investigations: Mapping[str, InvestigationRow]
) -> bool:
    return investigations[a.investigation].agency != investigations[b.investigation].agency


def _ordered(a: TouchRow, b: TouchRow) -> tuple[TouchRow, TouchRow]:
    return (a, b) if (a.investigation, a.tip) < (b.investigation, b.tip) else (b, a)


def _key(row: TouchRow) -> str:
    return f"{row.investigation}|{row.kind}|{row.identifier}"
