"""What may be asked about the custody of a tip."""

from __future__ import annotations

from collections.abc import Mapping

from graph.audit.notes import Signer
from graph.services.chart_reports import NewReport, enter_chart_report
from graph.services.custody import show_custody
from graph.services.custody_bundles import BundleOrder, make_bundle
from graph.services.custody_ledger import list_custody_log
from tests.graph.services.rights_trying import Operation

SIGNER = Signer(name="test", secret=bytes(32))

CUSTODY: Mapping[str, Operation] = {
    "chart_reports.enter_chart_report": lambda at: enter_chart_report(
        at.caller, at.store, new=NewReport(sha256="0" * 64, tips=(at.key,))
    ),
    "custody.show_custody": lambda at: show_custody(
        at.caller, at.store, tip=at.key, reads=at.reads
    ),
    "custody_ledger.list_custody_log": lambda at: list_custody_log(
        at.caller, at.store, tip=at.key, reads=at.reads
    ),
    "custody_bundles.make_bundle": lambda at: make_bundle(
        at.caller,
        at.store,
        order=BundleOrder(tip=at.key, signer=SIGNER, synthetic=True),
        reads=at.reads,
    ),
}
