"""The API's chart-reports: typed calls. Written by `python -m tests.client.code`."""

from __future__ import annotations

from client.answers import Answer, Asked
from client.calls import Calls, once, read


class NewChartReport(Asked):
    """A report that is about to be handed out."""

    sha256: str
    tips: tuple[str, ...]
    given_to: str | None = None


class ChartReportEntry(Answer):
    """The entry of your agency's log that says that the report was handed out."""

    entry: str
    log: str
    at: str
    actor: str
    agency: str | None
    sha256: str
    tips: int
    outcome: str


class ChartReports(Calls):
    """Calls about chart-reports."""

    def enter_report(self, wanted: NewChartReport, *, key: str | None = None) -> ChartReportEntry:
        """Enter a report of a link chart in your agency's log, with every tip that it names."""
        return read(
            self._call("POST", "chart-reports", body=wanted, key=once(key)), ChartReportEntry
        )
