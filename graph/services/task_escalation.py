"""Overdue tasks are brought before supervisors, each once for each time that it is due."""

from __future__ import annotations

from graph.clock import iso
from graph.queries.desk_tasks import (
    DUE,
    LOCK,
    MOST,
    TASKS,
    ClockParams,
    RecordKeyParams,
    RecordKeysParams,
    TaskRow,
)
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.notice_writing import Notice, write_notices
from graph.services.sides import facts_about
from graph.services.tasks import placed
from graph.services.urgent_alerts import side_of_agency
from graph.store import Store, WriteUnit

OVERDUE = "task.overdue"
ACTOR = "task clock"


def escalate_tasks(store: Store, *, at_us: int, actor: str = ACTOR) -> int:
    """Tell supervisors, and whoever is to do it, of tasks overdue by a time; give how many.

    Each is told once, whoever runs this and however often; one that was postponed is told again
    when it is overdue again.

    Raises:
        StoreError: the store could not; what was told until then stays so.
    """
    done = 0
    while True:
        due = store.read(DUE, ClockParams(at_us=at_us, limit=MOST))
        told = sum(_tell(store, row.key, at_us=at_us, actor=actor) for row in due)
        done += told
        if len(due) < MOST or told == 0:
            return done


def _tell(store: Store, key: str, *, at_us: int, actor: str) -> int:
    def work(unit: WriteUnit) -> int:
        unit.run(LOCK, RecordKeyParams(key=key))
        rows = unit.read(TASKS, RecordKeysParams(keys=[key]))
        if len(rows) == 0 or rows[0].clock_us is None or rows[0].clock_us > at_us:
            return 0
        row = placed(rows[0].model_copy(update={"told_us": at_us}))
        unit.update_nodes("DeskTask", [row.model_dump()])
        facts = facts_about(unit, cases=set(), agencies={row.agency}, at_us=at_us)
        write_notices(unit, [_notice(row)], facts, at_us=at_us)
        said = Leaf(
            action="task.overdue",
            object=row.key,
            outcome="overdue: supervisors told",
            agency=row.agency,
        )
        add_leaves(unit, [said], actor=actor, at_us=at_us)
        return 1

    return store.writing(work, name="telling of an overdue task")


def _notice(row: TaskRow) -> Notice:
    whose = f"of {row.person}" if row.person is not None else "of a unit"
    lines = [
        f"A task ({row.kind}) {whose} was due at {iso(row.due_us)} and is not done.",
        f"What it is: crosstip task show {row.key}",
        "Finish it, postpone it, pass it on or call it off.",
    ]
    return Notice(
        kind=OVERDUE,
        side=side_of_agency(row.agency),
        stream=row.key,
        number=row.steps,
        object=row.key,
        severity="high",
        subject="A task is overdue",
        text="\n".join(lines),
        others=() if row.person is None else (row.person,),
        since_us=row.given_us,
    )
