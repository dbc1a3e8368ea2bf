"""Whom tips are given to: candidates, several at once, and what is kept of people."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Query

from api.conduct.desk import At, AtOnce
from api.conduct.keys import OnceRoute
from api.deps import Ref
from api.schemas.assignments import (
    AssignedAnswer,
    AssignTips,
    CandidatesAnswer,
    DeclareConflict,
    EndRecord,
    KeepRecord,
    StaffAnswer,
    StaffRecordAnswer,
)
from api.schemas.common import micro, one, some
from api.schemas.wire import wire
from graph.queries.assignments import LOADS, RECORD, STAFF
from graph.queries.triage import MOVED
from graph.services.assignment_staff import (
    NewRecord,
    declare_conflict,
    end_record,
    keep_record,
    list_staff,
)
from graph.services.assignment_steps import Given, assign_tips, candidates

router = APIRouter(tags=["assignments"], route_class=OnceRoute)


@router.get("/assignments/candidates")
def assignment_candidates(
    at: At,
    *,
    tip: Annotated[str, Query(max_length=200, description="The tip that is to be given.")],
    skills: Annotated[
        str, Query(max_length=500, description="Skills that are asked for, between commas.")
    ] = "",
) -> CandidatesAnswer:
    """Everybody whom a tip may be given to, with load, skills, absence and conflicts."""
    wanted = [text for text in skills.split(",") if text.strip() != ""]
    found = candidates(at.caller, at.store, tip=tip, skills=wanted, reads=at.reads)
    return some(CandidatesAnswer, at, query=LOADS.name, items=wire(found))


@router.post("/assignments")
def assign_some(at: AtOnce, wanted: AssignTips) -> AssignedAnswer:
    """Give tips to somebody; one that was moved meanwhile is left, and said by whom."""
    done = assign_tips(
        at.caller,
        at.store,
        tips=[Given(tip=each.tip, version=each.version) for each in wanted.tips],
        assignee=wanted.assignee,
        why=wanted.why,
        override=wanted.override,
    )
    return some(AssignedAnswer, at, query=MOVED.name, items=wire(done))


@router.get("/staff")
def staff(at: At) -> StaffAnswer:
    """What counts of the own agency's people: skills, absences, conflicts of interest."""
    rows = list_staff(at.caller, at.store, reads=at.reads)
    return some(StaffAnswer, at, query=STAFF.name, items=wire(rows))


@router.post("/staff", status_code=HTTPStatus.CREATED)
def keep_staff_record(at: AtOnce, wanted: KeepRecord) -> StaffRecordAnswer:
    """Keep a skill, an absence or a conflict of interest; or list a skill."""
    new = NewRecord(
        kind=wanted.kind,
        user=wanted.user,
        about=wanted.about,
        subject=wanted.subject,
        from_us=micro(wanted.from_at),
        until_us=micro(wanted.until_at),
        why=wanted.why,
    )
    row = keep_record(at.caller, at.store, new=new)
    return one(StaffRecordAnswer, row, at, query=RECORD.name)


@router.post("/staff/conflicts", status_code=HTTPStatus.CREATED)
def declare_own_conflict(at: AtOnce, wanted: DeclareConflict) -> StaffRecordAnswer:
    """Declare a conflict of interest of your own."""
    row = declare_conflict(
        at.caller, at.store, about=wanted.about, subject=wanted.subject, why=wanted.why
    )
    return one(StaffRecordAnswer, row, at, query=RECORD.name)


@router.post("/staff/{record}/end")
def end_staff_record(at: AtOnce, record: Ref, wanted: EndRecord) -> StaffRecordAnswer:
    """End something that is kept; it stays on record."""
    row = end_record(at.caller, at.store, key=record, why=wanted.why)
    return one(StaffRecordAnswer, row, at, query=RECORD.name)
