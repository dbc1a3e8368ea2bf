"""Reports of link charts: entered in the log before they are handed out."""

from __future__ import annotations

from fastapi import APIRouter

from api.conduct.desk import AtOnce
from api.conduct.keys import OnceRoute
from api.schemas.chart_reports import ChartReportEntry, NewChartReport
from api.schemas.common import one
from graph.queries.holders import WHOSE
from graph.services.chart_reports import NewReport, enter_chart_report

router = APIRouter(tags=["chart-reports"], route_class=OnceRoute)


@router.post("/chart-reports")
def enter_report(at: AtOnce, wanted: NewChartReport) -> ChartReportEntry:
    """Enter a report of a link chart in your agency's log, with every tip that it names."""
    new = NewReport(sha256=wanted.sha256, tips=wanted.tips, given_to=wanted.given_to)
    return one(
        ChartReportEntry, enter_chart_report(at.caller, at.store, new=new), at, query=WHOSE.name
    )
