"""Judgements: a person decides about two tips, and every later answer to their agency follows.

Nothing is ever overwritten. The last judgement of a pair that was not undone counts; undoing one is
a judgement of its own, and lets the one before it count again.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from graph.clock import now_us
from graph.errors import NotFoundError, RowError
from graph.queries.judgements import (
    EVERY,
    JUDGEMENT,
    JUDGEMENTS,
    EveryParams,
    JudgementPageParams,
    JudgementParams,
    JudgementRow,
)
from graph.queries.recording import LOCK_TIPS, TipKeysParams
from graph.queries.tips import TIPS, TipsParams
from graph.rows import PropertyRow
from graph.scoring.pairs import Basis
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.explaining import explain
from graph.services.judging import Pair, Verdict, in_force, judgements_about
from graph.services.watch import watch_judged
from graph.store import Store, WriteUnit

MAX_WHY = 2000
"""Characters of a reason."""
_FAR_FUTURE_US = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A judgement that was made."""

    key: str
    verdict: Verdict
    at_us: int


def judge(
    store: Store, first: str, second: str, *, verdict: Verdict, why: str, basis: Basis, actor: str
) -> Judged:
    """Record a person's decision about two tips, with the score that they saw.

    Raises:
        NotFoundError: one of the tips is not there, or both are the same.
        RowError: there is no reason, or it is too long; nothing was recorded.
        StoreError: the store could not do it; nothing was recorded.
    """
    reason = _reason(why)
    if verdict is Verdict.UNDONE:
        raise RowError("A judgement is undone by its key: `crosstip judge undo KEY`.")
    seen = explain(store, first, second, basis=basis)
    row: PropertyRow = {
        "verdict": verdict.value,
        "weights": seen.weights,
        "score": seen.score,
        "grade": seen.grade.value,
    }
    return store.writing(
        lambda unit: _write(unit, (first, second), row, reason, actor), name="judging"
    )


def undo(store: Store, key: str, *, why: str, actor: str) -> Judged:
    """Take a judgement back; it stays on record.

    Raises:
        NotFoundError: there is no such judgement.
        RowError: it was undone before, or is an undoing itself; nothing was recorded.
        StoreError: the store could not do it; nothing was recorded.
    """
    reason = _reason(why)
    return store.writing(lambda unit: _undo(unit, key, reason, actor), name="undoing a judgement")


def judgements_of(store: Store, tip: str) -> tuple[JudgementRow, ...]:
    """Give all judgements about a tip, oldest first, undone ones and undoings included."""
    return store.reading(
        lambda unit: tuple(judgements_about(unit, [tip])), name="judgements of a tip"
    )


def list_judgements(
    store: Store, *, before_us: int | None = None, limit: int = 100
) -> tuple[JudgementRow, ...]:
    """Give a page of judgements, newest first."""
    before = before_us if before_us is not None else _FAR_FUTURE_US
    return tuple(store.read(JUDGEMENTS, JudgementPageParams(before_us=before, limit=limit)))


def all_standing(store: Store) -> list[tuple[Pair, JudgementRow]]:
    """Give every judged pair with the judgement that counts, in order of their keys.

    Raises:
        StoreError: the store could not answer.
    """
    rows: list[JudgementRow] = []
    while True:
        page = store.read(EVERY, EveryParams(after=rows[-1].key if len(rows) > 0 else ""))
        rows.extend(page)
        if len(page) < EVERY.max_rows:
            found = in_force(rows)
            return sorted(found.items(), key=lambda item: sorted(item[0]))


def _reason(why: str) -> str:
    reason = why.strip()
    if not 0 < len(reason) <= MAX_WHY:
        raise RowError(f"A judgement needs a reason of at most {MAX_WHY} characters (--why).")
    return reason


def _undo(unit: WriteUnit, key: str, why: str, actor: str) -> Judged:
    rows = unit.read(JUDGEMENT, JudgementParams(judgement=key))
    if len(rows) > 0:
        unit.run(LOCK_TIPS, TipKeysParams(keys=rows[0].tips))
    if len(rows) == 0:
        raise NotFoundError(f"There is no judgement {key}. `crosstip judge list` shows them.")
    found = rows[0]
    if found.verdict == Verdict.UNDONE:
        raise RowError(f"Judgement {key} is an undoing itself. Judge the pair anew instead.")
    others = judgements_about(unit, found.tips)
    if any(row.undoes == key for row in others):
        raise RowError(f"Judgement {key} was undone before. Nothing was recorded.")
    row: PropertyRow = {"verdict": Verdict.UNDONE.value, "undoes": key}
    return _write(unit, (found.tips[0], found.tips[-1]), row, why, actor)


def _write(
    unit: WriteUnit, tips: tuple[str, str], row: PropertyRow, why: str, actor: str
) -> Judged:
    # One tip, where the other one's number turned out to be its own.
    ordered = sorted(set(tips))
    # Locked before it is looked whether they are there: one may be joining its number just now.
    unit.run(LOCK_TIPS, TipKeysParams(keys=ordered))
    if len(unit.read(TIPS, TipsParams(tips=ordered))) != len(ordered):
        raise NotFoundError(f"{' or '.join(ordered)} is no longer there. Look the tips up again.")
    earlier = judgements_about(unit, ordered[:1])
    last_us = max((r.at_us for r in earlier if set(r.tips) == set(ordered)), default=0)
    # A clock that steps back must not let an older decision count again.
    at_us = max(now_us(), last_us + 1)
    key = uuid.uuid4().hex
    agency = unit.scope.holder or None
    made: PropertyRow = {
        "key": key,
        "first": ordered[0],
        "second": ordered[-1],
        "why": why,
        "judged_by": actor,
        "agency": agency,
    }
    unit.insert_nodes("Judgement", [{**made, "at_us": at_us, **row}])
    unit.insert_rels("JUDGES", ("Judgement", "Tip"), [(key, tip, {}) for tip in ordered])
    verdict = Verdict(str(row["verdict"]))
    if verdict is Verdict.SAME:
        watch_judged(unit, ordered, agency=agency, at_us=at_us)
    leaf = Leaf(action="judgement", object=key, outcome=verdict.value, disclosed=tuple(ordered))
    add_leaves(unit, [leaf], actor=actor, at_us=at_us)
    return Judged(key=key, verdict=verdict, at_us=at_us)
