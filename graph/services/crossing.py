"""Where tips that mention claimed identifiers bring investigations of two agencies together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

from graph.queries.investigations import InvestigationRow
from graph.queries.overlaps import BridgeRow, TouchRow
from graph.scoring.evidence import Relation, protection_of, relation_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """Two tips that share an identifier, each mentioning what another agency claims."""

    first: TouchRow
    second: TouchRow
    kind: str
    identifier: str
    band: int
    is_child: bool
    """What they share is a child's in one of them: for the child's safety, no link."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touches:
    """Mentions of claimed identifiers, by the rule that a protected role wins."""

    rows: tuple[TouchRow, ...]
    children: frozenset[tuple[str, str, str]]
    """Tip, kind and identifier of those that are a child's in that tip."""
    left_out: int
    """Identifiers of tips where they are a reporting person's, an officer's or a provider's."""

    def is_child(self, row: TouchRow) -> bool:
        """Tell whether the mention is of a child's identifier."""
        return (row.tip, row.kind, row.identifier) in self.children


def touches_of(rows: Iterable[TouchRow]) -> Touches:
    """Sort mentions out as links do: see `graph.scoring.evidence.protection_of`."""
    by_identifier: dict[tuple[str, str, str], list[TouchRow]] = {}
    for row in rows:
        by_identifier.setdefault((row.tip, row.kind, row.identifier), []).append(row)
    kept: list[TouchRow] = []
    children: set[tuple[str, str, str]] = set()
    left_out = 0
    for key, said in by_identifier.items():
        protection = protection_of(said)
        if protection is Relation.REVIEW:
            left_out += 1
            continue
        if protection is Relation.CHILD:
            children.add(key)
        kept.extend(row for row in said if row.linking)
    return Touches(rows=tuple(kept), children=frozenset(children), left_out=left_out)


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
    holders: dict[tuple[str, str], dict[str, list[BridgeRow]]] = {}
    for held in shared:
        of_value = holders.setdefault((held.kind, held.identifier), {})
        of_value.setdefault(held.tip, []).append(held)
    found: dict[tuple[str, ...], Bridge] = {}
    for (kind, identifier), by_holder in holders.items():
        for one, other in combinations(sorted(by_holder), 2):
            relation = relation_of(by_holder[one], by_holder[other])
            if relation is Relation.REVIEW:
                continue
            for a, b in _meeting_over(by_holder[one], by_holder[other], by_tip):
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
                    band=max(row.band or 0 for row in by_holder[one]),
                    is_child=relation is Relation.CHILD,
                )
                found.setdefault(key, bridge)
    return [found[key] for key in sorted(found)]


def _meeting_over(
    one: Sequence[BridgeRow], other: Sequence[BridgeRow], by_tip: Mapping[str, list[TouchRow]]
) -> Iterator[tuple[TouchRow, TouchRow]]:
    """Give the mentions of two tips that what the tips share brings together."""
    mine_linking = [row for row in one if row.linking]
    for mine, theirs in product(mine_linking, (row for row in other if row.linking)):
        for a, b in product(by_tip.get(mine.tip, ()), by_tip.get(theirs.tip, ())):
            if _go_together(a, mine) and _go_together(b, theirs):
                yield a, b


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
