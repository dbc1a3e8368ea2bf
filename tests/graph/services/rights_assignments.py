"""What may be done about whom tips are given to."""

from __future__ import annotations

from collections.abc import Mapping

from graph.assignment.staff import RecordKind, Subject
from graph.casework.caller import Caller
from graph.services.assignment_staff import (
    NewRecord,
    declare_conflict,
    end_record,
    keep_record,
    list_staff,
)
from graph.services.assignment_steps import Given, assign_tips, candidates
from graph.store import Store
from tests.graph.services.rights_trying import Operation

_WHY = "Because of the test."
_NEW = NewRecord(kind=RecordKind.LISTED, subject="Drones")

ASSIGNMENTS: Mapping[str, Operation] = {
    "assignment_staff.list_staff": lambda at: list_staff(at.caller, at.store, reads=at.reads),
    "assignment_staff.keep_record": lambda at: keep_record(at.caller, at.store, new=_NEW),
    "assignment_staff.declare_conflict": lambda at: declare_conflict(
        at.caller, at.store, about=Subject.RELATION, subject="Works there", why=_WHY
    ),
    "assignment_staff.end_record": lambda at: end_record(at.caller, at.store, key=at.key, why=_WHY),
    "assignment_steps.candidates": lambda at: candidates(
        at.caller, at.store, tip=at.key, reads=at.reads
    ),
    "assignment_steps.assign_tips": lambda at: assign_tips(
        at.caller,
        at.store,
        tips=[Given(tip="ncmec:11", version=0)],
        assignee="boss.north",
        why=_WHY,
    ),
}


def assignment_keys(store: Store, people: Mapping[str, Caller]) -> dict[str, str]:
    """Keep something of north's and of south's people."""
    return {
        name: keep_record(
            people[boss], store, new=NewRecord(kind=RecordKind.LISTED, subject="Phones")
        ).key
        for name, boss in (("own record", "boss.north"), ("another's record", "boss.south"))
    }
