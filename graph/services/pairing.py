"""Compares tips with all that may be linked to them, many at once: the scores of a whole corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.queries.links import COMPARED, OWN, ComparedParams, OwnParams
from graph.scoring.evidence import Relation, Weighed
from graph.scoring.pairs import Basis, weigh
from graph.services.comparing import (
    MAX_ASSERTIONS,
    Compared,
    alias_bands_of,
    compare,
    profile_of_rows,
)
from graph.services.judging import Pair
from graph.store import ReadUnit, Store

_TOGETHER = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedPair:
    """Two tips that share an identifier of subjects, weighed on each basis that was given."""

    own: str
    other: str
    weighed: tuple[Weighed, ...]


def pairs_of(store: Store, tips: Sequence[str], bases: Sequence[Basis]) -> Iterator[ComparedPair]:
    """Give what tips are compared with, batch by batch, weak and ungraded pairs included.

    A pair of two of the tips comes twice, once from each side.

    Raises:
        StoreError: the store could not answer.
    """
    for start in range(0, len(tips), _TOGETHER):
        part = tips[start : start + _TOGETHER]
        compared = store.reading(lambda unit, p=part: _compared(unit, p), name="comparing tips")  # type: ignore[misc]
        for found in compared:
            for tip in found.own:
                yield from _of_one(found, tip, bases)


def weighed_pair(unit: ReadUnit, pair: Pair, basis: Basis) -> Weighed | None:
    """Compare two tips, linked or not; None when one of them is not there or was withdrawn."""
    keys = sorted(pair)
    return weighed_from(unit, keys[0], keys[1], basis) if len(keys) == 2 else None


def weighed_from(unit: ReadUnit, own: str, other: str, basis: Basis) -> Weighed | None:
    """Compare two tips as `own` sees it; None when one of them is not there or was withdrawn."""
    keys = [own, other]
    rows = {row.key: row for row in unit.read(COMPARED, ComparedParams(tips=keys))}
    if len(rows) != 2 or any(r.withdrawn_us is not None for r in rows.values()):
        return None
    said = unit.read(OWN, OwnParams(tips=keys, limit=MAX_ASSERTIONS))
    bands = alias_bands_of(unit, rows.values())
    first, second = (
        profile_of_rows(rows[key], [row for row in said if row.tip == key], bands) for key in keys
    )
    return weigh(first, second, basis)


def _compared(unit: ReadUnit, tips: Sequence[str]) -> list[Compared]:
    found = compare(unit, tips)
    if len(found.cut_off) > 0 and len(tips) > 1:
        half = len(tips) // 2
        return [*_compared(unit, tips[:half]), *_compared(unit, tips[half:])]
    return [found]


def _of_one(found: Compared, tip: str, bases: Sequence[Basis]) -> Iterator[ComparedPair]:
    own = found.own_profile(tip)
    if found.tips[tip].withdrawn_us is not None:
        return
    for other in sorted(found.others.get(tip, {})):
        row = found.tips.get(other)
        if row is None or row.withdrawn_us is not None:
            continue
        profile = found.other_profile(tip, other)
        weighed = tuple(weigh(own, profile, basis) for basis in bases)
        if any(item.relation is Relation.SUBJECT for item in weighed[0].evidence):
            yield ComparedPair(own=tip, other=other, weighed=weighed)
