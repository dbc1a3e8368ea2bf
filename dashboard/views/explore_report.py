"""The chart's report: made once, entered in the log, then taken away in several forms."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from client.client import CrosstipClient
from client.errors import ApiError
from client.resources.chart_reports import ChartReportEntry, NewChartReport
from dashboard import state
from dashboard.charting.desk import Desk
from dashboard.charting.filters import Sight
from dashboard.charting.png import chart_png
from dashboard.charting.svg import chart_svg
from dashboard.components import notices
from dashboard.desk.times import now
from dashboard.reporting.document import Report
from dashboard.reporting.gathering import MOST_LINKS, MOST_TIPS, gather
from dashboard.reporting.page import report_page
from dashboard.reporting.pdf import report_pdf
from dashboard.reporting.place import RECORD, place_of
from dashboard.reporting.writing import Drawn, Occasion, marks_of, report_of
from dashboard.wording import visible

MARKING = "LAW ENFORCEMENT SENSITIVE"
"""What is offered as handling marking; each agency writes its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A report that is in the log, with the chart as it was drawn then."""

    drawn: Drawn
    report: Report
    entry: ChartReportEntry


@dataclass(slots=True)
class Reports:
    """What the page keeps of reports: the last one, and why there is none."""

    made: Made | None = field(default=None)
    error: ApiError | None = field(default=None)


def show(desk: Desk, sight: Sight) -> None:
    """Show the form of a report, and the last one's files."""
    kept = state.record(Reports)
    st.header("Report")
    st.text(
        "A report stands alone: chart, legend, reasons for and against, documents, and its place "
        "in your agency's log. Making one writes an entry there, which names every tip in sight. "
        f"It has the reasons of the {MOST_LINKS} strongest links and the documents of {MOST_TIPS} "
        "tips."
    )
    with st.form("explore-report"):
        marking = st.text_input(
            "Handling marking", value=MARKING, max_chars=60, key="report-marking"
        )
        given_to = st.text_input(
            "For whom (stands in the log: no identifiers)", max_chars=200, key="report-for"
        )
        asked = st.form_submit_button("Make the report", key="report-make")
    if asked:
        kept.made = kept.error = None
        if marking is None or marking.strip() == "":
            st.text("Write a handling marking.")
        else:
            _make(desk, sight, kept, marking.strip(), (given_to or "").strip() or None)
    if kept.error is not None:
        notices.failure(kept.error)
    if kept.made is not None:
        _files(kept.made, sight)


def _make(desk: Desk, sight: Sight, kept: Reports, marking: str, given_to: str | None) -> None:
    client = state.connected()
    try:
        with st.spinner("Reading reasons and documents"):
            kept.made = _made(client, desk, sight, marking, given_to)
    except ApiError as error:
        kept.error = error


def _made(
    client: CrosstipClient, desk: Desk, sight: Sight, marking: str, given_to: str | None
) -> Made:
    who = state.session().who
    occasion = Occasion(
        by="an installation token" if who is None else who.user,
        agency="none" if who is None or who.agency is None else who.agency,
        at=now().isoformat(timespec="seconds"),
        marking=marking,
        given_to=given_to,
    )
    grounds = gather(client, sight)
    answer = desk.answer()
    # Its marks stand on the drawing too: it may be cut out.
    svg = chart_svg(desk.chart, sight, lines=marks_of(answer, occasion))
    drawn = Drawn(chart=desk.chart, sight=sight, svg=svg)
    report = report_of(drawn, answer=answer, grounds=grounds, occasion=occasion)
    wanted = NewChartReport(sha256=report.sha256, tips=report.tips, given_to=given_to)
    entry = client.enter_report(wanted)
    return Made(drawn=drawn, report=report, entry=entry)


def _files(made: Made, sight: Sight) -> None:
    if (made.drawn.sight.nodes, made.drawn.sight.links) != (sight.nodes, sight.links):
        st.warning("The chart has changed since this report was made.")
    st.text(f"Entered as {visible(made.entry.entry)} in the log {visible(made.entry.log)}.")
    st.text(f"SHA-256 of its record: {made.report.sha256}")
    place = place_of(made.report, made.entry)
    name = f"{'SYNTHETIC-' if made.report.synthetic else ''}crosstip-chart-report"
    with st.container(horizontal=True):
        st.download_button(
            "Download report (HTML)",
            data=lambda: report_page(made.report, place, picture=made.drawn.svg),
            file_name=f"{name}.html",
            mime="text/html",
            key="report-html",
            on_click="ignore",
        )
        st.download_button(
            "Download report (PDF)",
            data=lambda: report_pdf(made.report, place, picture=_png(made)),
            file_name=f"{name}.pdf",
            mime="application/pdf",
            key="report-pdf",
            on_click="ignore",
        )
        st.download_button(
            "Download its record",
            data=made.report.record,
            file_name=RECORD,
            mime="application/json",
            key="report-record",
            on_click="ignore",
        )


def _png(made: Made) -> bytes:
    return chart_png(made.drawn.chart, made.drawn.sight, lines=made.report.marks)
