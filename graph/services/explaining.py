"""Explains a pair of tips: the whole waterfall, also where there is no link."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from graph.clock import now_us
from graph.errors import NotFoundError
from graph.queries.judgements import JUDGED, JudgementRow
from graph.queries.links import COMPARED, OWN, SNAPSHOT, ComparedRow
from graph.queries.scope import Seeing
from graph.queries.tips import REFERENCES, TipLine, TipParams
from graph.scoring.pairs import Basis, weigh
from graph.scoring.weights import CutOffs, Grade
from graph.services.chance import chance_in, sentence_of
from graph.services.comparing import MAX_ASSERTIONS, read_pair
from graph.services.judging import judgements_about
from graph.services.links import CAVEAT, NO_SNAPSHOT, WITHDRAWN, line_of
from graph.services.reasons import Reason, reasons_of
from graph.services.tip_names import no_such_tip
from graph.store import ReadUnit, Store


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Two tips side by side, with all that speaks for and against one person behind them."""

    own: TipLine
    other: TipLine
    as_of_us: int
    weights: str
    snapshot_us: int | None
    score: int
    grade: Grade
    chance: str
    """How many pairs of strangers are as strong in this store, or that it was not estimated."""
    cut_offs: CutOffs
    """Least scores of the grades."""
    reasons: tuple[Reason, ...]
    refers: tuple[str, ...]
    judgements: tuple[JudgementRow, ...]
    """What people decided about the two, oldest first, undone ones included."""
    cut_off: tuple[str, ...]
    queries: tuple[str, ...] = (
        OWN.name,
        COMPARED.name,
        REFERENCES.name,
        JUDGED.name,
    )
    caveat: str = CAVEAT


def explain(store: Store, own: str, other: str, *, basis: Basis) -> Explanation:
    """Give everything that two tips share or contradict each other in.

    Raises:
        NotFoundError: one of them is not there, or both are the same.
        StoreError: the store could not answer; nothing is known then.
    """
    if own == other:
        raise NotFoundError(f"Both tips are {own}. Name two different ones.")
    return store.reading(
        lambda unit: _explain(unit, own, other, basis), name="explanation of a pair"
    )


def _explain(unit: ReadUnit, own: str, other: str, basis: Basis) -> Explanation:
    found = read_pair(unit, own, other)
    rows = found.rows
    for tip in (own, other):
        if tip not in rows:
            raise no_such_tip(tip)
    snapshot = unit.read(SNAPSHOT, Seeing())[0]
    judged = judgements_about(unit, [own])
    weighed = weigh(found.profiles[own], found.profiles[other], basis)
    chance = chance_in(snapshot, basis.weights)
    refers = {
        row.direction
        for row in unit.read(REFERENCES, TipParams(tip=own))
        if row.ended_us is None and row.tip == other
    }
    return Explanation(
        own=line_of(rows[own]),
        other=line_of(rows[other]),
        as_of_us=now_us(),
        weights=basis.weights.version,
        snapshot_us=snapshot.snapshot_us,
        score=weighed.score,
        grade=weighed.grade,
        chance=sentence_of(chance, weighed, basis.weights),
        cut_offs=basis.weights.cut_offs,
        reasons=reasons_of(weighed),
        refers=tuple(sorted(refers)),
        judgements=tuple(row for row in judged if set(row.tips) == {own, other}),
        cut_off=(
            *_cut_offs(rows.values(), is_cut=found.is_cut),
            *(() if snapshot.snapshot_us is not None else (NO_SNAPSHOT,)),
            *(() if weighed.cut_off is None else (weighed.cut_off,)),
        ),
    )


def _cut_offs(rows: Iterable[ComparedRow], *, is_cut: bool) -> Iterator[str]:
    for row in rows:
        if row.withdrawn_us is not None:
            yield f"{row.key}: {WITHDRAWN}"
    if is_cut:
        yield f"Of a tip with more than {MAX_ASSERTIONS} assertions only so many were compared."
