"""Whom tips may be given to, with what a supervisor needs to see, and giving several at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.assignment.proposing import URGENT, Candidate, Load, proposed
from graph.assignment.staff import away_until, conflicts_with, relations_of, skills_of
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import folded, part
from graph.casework.rights import agency_of
from graph.errors import ChangedError, NotFoundError, RightsError, RowError
from graph.queries.assignments import LOADS, LoadParams, LoadRow, StaffRow
from graph.queries.people import PAGE, UNITS, OfAgencyParams, UnitRow, UserRow
from graph.services.acting import About, Seen, act, look, named, note, refusal
from graph.services.assignment_checks import cases_of, staff_of, workers_of
from graph.services.audit_reads import ReadLog
from graph.services.triage_steps import Moved, move_in, place_there
from graph.store import ReadUnit, Store, WriteUnit
from graph.triage.deciding import Wanted
from graph.triage.moves import Move
from graph.triage.places import NOBODY, place

MOST_TIPS = 100
"""Tips that are given at once."""
_AFTER = "}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A tip that somebody is to have, and the version that was looked at."""

    tip: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Assigned:
    """What became of one tip."""

    tip: str
    is_done: bool
    said: str
    """Whose it is now, or why it was left as it was."""
    version: int | None


def candidates(
    caller: Caller, store: Store, *, tip: str, skills: Sequence[str] = (), reads: ReadLog
) -> tuple[Candidate, ...]:
    """Give everybody whom a tip may be given to, in the order in which they are proposed.

    Raises:
        RightsError: the caller assigns no tips.
        NotFoundError: the agency holds no such tip.
    """

    def work(unit: ReadUnit) -> Seen[tuple[Candidate, ...]]:
        key = place_there(unit, caller, tip).tip
        found = _candidates(unit, caller, key, [folded(skill) for skill in skills])
        return Seen(answer=proposed(found), outcome="candidates shown")

    about = About(object=named(tip))
    return look(caller, store, deed=Deed.TRIAGE_ASSIGN, about=about, reads=reads, work=work)


def assign_tips(
    caller: Caller,
    store: Store,
    *,
    tips: Sequence[Given],
    assignee: str,
    why: str,
    override: str | None = None,
) -> tuple[Assigned, ...]:
    """Give tips to somebody or to a unit, each with its own record; what cannot be is said.

    All that can be are given in one transaction. A tip that somebody moved meanwhile, or that is
    not the caller's to give, is left as it was, and the others are given.

    Raises:
        RightsError: the caller assigns no tips.
        RowError: there are none, too many, or one twice; there is no reason.
    """
    names = [given.tip for given in tips]
    if not 0 < len(names) <= MOST_TIPS or len(set(names)) < len(names):
        raise RowError(f"1 to {MOST_TIPS} tips are given at once, each once. Nothing was changed.")
    wanted = Wanted(move=Move.ASSIGN, assignee=assignee, why=why, override=override)

    def work(unit: WriteUnit) -> tuple[Assigned, ...]:
        done = {
            given.tip: _one(unit, caller, given, wanted)
            for given in sorted(tips, key=lambda given: given.tip)
        }
        return tuple(done[name] for name in names)

    return act(caller, store, deed=Deed.TRIAGE_ASSIGN, about=About(), work=work)


def _one(unit: WriteUnit, caller: Caller, given: Given, wanted: Wanted) -> Assigned:
    try:
        moved: Moved = move_in(unit, caller, given.tip, given.version, wanted)
    except (ChangedError, NotFoundError, RightsError, RowError) as error:
        about = About(object=named(given.tip))
        note(unit, caller, [refusal(caller, Deed.TRIAGE_ASSIGN, about, error)])
        return Assigned(tip=given.tip, is_done=False, said=str(error), version=None)
    said = f"{moved.state}, {moved.owner}'s"
    return Assigned(tip=given.tip, is_done=True, said=said, version=moved.version)


def _candidates(unit: ReadUnit, caller: Caller, tip: str, wanted: Sequence[str]) -> list[Candidate]:
    agency = agency_of(caller)
    workers = workers_of(unit, agency, at_us=caller.as_of_us)
    kept = staff_of(unit, caller)
    cases = cases_of(unit, caller, tip)
    loads: dict[str, list[LoadRow]] = {}
    params = LoadParams(after=place(agency, NOBODY, _AFTER), end=f"{part(agency)}{_AFTER}")
    for row in unit.read(LOADS, params):
        loads.setdefault(row.owner, []).append(row)
    units = unit.read(UNITS, OfAgencyParams(agency=agency, after="", limit=PAGE))
    at_us = caller.as_of_us
    found = [
        replace(
            _person(row, kept, at_us=at_us),
            matching=tuple(s for s in skills_of(kept, row.key) if s in wanted),
            conflicts=conflicts_with(kept, row.key, tip=tip, cases=cases),
        )
        for row in workers
    ]
    found += [_unit(row, workers) for row in units]
    return [_carrying(one, loads.get(one.key, [])) for one in found]


def _person(row: UserRow, kept: Sequence[StaffRow], *, at_us: int) -> Candidate:
    return Candidate(
        key=row.key,
        name=row.name,
        is_unit=False,
        units=tuple(row.units or ()),
        skills=skills_of(kept, row.key),
        away_until_us=away_until(kept, row.key, at_us=at_us),
        relations=relations_of(kept, row.key),
    )


def _unit(row: UnitRow, workers: Sequence[UserRow]) -> Candidate:
    members = tuple(each.key for each in workers if row.key in (each.units or ()))
    return Candidate(key=row.key, name=row.name, is_unit=True, members=members)


def _carrying(one: Candidate, rows: Sequence[LoadRow]) -> Candidate:
    return replace(
        one,
        load=tuple(Load(priority=row.priority, total=row.total) for row in rows),
        total=sum(row.total for row in rows),
        urgent=sum(row.total for row in rows if row.priority in URGENT),
        oldest_us=min((row.oldest_us for row in rows), default=None),
        stood_us=min((row.stood_us for row in rows), default=None),
    )
