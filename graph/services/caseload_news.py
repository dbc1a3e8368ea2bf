"""The figure of what says more since it was dealt with: its cells, and the rows behind each."""

from __future__ import annotations

from graph.caseload.cells import Cell
from graph.casework.keys import part
from graph.services.caseload_asked import CLASSES, Asked, Index, Pick, whole
from graph.services.caseload_counting import Counting
from graph.triage.moves import State
from graph.triage.priority import RANKS

_STATES = tuple(state.value for state in State)


def changed_cells(counting: Counting) -> list[Cell]:
    """Give what says more, by state and class."""
    rows = sorted(
        counting.changed(), key=lambda r: (_STATES.index(r.state), CLASSES.index(r.priority))
    )
    return [Cell(labels=(row.state, row.priority), value=row.total) for row in rows]


def changed_pick(asked: Asked, labels: tuple[str, ...]) -> Pick:
    """Give what says more in a state, of a class."""
    state, name = labels
    span = whole(f"{part(asked.agency)}|{RANKS[name]}")
    return Pick(index=Index.NEWS, spans=(span,), keeps=lambda row: row.state == state)
