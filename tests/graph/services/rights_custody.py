"""What may be asked about the custody of a tip."""

from __future__ import annotations

from collections.abc import Mapping

from graph.services.custody import show_custody
from graph.services.custody_ledger import list_custody_log
from tests.graph.services.rights_trying import Operation

CUSTODY: Mapping[str, Operation] = {
    "custody.show_custody": lambda at: show_custody(
        at.caller, at.store, tip=at.key, reads=at.reads
    ),
    "custody_ledger.list_custody_log": lambda at: list_custody_log(
        at.caller, at.store, tip=at.key, reads=at.reads
    ),
}
