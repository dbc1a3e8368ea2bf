"""Conflicts that a side did not acknowledge in time are brought before its supervisors."""

from __future__ import annotations

from graph.casework.telling import Told
from graph.queries.conflicts import (
    CLOCKS,
    CONFLICTS_BY_KEY,
    LOCK_CONFLICTS,
    ClockParams,
    ConflictKeysParams,
    ConflictRow,
)
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.conflict_rows import (
    NAMES,
    Name,
    changed,
    clocked,
    has_seen,
    side_of,
    stored,
)
from graph.services.notice_writing import Notice, conflict_notice, write_notices
from graph.services.sides import SUPERVISORS, Facts, facts_about
from graph.store import Store, WriteUnit

_TOGETHER = 200
_ACTOR = "escalation"


def escalate_due(store: Store, *, at_us: int, actor: str = _ACTOR) -> tuple[str, ...]:
    """Tell supervisors of every side whose clock has run out by a time; give the conflicts' refs.

    Each side is escalated once for each time that the conflict is open. Doing it twice does no
    harm.

    Raises:
        StoreError: the store could not; what was escalated until then stays so.
    """
    done: list[str] = []
    while True:
        part = store.writing(lambda unit: _some(unit, at_us, actor), name="escalating conflicts")
        done += part
        if len(part) < _TOGETHER:
            return tuple(done)


def _some(unit: WriteUnit, at_us: int, actor: str) -> list[str]:
    due = unit.read(CLOCKS, ClockParams(at_us=at_us, limit=_TOGETHER))
    keys = ConflictKeysParams(keys=sorted(row.key for row in due))
    unit.run(LOCK_CONFLICTS, keys)
    rows = unit.read(CONFLICTS_BY_KEY, keys)
    cases = {case for row in rows for case in (row.first_case, row.second_case) if case is not None}
    agencies = {agency for row in rows for agency in (row.first_agency, row.second_agency)}
    facts = facts_about(unit, cases=cases, agencies=agencies, at_us=at_us)
    after: list[ConflictRow] = []
    notices: list[Notice] = []
    leaves: list[Leaf] = []
    for row in rows:
        late: list[Name] = [name for name in NAMES if _is_late(row, name, at_us)]
        row = row.model_copy(update={f"{name}_late_us": at_us for name in late})
        for name in late:
            row = _handed_up(row, name, facts)
            row = row.model_copy(update={"notice_count": (row.notice_count or 0) + 1})
            notices.append(_notice(row, name, facts))
            leaves.append(_leaf(row, name))
        after.append(changed(clocked(row, at_us=at_us), actor=actor, at_us=at_us))
    unit.update_nodes("Conflict", [stored(row) for row in after])
    write_notices(unit, notices, facts, at_us=at_us)
    add_leaves(unit, leaves, actor=actor, at_us=at_us)
    return [row.ref for row in after]


def _is_late(row: ConflictRow, name: Name, at_us: int) -> bool:
    due_us = row.first_due_us if name == "first" else row.second_due_us
    late_us = row.first_late_us if name == "first" else row.second_late_us
    is_told = side_of(row, name).told is not Told.NONE
    is_due = due_us is not None and due_us <= at_us
    return is_told and is_due and late_us is None and not has_seen(row, name)


def _handed_up(row: ConflictRow, name: Name, facts: Facts) -> ConflictRow:
    """Give a conflict to all supervisors where the one whom a sealed claim names is gone."""
    side = side_of(row, name)
    if side.sealed_to is None or facts.named_of(side) is not None:
        return row
    return row.model_copy(update={f"{name}_sealed_to": None})


def _notice(row: ConflictRow, name: Name, facts: Facts) -> Notice:
    side = side_of(row, name)
    sealed = side.sealed_to is not None
    supervisors = () if sealed else (*facts.supervisors_of(side.agency), SUPERVISORS)
    return conflict_notice(
        row,
        name,
        facts,
        kind="conflict.escalated",
        said="A conflict was not acknowledged in time",
        number=row.notice_count or 0,
        others=supervisors,
    )


def _leaf(row: ConflictRow, name: Name) -> Leaf:
    side = side_of(row, name)
    return Leaf(
        action="conflict.escalated",
        object=row.ref,
        outcome="not acknowledged in time",
        agency=side.agency,
        investigation=side.case,
    )
