"""Figures of what runs out and of who is met: the end of the table of figures."""

from __future__ import annotations

from graph.queries import caseload as counts
from graph.queries import caseload_expiry as ends
from graph.queries import caseload_rows as rows
from graph.services import caseload_expiry as expiry
from graph.services import caseload_standing as now
from graph.services.caseload_figure import Figure

FURTHER: tuple[Figure, ...] = (
    Figure(
        name="preservation",
        definition="Open tips whose provider presumably keeps what it reported no longer, or for "
        "30 days at most (18 U.S.C. 2258A(h)). Confirm with provider.",
        unit="tips",
        leaves_out="Tips that do not state when they were submitted; letters and processes.",
        by=("end",),
        queries=(ends.EXPIRING.name,),
        rows=ends.BY_EXPIRY.name,
        cells=expiry.expiry_cells,
        pick=expiry.expiry_pick,
    ),
    Figure(
        name="conflicts",
        is_own=True,
        definition="Conflicts that are not resolved, by the other agency and their age.",
        unit="conflicts",
        leaves_out="What your side is not told of, or is sealed to another supervisor.",
        by=("agency", "age"),
        queries=(counts.PARTNERS.name,),
        rows=rows.PARTNER_ROWS.name,
        cells=now.conflict_cells,
        pick=now.conflict_pick,
    ),
)
"""In the order in which they are shown, after those of `caseload_table`."""
