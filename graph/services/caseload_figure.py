"""What is declared of a caseload figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from graph.caseload.cells import Cell
from graph.caseload.sharing import Sharing
from graph.services.caseload_asked import Asked, Pick
from graph.services.caseload_counting import Counting

Labels = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure: what it says, how it is counted, and which rows are behind it."""

    name: str
    definition: str
    """A sentence."""
    unit: str
    """What a value is a number of."""
    leaves_out: str
    """What is not counted; a sentence."""
    by: Labels
    """What its labels are."""
    queries: tuple[str, ...]
    """Names in the catalogue."""
    rows: str | None
    """The query of its rows; None: there are none, as it is computed from other figures."""
    cells: Callable[[Counting], list[Cell]]
    pick: Callable[[Asked, Labels], Pick] | None
    of_period: bool = False
    """Whether it counts what happened in the days or weeks that are asked for."""
    is_count: bool = True
    """Whether a cell's value is the number of its rows; else `of` is."""
    sharing: Sharing = Sharing.TABLE
    """How it is given to somebody outside the agency."""
    cut_off: str | None = None
    """What it leaves out where there is too much; a sentence."""
