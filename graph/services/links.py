"""Links of a tip: other tips that share identifiers with it, each with its reasons.

The weight of a reason is the rarity of the shared value, log2(tips / tips that hold it), in
thousandths of a bit, as in term-frequency adjustment (Fellegi and Sunter 1969; Winkler 2000). It is
no probability, and a link is an investigative lead, not an identification.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from graph.clock import now_us
from graph.errors import NotFoundError
from graph.queries.core import NoParams
from graph.queries.links import (
    HUB_PAIRS,
    HUBS,
    SHARED,
    HubPairsParams,
    HubParams,
    HubRow,
    SharedParams,
    SharedRow,
)
from graph.queries.meta import STORE_INFO
from graph.queries.tips import (
    ASSERTIONS,
    REFERENCES,
    TIP,
    TIPS,
    AssertionParams,
    AssertionRow,
    TipLine,
    TipParams,
    TipsParams,
)
from graph.roles import Role
from graph.store import ReadUnit, Store

CAVEAT = "investigative lead, not identification"
WALK_LIMIT = 200
"""An identifier that more tips mention is a hub: counted as a bundle, never walked through."""
SMALL_WALK_LIMIT = 20
COMMON_SHARE = 32
"""In a small store a value that more than one in so many tips mention is a hub as well."""
MAX_SHARED = 20_000
MAX_ASSERTIONS = 20_000
MAX_HUBS = 200


class Relation(StrEnum):
    """What two assertions about one identifier amount to."""

    SUBJECT = "shared identifier"
    CHILD = "possible same child or account"
    """Either side is a victim's: for the child's safety, never a link between subjects."""
    REVIEW = "for review"
    """Either side is a reporting person's, a provider's, an officer's or a parent's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One identifier that two tips share."""

    kind: str
    identifier: str
    relation: Relation
    weight: int
    """Thousandths of a bit; 0 for anything but a shared identifier of subjects."""
    tip_count: int
    own_roles: tuple[str, ...]
    other_roles: tuple[str, ...]
    own_times_us: tuple[int, ...]
    other_times_us: tuple[int, ...]
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Another tip, with the reasons and their exact sum."""

    tip: TipLine
    score: int
    reasons: tuple[Reason, ...]
    refers: tuple[str, ...]
    """`names` or `named by`, when one document names the other: no independent second source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Links:
    """The answer to `what else is connected to this tip`."""

    tip: str
    as_of_us: int
    tip_total: int
    links: tuple[Link, ...]
    hubs: tuple[HubRow, ...]
    cut_off: tuple[str, ...]
    """What was left out, in sentences; empty when nothing was."""
    queries: tuple[str, ...] = (SHARED.name, HUBS.name, HUB_PAIRS.name, REFERENCES.name)
    caveat: str = CAVEAT


def rarity(tip_total: int, tip_count: int) -> int:
    """Give a value's weight in thousandths of a bit from how many of all tips hold it."""
    if tip_count <= 0 or tip_total <= tip_count:
        return 0
    return round(1000 * math.log2(tip_total / tip_count))


def walk_limit(tip_total: int) -> int:
    """Give how many tips may mention an identifier that is still walked through."""
    return max(SMALL_WALK_LIMIT, min(WALK_LIMIT, tip_total // COMMON_SHARE))


def links_of(store: Store, tip: str, *, limit: int = 200) -> Links:
    """Give the tips linked to one tip: imminent danger and escalated first, then the strongest.

    Raises:
        NotFoundError: there is no such tip.
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(lambda unit: _links(unit, tip, limit), name="links of a tip")


def _links(unit: ReadUnit, tip: str, limit: int) -> Links:
    found = unit.read(TIP, TipParams(tip=tip))
    if len(found) == 0:
        raise NotFoundError(f"There is no tip {tip} in this store. Check the number.")
    tip_total = unit.read(STORE_INFO, NoParams())[0].tip_total
    cut_off: list[str] = []
    if found[0].withdrawn_us is not None:
        cut_off.append("The tip was withdrawn: it links nothing.")
        return Links(
            tip=tip, as_of_us=now_us(), tip_total=tip_total, links=(), hubs=(), cut_off=(*cut_off,)
        )
    own = unit.read(ASSERTIONS, AssertionParams(tip=tip, limit=MAX_ASSERTIONS))
    most = walk_limit(tip_total)
    shared = unit.read(SHARED, SharedParams(tip=tip, walk_limit=most, limit=MAX_SHARED))
    hubs = unit.read(HUBS, HubParams(tip=tip, walk_limit=most, limit=MAX_HUBS))
    if len(own) == MAX_ASSERTIONS:
        cut_off.append(f"Only the first {MAX_ASSERTIONS} assertions of the tip were looked at.")
    if len(shared) == MAX_SHARED:
        cut_off.append(f"Only the {MAX_SHARED} rarest shared assertions were looked at.")
    if len(hubs) == MAX_HUBS:
        cut_off.append(f"Only the {MAX_HUBS} largest hubs are shown.")
    pairs = _hub_pairs(unit, shared, hubs, most=most)
    references: dict[str, set[str]] = {}
    for row in unit.read(REFERENCES, TipParams(tip=tip)):
        if row.ended_us is None and row.tip != tip:
            references.setdefault(row.tip, set()).add(row.direction)
    reasons = _reasons(own, [*shared, *pairs], tip_total)
    others = sorted({*reasons, *references})
    lines = {line.key: line for line in unit.read(TIPS, TipsParams(tips=others))}
    links = [
        Link(
            tip=line,
            score=sum(reason.weight for reason in reasons.get(key, ())),
            reasons=reasons.get(key, ()),
            refers=tuple(sorted(references.get(key, ()))),
        )
        for key, line in lines.items()
        if line.withdrawn_us is None
    ]
    links.sort(key=lambda link: (link.tip.urgency, -link.score, link.tip.key))
    if len(links) > limit:
        cut_off.append(f"{len(links) - limit} further links are not shown.")
    return Links(
        tip=tip,
        as_of_us=now_us(),
        tip_total=tip_total,
        links=tuple(links[:limit]),
        hubs=tuple(hubs),
        cut_off=tuple(cut_off),
    )


def _hub_pairs(
    unit: ReadUnit, shared: list[SharedRow], hubs: list[HubRow], *, most: int
) -> list[SharedRow]:
    tips = sorted({row.tip for row in shared})
    keys = sorted({hub.identifier for hub in hubs if hub.state in ("normal", "known series")})
    if len(tips) == 0 or len(keys) == 0:
        return []
    return unit.read(HUB_PAIRS, HubPairsParams(tips=tips, identifiers=keys, walk_limit=most))


def _reasons(
    own: Iterable[AssertionRow], others: Iterable[SharedRow], tip_total: int
) -> dict[str, tuple[Reason, ...]]:
    mine: dict[tuple[str, str], list[AssertionRow]] = {}
    for assertion in own:
        if assertion.ended_us is None:
            mine.setdefault((assertion.kind, assertion.identifier), []).append(assertion)
    theirs: dict[tuple[str, str, str], list[SharedRow]] = {}
    for row in others:
        theirs.setdefault((row.tip, row.kind, row.identifier), []).append(row)
    by_tip: dict[str, list[Reason]] = {}
    for (tip, kind, identifier), rows in theirs.items():
        sides = mine.get((kind, identifier), [])
        if len(sides) > 0:
            by_tip.setdefault(tip, []).append(_reason(sides, rows, tip_total))
    return {
        tip: tuple(sorted(reasons, key=lambda r: (-r.weight, r.kind, r.identifier)))
        for tip, reasons in by_tip.items()
    }


def _reason(mine: list[AssertionRow], theirs: list[SharedRow], tip_total: int) -> Reason:
    first = theirs[0]
    relation = _relation(mine, theirs)
    weight = rarity(tip_total, first.tip_count) if relation is Relation.SUBJECT else 0
    own_roles = tuple(sorted({a.role for a in mine}))
    other_roles = tuple(sorted({a.role for a in theirs}))
    return Reason(
        kind=first.kind,
        identifier=first.identifier,
        relation=relation,
        weight=weight,
        tip_count=first.tip_count,
        own_roles=own_roles,
        other_roles=other_roles,
        own_times_us=tuple(sorted({a.at_us for a in mine if a.at_us is not None})),
        other_times_us=tuple(sorted({a.at_us for a in theirs if a.at_us is not None})),
        sentence=_sentence(relation, first, own_roles, other_roles, tip_total=tip_total),
    )


def _relation(mine: list[AssertionRow], theirs: list[SharedRow]) -> Relation:
    if any(a.linking for a in mine) and any(a.linking for a in theirs):
        return Relation.SUBJECT
    if Role.VICTIM in {*(a.role for a in mine), *(a.role for a in theirs)}:
        return Relation.CHILD
    return Relation.REVIEW


def _sentence(
    relation: Relation,
    row: SharedRow,
    own_roles: tuple[str, ...],
    other_roles: tuple[str, ...],
    *,
    tip_total: int,
) -> str:
    roles = f"{' and '.join(own_roles)} here, {' and '.join(other_roles)} there".replace("_", " ")
    if relation is Relation.SUBJECT:
        return f"{row.tip_count} of {tip_total} tips hold this {row.kind}; {roles}."
    if relation is Relation.CHILD:
        return (
            f"This {row.kind} may be the same child's ({roles}): for protection, no subject link."
        )
    return f"This {row.kind} is {roles}: look at it, it makes nobody a subject."
