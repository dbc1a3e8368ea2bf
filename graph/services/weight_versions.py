"""Two versions of the weights on one corpus: which links change their grade, and who was right."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from graph.clock import now_us
from graph.scoring.pairs import Basis
from graph.scoring.weights import GRADE_ORDER, Grade
from graph.services.judgements import all_standing
from graph.services.judging import Verdict
from graph.services.pairing import pairs_of, weighed_pair
from graph.services.sampling import sample_of
from graph.store import Store

_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A pair whose grade is another one under the other version."""

    own: str
    other: str
    first: Grade
    second: Grade
    first_score: int
    second_score: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """How many pairs have these grades under the first and under the second version."""

    first: Grade
    second: Grade
    pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """How a version's grades agree with what people judged."""

    same: int
    """Judged the same actor, and of grade moderate or above."""
    same_of: int
    apart: int
    """Judged not the same, and below moderate."""
    apart_of: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two versions on the tips of one store."""

    as_of_us: int
    first: str
    second: str
    tips: int
    """How many tips were asked; all their pairs were compared."""
    tip_total: int
    pairs: int
    grades: tuple[Graded, ...]
    changes: tuple[Change, ...]
    """Those whose score moves most among the pairs that change their grade."""
    judged: tuple[Right, Right]


def compare_versions(store: Store, first: Basis, second: Basis) -> Comparison:
    """Weigh the pairs of a sample of tips, and all judged pairs, under two versions.

    Raises:
        StoreError: the store could not answer.
    """
    sample = sample_of(store)
    grades: Counter[tuple[Grade, Grade]] = Counter()
    changes: list[Change] = []
    seen: set[frozenset[str]] = set()
    for pair in pairs_of(store, sample.tips, [first, second]):
        both = frozenset((pair.own, pair.other))
        if both in seen:
            continue
        seen.add(both)
        one, two = pair.weighed
        grades[(one.grade, two.grade)] += 1
        if one.grade is not two.grade:
            changes.append(
                Change(
                    own=min(both),
                    other=max(both),
                    first=one.grade,
                    second=two.grade,
                    first_score=one.score,
                    second_score=two.score,
                )
            )
    changes.sort(key=lambda c: (-abs(c.second_score - c.first_score), c.own, c.other))
    return Comparison(
        as_of_us=now_us(),
        first=first.weights.version,
        second=second.weights.version,
        tips=len(sample.tips),
        tip_total=sample.of,
        pairs=len(seen),
        grades=tuple(
            Graded(first=one, second=two, pairs=count)
            for (one, two), count in sorted(
                grades.items(), key=lambda x: [GRADE_ORDER[grade] for grade in x[0]]
            )
        ),
        changes=tuple(changes[:_SHOWN]),
        judged=(_right(store, first), _right(store, second)),
    )


def _right(store: Store, basis: Basis) -> Right:
    counts: Counter[tuple[str, bool]] = Counter()
    for pair, row in all_standing(store):
        weighed = store.reading(
            lambda unit, p=pair: weighed_pair(unit, p, basis),  # type: ignore[misc]
            name="comparing a judged pair",
        )
        if weighed is not None:
            is_linked = GRADE_ORDER[weighed.grade] <= GRADE_ORDER[Grade.MODERATE]
            counts[(row.verdict, is_linked)] += 1
    return Right(
        same=counts[(Verdict.SAME, True)],
        same_of=counts[(Verdict.SAME, True)] + counts[(Verdict.SAME, False)],
        apart=counts[(Verdict.NOT_SAME, False)],
        apart_of=counts[(Verdict.NOT_SAME, True)] + counts[(Verdict.NOT_SAME, False)],
    )
