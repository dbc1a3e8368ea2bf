"""What of a saved chart somebody may see, each record asked about as of now."""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.rights import agency_of
from graph.queries.workspaces import (
    DRAWN_CASES,
    DRAWN_IDENTIFIERS,
    DRAWN_TIPS,
    CasesParams,
    DrawnParams,
    DrawnRow,
    DrawnTipsParams,
)
from graph.store import ReadUnit


def drawn_for(unit: ReadUnit, caller: Caller, workspace: str) -> list[DrawnRow]:
    """Give what of a chart the caller may see, in the order in which it was drawn."""
    agency = agency_of(caller)
    as_caller = DrawnParams(key=workspace, agency=agency, user=caller.user, now_us=caller.as_of_us)
    cases = CasesParams(key=workspace, agency=agency, now_us=caller.as_of_us)
    rows = [
        *unit.read(DRAWN_TIPS, DrawnTipsParams(key=workspace)),
        *unit.read(DRAWN_IDENTIFIERS, as_caller),
        *unit.read(DRAWN_CASES, cases),
    ]
    return sorted(rows, key=lambda each: each.number)
