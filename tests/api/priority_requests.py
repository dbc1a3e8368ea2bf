"""An agency's table of priority over HTTP: by operation of the matrix of rights."""

from __future__ import annotations

from collections.abc import Mapping

from tests.api.rights_requests import Ask, Request, get, post

_CHANGES = {"changes": [{"rule": "spam", "to": "off"}]}
PRIORITY_REQUESTS: Mapping[str, tuple[str, Request]] = {
    "priority_table": ("priority_changes.show_table", get("/priority-table")),
    "priority_history": ("priority_changes.list_versions", get("/priority-table/history")),
    "set_priority_table": (
        "priority_changes.change_table",
        lambda _: Ask(
            method="PUT",
            path="/priority-table",
            body={**_CHANGES, "why": "Because of the test."},
            version=0,
        ),
    ),
    "try_priority_table": (
        "priority_trials.try_changes",
        post("/priority-table/dry-run", _CHANGES),
    ),
}
"""By operation id: which operation of the matrix, and the request that does it."""
