"""The figures, each declared once: a new one is an entry of `FIGURES`, and nothing else.

From the table come the answers, their drill-downs, `docs/figures.md` and the tests.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from graph.caseload.cells import Cell
from graph.queries import caseload as counts
from graph.queries import caseload_rows as rows
from graph.services import caseload_flow as flow
from graph.services import caseload_standing as now
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
    of_people: bool = False
    """Whether it tells about single people: such a figure is never shared."""
    cut_off: str | None = None
    """What it leaves out where there is too much; a sentence."""


def _named(*figures: Figure) -> Mapping[str, Figure]:
    return MappingProxyType({figure.name: figure for figure in figures})


FIGURES: Mapping[str, Figure] = _named(
    Figure(
        name="open",
        definition="Tips that your agency holds and has neither closed nor seen withdrawn.",
        unit="tips",
        leaves_out="Tips that it held once, and tips that nobody holds.",
        by=("state", "class"),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.open_cells,
        pick=now.open_pick,
    ),
    Figure(
        name="ageing",
        definition="Open tips by state and by how long your agency has held them.",
        unit="tips",
        leaves_out="Closed and withdrawn tips. Ages are whole days of 24 hours.",
        by=("state", "age"),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.ageing_cells,
        pick=now.ageing_pick,
    ),
    Figure(
        name="age",
        definition="How long open tips have been held: the median and the 90th percentile.",
        unit="seconds",
        leaves_out="Closed and withdrawn tips. By nearest rank; below a second nothing is told.",
        by=("share",),
        queries=(counts.OPEN_SINCE.name, counts.OPEN_WITHIN.name),
        rows=rows.BY_STATE.name,
        cells=now.age_cells,
        pick=now.age_pick,
        is_count=False,
    ),
    Figure(
        name="unassigned",
        definition="Open tips that are nobody's and have been held for more than 24 hours.",
        unit="tips",
        leaves_out="Referred tips: somebody else is to act on them.",
        by=("class",),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.unassigned_cells,
        pick=now.unassigned_pick,
    ),
    Figure(
        name="unowned",
        definition="Open tips that nobody owns, however new they are; referred ones too.",
        unit="tips",
        leaves_out="Tips of somebody whose account ended: `workload` shows them under that name.",
        by=("state",),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.nobodys_cells,
        pick=now.nobodys_pick,
    ),
    Figure(
        name="overdue",
        definition="New tips that nobody looked at within the time of their class.",
        unit="tips",
        leaves_out="Tips that somebody looked at, however late: the clock ends then.",
        by=("class",),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.overdue_cells,
        pick=now.overdue_pick,
    ),
    Figure(
        name="due-soon",
        definition="New tips whose time to be looked at ends within the next 24 hours.",
        unit="tips",
        leaves_out="Those whose time has ended already: they are overdue.",
        by=("class",),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.soon_cells,
        pick=now.soon_pick,
    ),
    Figure(
        name="waiting",
        definition="Tips that wait for somebody else: referred, or in need of more.",
        unit="tips",
        leaves_out="Whatever else is open. The age is the tip's, not that of its waiting.",
        by=("state", "age"),
        queries=(counts.OPEN.name,),
        rows=rows.BY_STATE.name,
        cells=now.waiting_cells,
        pick=now.ageing_pick,
    ),
    Figure(
        name="workload",
        definition="Open tips of each person by class, with the oldest and the longest unmoved.",
        unit="tips",
        leaves_out="What is nobody's. Listed by name and never ranked by what anybody closed.",
        by=("person", "class"),
        queries=(counts.OWNERS.name, "people.users_of"),
        rows=rows.BY_OWNER.name,
        cells=now.workload_cells,
        pick=now.workload_pick,
        of_people=True,
    ),
    Figure(
        name="unit-load",
        definition="Open tips of the people of each unit; of who is in two, in both.",
        unit="tips",
        leaves_out="What is nobody's, and people of no unit.",
        by=("unit",),
        queries=(counts.OWNERS.name, "people.users_of"),
        rows=None,
        cells=now.unit_cells,
        pick=None,
        of_people=True,
    ),
    Figure(
        name="inflow",
        definition="Tips that your agency began to hold in each day or week and holds still.",
        unit="tips",
        leaves_out="Tips that it gave away since. One that came back counts when it came back.",
        by=("period",),
        queries=(counts.CAME.name,),
        rows=rows.BY_COMING.name,
        cells=flow.inflow_cells,
        pick=flow.inflow_pick,
        of_period=True,
    ),
    Figure(
        name="closure",
        definition="Closings in each day or week.",
        unit="moves",
        leaves_out="Withdrawals. A tip that was closed twice counts twice.",
        by=("period",),
        queries=(counts.MADE.name,),
        rows=rows.MADE_ROWS.name,
        cells=flow.closure_cells,
        pick=flow.closure_pick,
        of_period=True,
    ),
    Figure(
        name="backlog",
        definition="Open tips at the end of each day or week, counted back from what is open now "
        "by inflow, closings, reopenings and withdrawals.",
        unit="tips",
        leaves_out="Tips that the agency gave away since.",
        by=("period",),
        queries=(counts.OPEN.name, counts.CAME.name, counts.MADE.name),
        rows=None,
        cells=flow.backlog_cells,
        pick=None,
        of_period=True,
    ),
    Figure(
        name="reopened",
        definition="Closed tips that were opened again, in each day or week.",
        unit="moves",
        leaves_out="Tips that came again as new reports.",
        by=("period",),
        queries=(counts.MADE.name,),
        rows=rows.MADE_ROWS.name,
        cells=flow.reopened_cells,
        pick=flow.reopened_pick,
        of_period=True,
    ),
    Figure(
        name="put-back",
        definition="Tips that somebody had and put back to new, in each day or week.",
        unit="moves",
        leaves_out="Reassignments.",
        by=("period",),
        queries=(counts.MADE.name,),
        rows=rows.MADE_ROWS.name,
        cells=flow.put_back_cells,
        pick=flow.put_back_pick,
        of_period=True,
    ),
    Figure(
        name="time-in-stage",
        definition="Median time in each state, of those times that ended in the period.",
        unit="seconds",
        leaves_out="Times that have not ended yet: see `ageing`.",
        by=("state",),
        queries=(counts.STAYED.name,),
        rows=rows.LEFT_ROWS.name,
        cells=flow.stage_cells,
        pick=flow.stage_pick,
        of_period=True,
        is_count=False,
    ),
    Figure(
        name="outcomes",
        definition="Closings of the period by outcome.",
        unit="moves",
        leaves_out="Withdrawals. A tip that was closed twice counts twice.",
        by=("outcome",),
        queries=(counts.OUTCOMES.name,),
        rows=rows.MADE_ROWS.name,
        cells=flow.outcome_cells,
        pick=flow.outcome_pick,
        of_period=True,
    ),
    Figure(
        name="by-provider",
        definition="Tips that came in the period and are held still, by reporting provider.",
        unit="tips",
        leaves_out="Tips that the agency gave away since.",
        by=("provider",),
        queries=(counts.LACKS.name,),
        rows=rows.BY_COMING.name,
        cells=flow.provider_cells,
        pick=flow.provider_pick,
        of_period=True,
    ),
    Figure(
        name="missing",
        definition="Tips of the period that do not state what work on them needs, of how many.",
        unit="tips",
        leaves_out="Times and ports of tips that state no address. What one address has and "
        "another lacks counts as stated.",
        by=("provider", "missing"),
        queries=(counts.LACKS.name,),
        rows=rows.BY_COMING.name,
        cells=flow.missing_cells,
        pick=flow.missing_pick,
        of_period=True,
    ),
    Figure(
        name="subjects",
        definition="Distinct accounts, e-mail addresses, telephone numbers and screen names of "
        "whom tips of the period report, against the number of those tips.",
        unit="identifiers",
        leaves_out="Victims, reporters, and what was mined from text. One person may have several.",
        by=("what",),
        queries=(counts.SUBJECTS.name,),
        rows=None,
        cells=flow.subject_cells,
        pick=None,
        of_period=True,
        cut_off=f"Of the tips that came in the period the last {counts.MOST_TIPS} are looked at.",
    ),
    Figure(
        name="conflicts",
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
"""By name, in the order in which they are shown."""
