"""Figures of what happened in a period: their cells, and the rows behind each cell."""

from __future__ import annotations

from collections import Counter

from graph.caseload.cells import Cell
from graph.caseload.periods import Bucket
from graph.errors import NotFoundError
from graph.queries.caseload_rows import HeldRow
from graph.services.caseload_asked import (
    OPEN_STATES,
    Asked,
    Pick,
    came,
    left,
    made,
)
from graph.services.caseload_counting import Counting
from graph.triage.lacking import Lack
from graph.triage.moves import Move, Outcome

Labels = tuple[str, ...]
NOT_STATED = "not stated"
_SECOND_US = 1_000_000


def inflow_cells(counting: Counting) -> list[Cell]:
    """Give what came, by day or week."""
    return _of_buckets(counting.came())


def inflow_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what came in a day or week."""
    return came(asked, _bucket(asked, labels))


def closure_cells(counting: Counting) -> list[Cell]:
    """Give the closings, by day or week."""
    return _of_buckets(counting.made(Move.CLOSE))


def closure_pick(asked: Asked, labels: Labels) -> Pick:
    """Give the closings of a day or week."""
    return made(asked, Move.CLOSE.value, _bucket(asked, labels))


def reopened_cells(counting: Counting) -> list[Cell]:
    """Give the reopenings, by day or week."""
    return _of_buckets(counting.made(Move.REOPEN))


def reopened_pick(asked: Asked, labels: Labels) -> Pick:
    """Give the reopenings of a day or week."""
    return made(asked, Move.REOPEN.value, _bucket(asked, labels))


def put_back_cells(counting: Counting) -> list[Cell]:
    """Give what was put back, by day or week."""
    return _of_buckets(counting.made(Move.PUT_BACK))


def put_back_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what was put back in a day or week."""
    return made(asked, Move.PUT_BACK.value, _bucket(asked, labels))


def backlog_cells(counting: Counting) -> list[Cell]:
    """Give what was open at the end of each day or week, counted back from now."""
    came_in, closed = counting.came(), counting.made_holding(Move.CLOSE)
    reopened = counting.made_holding(Move.REOPEN)
    withdrawn = counting.made_holding(Move.WITHDRAW)
    total = sum(row.total for row in counting.open())
    found: list[Cell] = []
    for bucket in reversed(counting.asked.buckets):
        label = bucket.label
        found.append(Cell(labels=(label,), value=max(0, total)))
        total -= came_in[label] + reopened[label] - closed[label] - withdrawn[label]
    return found[::-1]


def stage_cells(counting: Counting) -> list[Cell]:
    """Give the median of the time in each state, and of how many times."""
    return [
        Cell(
            labels=(state,),
            value=None if row.median_us is None else row.median_us // _SECOND_US,
            of=row.total,
        )
        for state, row in counting.stayed().items()
    ]


def stage_pick(asked: Asked, labels: Labels) -> Pick:
    """Give the moves out of a state."""
    return left(asked, _one_of(labels[0], OPEN_STATES))


def outcome_cells(counting: Counting) -> list[Cell]:
    """Give the closings by outcome, those too that nothing ended with."""
    found = Counter({outcome.value: 0 for outcome in Outcome})
    for outcome, total in counting.outcomes().items():
        found[outcome or NOT_STATED] += total
    return [Cell(labels=(name,), value=total) for name, total in found.items()]


def outcome_pick(asked: Asked, labels: Labels) -> Pick:
    """Give the closings with an outcome."""
    (name,) = labels
    pick = made(asked, Move.CLOSE.value)
    return Pick(index=pick.index, spans=pick.spans, outcome=name)


def provider_cells(counting: Counting) -> list[Cell]:
    """Give what came, by provider."""
    found = Counter[str]()
    for row in counting.lacks():
        found[row.provider or NOT_STATED] += row.total
    return [Cell(labels=(name,), value=found[name]) for name in sorted(found)]


def provider_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what came from a provider."""
    (name,) = labels
    pick = came(asked)
    return Pick(index=pick.index, spans=pick.spans, keeps=lambda row: _provider(row) == name)


def missing_cells(counting: Counting) -> list[Cell]:
    """Give how many tips of each provider lack what, of how many."""
    totals, found = Counter[str](), Counter[Labels]()
    for row in counting.lacks():
        name = row.provider or NOT_STATED
        totals[name] += row.total
        for lack in Lack:
            if f";{lack};" in (row.lacks or ""):
                found[name, lack.value] += row.total
    return [
        Cell(labels=(name, lack.value), value=found[name, lack.value], of=totals[name])
        for name in sorted(totals)
        for lack in Lack
    ]


def missing_pick(asked: Asked, labels: Labels) -> Pick:
    """Give the tips of a provider that lack something."""
    name, lack = labels
    pick = came(asked)
    return Pick(
        index=pick.index,
        spans=pick.spans,
        keeps=lambda row: _provider(row) == name and f";{lack};" in (row.lacks or ""),
    )


def subject_cells(counting: Counting) -> list[Cell]:
    """Give the distinct subjects, of how many tips."""
    found = counting.subjects()
    return [
        Cell(labels=("distinct identifiers of subjects",), value=found.subjects),
        Cell(labels=("tips",), value=found.tips),
    ]


def _provider(row: HeldRow) -> str:
    return row.provider or NOT_STATED


def _of_buckets(found: dict[str, int]) -> list[Cell]:
    return [Cell(labels=(label,), value=total) for label, total in found.items()]


def _bucket(asked: Asked, labels: Labels) -> Bucket:
    for bucket in asked.buckets:
        if bucket.label == labels[0]:
            return bucket
    raise NotFoundError(
        "The period has no such day or week. Ask for the same period as that of the figure."
    )


def _one_of(name: str, names: tuple[str, ...]) -> str:
    if name not in names:
        raise NotFoundError(f"There is no such state: {', '.join(names)}.")
    return name
