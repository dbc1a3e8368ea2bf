"""What may be done about urgent tips."""

from __future__ import annotations

from collections.abc import Mapping

from graph.services.upkeep import run_urgent_escalation
from graph.services.urgent_tips import (
    NewClocks,
    acknowledge_urgent,
    list_urgent,
    set_clocks,
    show_clocks,
)
from tests.graph.services.rights_trying import Operation

CLOCKS = NewClocks(supervisors_minutes=10, administrators_minutes=30)

URGENT: Mapping[str, Operation] = {
    "urgent_tips.list_urgent": lambda at: list_urgent(at.caller, at.store, reads=at.reads),
    "urgent_tips.acknowledge_urgent": lambda at: acknowledge_urgent(
        at.caller, at.store, tip=at.key
    ),
    "urgent_tips.show_clocks": lambda at: show_clocks(at.caller, at.store, reads=at.reads),
    "urgent_tips.set_clocks": lambda at: set_clocks(at.caller, at.store, expected=0, new=CLOCKS),
    "upkeep.run_urgent_escalation": lambda at: run_urgent_escalation(at.caller, at.store),
}
