"""The figure of what providers presumably keep no longer, or soon: its cells and their rows."""

from __future__ import annotations

from graph.caseload.cells import Cell
from graph.casework.keys import part
from graph.casework.terms import DAY_US
from graph.queries.caseload_expiry import BY_EXPIRY, EXPIRING
from graph.services.caseload_asked import Asked, Index, Pick, between
from graph.services.caseload_counting import Counting
from graph.services.caseload_figure import Figure

Labels = tuple[str, ...]
PARTS = ("passed", "within 1 day", "2-7 days", "8-14 days", "15-30 days")
_UNTIL_DAYS = (0, 1, 7, 14, 30)


def expiry_cells(counting: Counting) -> list[Cell]:
    """Give open tips by when their presumed end is; each part, with its zeros."""
    found = counting.expiring()
    return [Cell(labels=(name,), value=found.get(number, 0)) for number, name in enumerate(PARTS)]


def expiry_pick(asked: Asked, labels: Labels) -> Pick:
    """Give the open tips of a part."""
    number = PARTS.index(labels[0])
    begin_us = 0 if number == 0 else asked.now_us + _UNTIL_DAYS[number - 1] * DAY_US + 1
    end_us = asked.now_us + _UNTIL_DAYS[number] * DAY_US + 1
    return Pick(index=Index.EXPIRY, spans=(between(part(asked.agency), begin_us, end_us),))


PRESERVATION = Figure(
    name="preservation",
    definition="Open tips whose provider presumably keeps what it reported no longer, or for "
    "30 days at most (18 U.S.C. 2258A(h)). Confirm with provider.",
    unit="tips",
    leaves_out="Tips that do not state when they were submitted; letters and processes.",
    by=("end",),
    queries=(EXPIRING.name,),
    rows=BY_EXPIRY.name,
    cells=expiry_cells,
    pick=expiry_pick,
)
