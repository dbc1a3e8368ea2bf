"""The own agency's table of priority: reading it, trying and making changes, its versions."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.cursors import cursor, place, whole
from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.conduct.versions import Expected
from api.deps import After, PageLimit
from api.schemas.common import one, page, some
from api.schemas.priority import (
    PriorityHistory,
    PriorityTableAnswer,
    PriorityTrial,
    SetPriorityTable,
    TryPriorityTable,
)
from api.schemas.wire import wire
from graph.queries.priority_tables import HELD, NEWEST, TOGETHER, VERSIONS
from graph.services.priority_changes import change_table, list_versions, show_table
from graph.services.priority_trials import try_changes
from graph.triage.own_table import RuleChange

router = APIRouter(tags=["priority"], route_class=OnceRoute)


@router.get("/priority-table")
def priority_table(at: At) -> PriorityTableAnswer:
    """The rules that order your agency's tips, its changes of them, and what is under way."""
    found = show_table(at.caller, at.store, reads=at.reads)
    at.tag(found.version)
    return one(PriorityTableAnswer, found, at, query=NEWEST.name)


@router.put("/priority-table")
def set_priority_table(
    at: AtOnce, expected: Expected, wanted: SetPriorityTable
) -> PriorityTableAnswer:
    """Let these be all of your agency's changes; held tips are placed by them after this."""
    changes = [RuleChange(rule=change.rule, to=change.to) for change in wanted.changes]
    found = change_table(at.caller, at.store, expected=expected, changes=changes, why=wanted.why)
    at.tag(found.version)
    return one(PriorityTableAnswer, found, at, query=NEWEST.name)


@router.post("/priority-table/dry-run")
def try_priority_table(
    at: At,
    wanted: TryPriorityTable,
    *,
    after: After = "",
    limit: Annotated[int, Query(ge=1, le=TOGETHER, description="Tips that are looked at.")] = 1000,
) -> PriorityTrial:
    """How many held tips would change class, from which to which. Nothing is written."""
    start = place(after, str)
    changes = [RuleChange(rule=change.rule, to=change.to) for change in wanted.changes]
    found = try_changes(
        at.caller,
        at.store,
        changes=changes,
        reads=at.reads,
        after="" if start is None else str(start[0]),
        limit=limit,
    )
    return some(
        PriorityTrial,
        at,
        query=HELD.name,
        looked_at=found.looked_at,
        changed=found.changed,
        shifts=wire(found.shifts),
        next_after=None if found.next_after is None else cursor(found.next_after),
    )


@router.get("/priority-table/history")
def priority_history(at: At, *, after: After = "", limit: PageLimit = 50) -> PriorityHistory:
    """Every version of your agency's changes, with who made it, when and why."""
    start = place(after, int)
    found = list_versions(
        at.caller,
        at.store,
        reads=at.reads,
        before=None if start is None else whole(start[0]),
        limit=limit,
    )
    following = None if found.next_before is None else cursor(found.next_before)
    return page(PriorityHistory, found.versions, at, query=VERSIONS.name, next_after=following)
