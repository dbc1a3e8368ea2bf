"""What may be done about an agency's table of priority."""

from __future__ import annotations

from collections.abc import Mapping

from graph.services.priority_changes import change_table, list_versions, show_table
from graph.services.priority_trials import try_changes
from graph.triage.own_table import OFF, RuleChange
from tests.graph.services.rights_trying import Operation

CHANGES = (RuleChange(rule="spam", to=OFF),)

PRIORITY: Mapping[str, Operation] = {
    "priority_changes.show_table": lambda at: show_table(at.caller, at.store, reads=at.reads),
    "priority_changes.list_versions": lambda at: list_versions(at.caller, at.store, reads=at.reads),
    "priority_changes.change_table": lambda at: change_table(
        at.caller, at.store, expected=0, changes=CHANGES, why="Because of the test."
    ),
    "priority_trials.try_changes": lambda at: try_changes(
        at.caller, at.store, changes=CHANGES, reads=at.reads
    ),
}
