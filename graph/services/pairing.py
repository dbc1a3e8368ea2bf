"""Compares tips with all that may be linked to them, many at once: the scores of a whole corpus."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from graph.scoring.evidence import Weighed
from graph.scoring.pairs import Basis, weigh
from graph.services.comparing import Compared, asked_of, compare_in_parts, read_pair
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
        compared = store.reading(
            lambda unit, p=part: list(compare_in_parts(unit, p, asked_of(unit, p))),  # type: ignore[misc]
            name="comparing tips",
        )
        for found in compared:
            for tip in found.own:
                yield from _of_one(found, tip, bases)


def weighed_pair(unit: ReadUnit, pair: Pair, basis: Basis) -> Weighed | None:
    """Compare two tips, linked or not; None when one of them is not there or was withdrawn."""
    keys = sorted(pair)
    return weighed_from(unit, keys[0], keys[1], basis) if len(keys) == 2 else None


def weighed_from(unit: ReadUnit, own: str, other: str, basis: Basis) -> Weighed | None:
    """Compare two tips as `own` sees it; None when one of them is not there or was withdrawn."""
    found = read_pair(unit, own, other)
    if len(found.rows) != 2 or any(r.withdrawn_us is not None for r in found.rows.values()):
        return None
    return weigh(found.profiles[own], found.profiles[other], basis)


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
        if weighed[0].links_subjects:
            yield ComparedPair(own=tip, other=other, weighed=weighed)
