"""What tips that have just come in are connected to: their links and the investigations touched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.clock import now_us
from graph.queries.investigations import TOUCHED_BY, TouchedByParams
from graph.queries.links import SNAPSHOT
from graph.queries.scope import Seeing
from graph.queries.tips import TIPS, TipLine, TipsParams
from graph.scoring.pairs import Basis
from graph.scoring.weights import GRADE_ORDER, Grade
from graph.services.links import CAVEAT, Links, links_of_many
from graph.services.walking import walk_limit
from graph.store import Store

_TOGETHER = 200
"""Tips whose links are read at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Touching:
    """A tip that mentions what open investigations claim."""

    tip: TipLine
    investigations: tuple[str, ...]
    through_hubs: tuple[str, ...] = ()
    """Investigations of which the tip mentions only what very many tips mention: no meeting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrivals:
    """What tips that came in are connected to. A lead, not an identification, and no hit."""

    as_of_us: int
    tips: int
    strong: int
    """Tips whose best link is strong."""
    moderate: int
    """Tips whose best link is moderate."""
    touching: tuple[Touching, ...]
    """Imminent danger and escalated ones first."""
    only_hubs: tuple[Touching, ...] = ()
    """Tips that mention nothing claimed but what very many tips mention; in the same order."""
    caveat: str = CAVEAT


def arrivals_of(store: Store, tips: Sequence[str], *, basis: Basis) -> Arrivals:
    """Compute the links of tips, many at once, and which open investigations they touch.

    Raises:
        StoreError: the store could not answer; the tips are in all the same.
    """
    best: dict[Grade, int] = dict.fromkeys(Grade, 0)
    touched: dict[str, tuple[list[str], list[str]]] = {}
    most = walk_limit(store.read(SNAPSHOT, Seeing())[0].tip_total)
    for part in _parts(tips):
        for answer in links_of_many(store, part, basis=basis, limit=1):
            best[_best(answer)] += 1
        for row in store.read(TOUCHED_BY, TouchedByParams(keys=list(part), walk_limit=most)):
            touched.setdefault(row.tip, ([], []))[row.only_hubs].append(row.investigation)
    lines = [line for part in _parts(sorted(touched)) for line in store.read(TIPS, _of(part))]
    lines.sort(key=lambda line: line.order_key)
    met = [
        Touching(
            tip=line,
            investigations=tuple(touched[line.key][0]),
            through_hubs=tuple(touched[line.key][1]),
        )
        for line in lines
    ]
    return Arrivals(
        as_of_us=now_us(),
        tips=len(tips),
        strong=best[Grade.STRONG],
        moderate=best[Grade.MODERATE],
        touching=tuple(item for item in met if len(item.investigations) > 0),
        only_hubs=tuple(item for item in met if len(item.investigations) == 0),
    )


def _of(tips: Sequence[str]) -> TipsParams:
    return TipsParams(tips=list(tips))


def _parts(tips: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(0, len(tips), _TOGETHER):
        yield tips[start : start + _TOGETHER]


def _best(answer: Links) -> Grade:
    return min((x.grade for x in answer.links), key=GRADE_ORDER.__getitem__, default=Grade.NONE)
