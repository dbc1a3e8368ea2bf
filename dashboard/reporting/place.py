"""Where a report stands in the log, and how somebody who has only the report checks it."""

from __future__ import annotations

from client.resources.chart_reports import ChartReportEntry
from dashboard.reporting.document import Report, Section, grid

RECORD = "crosstip-chart-report.json"
"""Name of the record's file."""


def place_of(report: Report, entry: ChartReportEntry) -> Section:
    """Give the part of a report that says where it stands in the log.

    Raises:
        ValueError: the entry is of other bytes than the report's.
    """
    if entry.sha256 != report.sha256:
        raise ValueError("The entry of the log is of another report.")
    facts = (
        ("SHA-256 of the record", entry.sha256),
        ("Entry of the log", entry.entry),
        ("Log", entry.log),
        ("Entered", f"{entry.at} (UTC)"),
        ("By", entry.actor),
        ("Agency", entry.agency or "none"),
        ("It says", entry.outcome),
        ("Tips that it names", str(entry.tips)),
    )
    return Section(
        title="Place in the log, and how to check it",
        lines=(
            (
                f"The record of this report is the file {RECORD}, which comes with it: all that is "
                "said above, as JSON. `sha256sum` over that file must give the number below."
            ),
            (
                "The agency's auditor proves the entry with "
                f"`crosstip audit prove {entry.entry} > proof.json`; the proof holds the entry, "
                "which names the same number, and is checked without Crosstip: `python "
                "standalone_verifier.py proof proof.json --key KEY`. The entry gets its number in "
                "the log with the next checkpoint; before that it cannot be proved."
            ),
            "Evidence is the documents named under Sources, not this report.",
        ),
        grid=grid(("What", "Said"), facts, empty=""),
    )
