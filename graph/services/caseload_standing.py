"""Figures of what stands where now: their cells, and the rows behind each cell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from graph.caseload.cells import Cell
from graph.casework.terms import DAY_US
from graph.queries.caseload import OpenRow
from graph.services.caseload_asked import (
    BANDS,
    CLASSES,
    OPEN_STATES,
    SOON_US,
    Asked,
    Index,
    Pick,
    Span,
    band_us,
    owned,
    standing,
)
from graph.services.caseload_counting import Counting
from graph.triage.moves import State

Labels = tuple[str, ...]
AGES = ("median", "90th percentile")
_SHARES = (0.5, 0.9)
_WAITING = (State.REFERRED.value, State.NEEDS_MORE.value)
_OURS = tuple(state for state in OPEN_STATES if state != State.REFERRED)
_NEW = (State.NEW.value,)


def open_cells(counting: Counting) -> list[Cell]:
    """Give what is open, by state and class."""
    return _summed(counting.open(), lambda row: (row.state, row.priority))


def open_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what is open in a state, of a class."""
    state, name = labels
    return standing(asked, states=(state,), classes=(name,))


def ageing_cells(counting: Counting) -> list[Cell]:
    """Give what is open, by state and age; the whole matrix, with its zeros."""
    found = Counter[Labels]()
    for row in counting.open():
        found[row.state, row.band] += row.total
    return [
        Cell(labels=(state, band), value=found[state, band])
        for state in OPEN_STATES
        for band in BANDS
    ]


def ageing_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what is open in a state, of an age."""
    state, band = labels
    return standing(asked, states=(state,), band=band)


def age_cells(counting: Counting) -> list[Cell]:
    """Give the percentiles of age."""
    total = sum(row.total for row in counting.open())
    found = counting.ages_s(_SHARES)
    return [
        Cell(labels=(name,), value=age_s, of=total) for name, age_s in zip(AGES, found, strict=True)
    ]


def age_pick(asked: Asked, _labels: Labels) -> Pick:
    """Give everything open: a percentile is of all of it."""
    return standing(asked)


def unassigned_cells(counting: Counting) -> list[Cell]:
    """Give what is nobody's for more than a day, by class."""
    rows = [
        row
        for row in counting.open()
        if row.is_old and not row.is_owned and row.state != State.REFERRED
    ]
    return _classes(rows)


def unassigned_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what is nobody's for more than a day, of a class."""
    before_us = asked.now_us - DAY_US
    return standing(
        asked,
        states=_OURS,
        classes=labels,
        keeps=lambda row: row.owner is None and row.since_us < before_us,
    )


def nobodys_cells(counting: Counting) -> list[Cell]:
    """Give what is nobody's, by state."""
    rows = [row for row in counting.open() if not row.is_owned]
    return _summed(rows, lambda row: (row.state,))


def nobodys_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what is nobody's in a state."""
    return standing(asked, states=labels, keeps=lambda row: row.owner is None)


def overdue_cells(counting: Counting) -> list[Cell]:
    """Give what nobody looked at in time, by class."""
    return _classes([row for row in counting.open() if row.due == "overdue"])


def overdue_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what nobody looked at in time, of a class."""
    return standing(
        asked,
        states=_NEW,
        classes=labels,
        keeps=lambda row: row.due_us is not None and row.due_us < asked.now_us,
    )


def soon_cells(counting: Counting) -> list[Cell]:
    """Give what is to be looked at within a day, by class."""
    return _classes([row for row in counting.open() if row.due == "soon"])


def soon_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what is to be looked at within a day, of a class."""
    begin_us, end_us = asked.now_us, asked.now_us + SOON_US
    return standing(
        asked,
        states=_NEW,
        classes=labels,
        keeps=lambda row: row.due_us is not None and begin_us <= row.due_us < end_us,
    )


def waiting_cells(counting: Counting) -> list[Cell]:
    """Give what waits for somebody else, by state and age."""
    rows = [row for row in counting.open() if row.state in _WAITING]
    return _summed(rows, lambda row: (row.state, row.band))


def workload_cells(counting: Counting) -> list[Cell]:
    """Give what each person has, by name and class; whoever has nothing is there with nothing."""
    rows = counting.owners()
    idle = sorted(set(counting.units()) - {row.owner for row in rows})
    cells = [
        Cell(
            labels=(row.owner, row.priority),
            value=row.total,
            oldest_us=row.oldest_us,
            stood_us=row.stood_us,
        )
        for row in rows
    ]
    cells += [Cell(labels=(user, CLASSES[0]), value=0) for user in idle]
    return sorted(cells, key=lambda cell: (cell.labels[0], CLASSES.index(cell.labels[1])))


def workload_pick(asked: Asked, labels: Labels) -> Pick:
    """Give what one person has of a class."""
    owner, name = labels
    return owned(asked, owner, (name,))


def unit_cells(counting: Counting) -> list[Cell]:
    """Give what the people of each unit have."""
    units = counting.units()
    found = Counter({name: 0 for names in units.values() for name in names})
    for row in counting.owners():
        for name in units.get(row.owner, ()):
            found[name] += row.total
    return [Cell(labels=(name,), value=found[name]) for name in sorted(found)]


def conflict_cells(counting: Counting) -> list[Cell]:
    """Give the conflicts that are not resolved, by other agency and age."""
    return [
        Cell(labels=(row.other, row.band), value=row.total, oldest_us=row.oldest_us)
        for row in sorted(counting.partners(), key=lambda r: (r.other, BANDS.index(r.band)))
    ]


def conflict_pick(asked: Asked, labels: Labels) -> Pick:
    """Give the conflicts with one other agency, of an age."""
    other, band = labels
    oldest, newest = band_us(asked.now_us, band)
    span = Span(head="", after="", end=other)
    return Pick(index=Index.CONFLICTS, spans=(span,), since_us=(oldest, newest))


def _classes(rows: Iterable[OpenRow]) -> list[Cell]:
    """Give a cell for every class, also where there is none of it."""
    found = Counter(dict.fromkeys(CLASSES, 0))
    for row in rows:
        found[row.priority] += row.total
    return [Cell(labels=(name,), value=found[name]) for name in CLASSES]


def _summed(rows: Iterable[OpenRow], labels: Callable[[OpenRow], Labels]) -> list[Cell]:
    """Give a cell for each combination that is there, in the order of states, classes and ages."""
    found = Counter[Labels]()
    for row in rows:
        found[labels(row)] += row.total
    ranks = {name: nth for nth, name in enumerate((*OPEN_STATES, *CLASSES, *BANDS))}
    ordered = sorted(found, key=lambda each: [ranks[label] for label in each])
    return [Cell(labels=each, value=found[each]) for each in ordered]
