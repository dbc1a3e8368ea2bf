"""The figures of what happened in a period, each declared once; part of `caseload_table`."""

from __future__ import annotations

from graph.caseload.sharing import Sharing
from graph.queries import caseload as counts
from graph.queries import caseload_flow as flows
from graph.queries import caseload_rows as rows
from graph.services import caseload_flow as flow
from graph.services.caseload_figure import Figure

OF_PERIODS = (
    Figure(
        name="inflow",
        definition="Tips that your agency began to hold in each day or week and holds still: the "
        "begin of the present holding.",
        unit="tips",
        leaves_out="Tips that it gave away since. One that came back counts when it came back, "
        "and not when it came first.",
        by=("period",),
        queries=(flows.CAME.name,),
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
        queries=(flows.MADE.name,),
        rows=rows.MADE_ROWS.name,
        cells=flow.closure_cells,
        pick=flow.closure_pick,
        of_period=True,
    ),
    Figure(
        name="backlog",
        sharing=Sharing.NEVER,
        definition="Tips that were open at the end of each day or week and that the agency held "
        "without a break since: counted back from what is open now by inflow, closings, "
        "reopenings and withdrawals.",
        unit="tips",
        leaves_out="Tips that the agency gave away since, those too that came back.",
        by=("period",),
        queries=(counts.OPEN.name, flows.CAME.name, flows.MADE.name),
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
        queries=(flows.MADE.name,),
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
        queries=(flows.MADE.name,),
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
        queries=(flows.STAYED.name,),
        rows=rows.LEFT_ROWS.name,
        cells=flow.stage_cells,
        pick=flow.stage_pick,
        of_period=True,
        is_count=False,
        sharing=Sharing.COMPUTED,
    ),
    Figure(
        name="outcomes",
        definition="Closings of the period by outcome.",
        unit="moves",
        leaves_out="Withdrawals. A tip that was closed twice counts twice.",
        by=("outcome",),
        queries=(flows.MADE.name,),
        rows=rows.MADE_ROWS.name,
        cells=flow.outcome_cells,
        pick=flow.outcome_pick,
        of_period=True,
    ),
    Figure(
        name="by-provider",
        definition="Tips that came in the period and are held still, by reporting provider.",
        unit="tips",
        leaves_out="Tips that the agency gave away since, those too that came back.",
        by=("provider",),
        queries=(flows.LACKS.name,),
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
        queries=(flows.LACKS.name,),
        rows=rows.BY_COMING.name,
        cells=flow.missing_cells,
        pick=flow.missing_pick,
        of_period=True,
        sharing=Sharing.SHARES,
    ),
    Figure(
        name="subjects",
        definition="Distinct accounts, e-mail addresses, telephone numbers and screen names of "
        "whom tips of the period report, against the number of those tips.",
        unit="identifiers",
        leaves_out="Victims, reporters, and what was mined from text. One person may have several.",
        by=("what",),
        queries=(flows.SUBJECTS.name,),
        rows=None,
        cells=flow.subject_cells,
        pick=None,
        of_period=True,
        cut_off=f"Of the tips that came in the period the last {flows.MOST_TIPS} are looked at.",
        sharing=Sharing.APART,
    ),
)
"""In the order in which they are shown."""
