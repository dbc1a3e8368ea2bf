"""Urgent tips that nobody acknowledged in time are brought before further people of the agency."""

from __future__ import annotations

from collections.abc import Sequence

from graph.casework.vocabulary import UserRole
from graph.clock import iso
from graph.queries.triage import LOCK_PLACES, PlaceKeysParams
from graph.queries.urgent import DUE, MOST, OPEN_AT, STEP, AlertRow, ClockParams, StepParams
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.notice_writing import Notice, write_notices
from graph.services.sides import facts_about
from graph.services.urgent_alerts import in_service, side_of_agency
from graph.store import Store, WriteUnit

ESCALATED = "tip.urgent_escalated"
SUPERVISORS, ADMINISTRATORS = 1, 2
"""The steps of an alert that nobody acknowledges."""
_ACTOR = "escalation"
_WHO = {SUPERVISORS: "supervisors", ADMINISTRATORS: "supervisors and administrators"}


def escalate_urgent(store: Store, *, at_us: int, actor: str = _ACTOR) -> int:
    """Tell further people of every alert whose clock has run out by a time; give how many.

    Each step of an alert is taken once, whoever runs this and however often. One that slept
    through both clocks takes both.

    Raises:
        StoreError: the store could not; what was brought before somebody until then stays so.
    """
    done = 0
    while True:
        looked, stepped = store.writing(
            lambda unit: _some(unit, at_us, actor), name="escalating urgent tips"
        )
        done += stepped
        if looked == 0:
            return done


def _some(unit: WriteUnit, at_us: int, actor: str) -> tuple[int, int]:
    """Take the next step of some alerts; give how many were due, and how many still were."""
    due = unit.read(DUE, ClockParams(at_us=at_us, limit=MOST))
    if len(due) == 0:
        return 0, 0
    keys = PlaceKeysParams(keys=sorted({row.place for row in due}))
    unit.run(LOCK_PLACES, keys)
    # Read again under the lock of the place, which whoever acknowledges takes as well.
    rows = [
        row
        for row in unit.read(OPEN_AT, keys)
        if row.clock_us is not None and row.clock_us <= at_us
    ]
    agencies = {row.agency for row in rows}
    facts = facts_about(unit, cases=set(), agencies=agencies, at_us=at_us)
    heads = {
        agency: in_service(unit, agency, roles=[UserRole.AGENCY_ADMINISTRATOR], at_us=at_us)
        for agency in sorted(agencies)
    }
    notices: list[Notice] = []
    leaves: list[Leaf] = []
    for row in rows:
        step = row.step + 1
        following = row.administrators_us if step == SUPERVISORS else None
        unit.run(STEP, StepParams(key=row.key, step=step, clock_us=following))
        others = heads[row.agency] if step == ADMINISTRATORS else ()
        notices.append(_notice(row, step, others))
        leaves.append(_leaf(row, step))
    write_notices(unit, notices, facts, at_us=at_us)
    add_leaves(unit, leaves, actor=actor, at_us=at_us)
    return len(due), len(rows)


def _notice(row: AlertRow, step: int, others: Sequence[str]) -> Notice:
    lines = [
        f"Since {iso(row.at_us)} {row.tip} is to be looked at at once; nobody has acknowledged it.",
        f"{row.told} people of your agency were told then.",
        f"Told now: {_WHO[step]} of your agency.",
        "See to it that somebody takes it: crosstip queue urgent",
    ]
    return Notice(
        kind=ESCALATED,
        side=side_of_agency(row.agency),
        stream=row.key,
        number=step,
        object=row.tip,
        severity="urgent",
        subject="URGENT: nobody has acknowledged a tip in time",
        text="\n".join(lines),
        others=tuple(others),
        since_us=row.at_us,
    )


def _leaf(row: AlertRow, step: int) -> Leaf:
    return Leaf(
        action="urgent.escalated",
        object=row.tip,
        outcome=f"not acknowledged in time: {_WHO[step]} told",
        agency=row.agency,
    )
