"""Alerts follow the places of a queue, in the transaction of whatever changes a place.

A tip that comes to stand in the class `at once` at an agency is an alert of that agency alone:
its people on duty and its supervisors are told, and a clock runs until somebody acknowledges it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.rights import roles_for
from graph.casework.telling import Told
from graph.casework.vocabulary import UserRole
from graph.clock import iso
from graph.queries.notices import MARK_SEEN_OF, SeenOfParams
from graph.queries.triage import PlaceKeysParams, PlaceRow
from graph.queries.urgent import CLOCKS, END, OPEN_AT, AgencyKeysParams, ClocksRow, EndParams
from graph.rows import PropertyRow
from graph.services.agency_staff import serving
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.notice_writing import Notice, write_notices
from graph.services.priority_tables import tables_of
from graph.services.sides import Side, digest, facts_about
from graph.store import ReadUnit, WriteUnit
from graph.triage.urgent import (
    ADMINISTRATORS_MINUTES,
    MINUTE_US,
    SUPERVISORS_MINUTES,
    Change,
    ended,
    raised,
)

RAISED = "tip.urgent"
_ACTION = "urgent.raised"


def follow(unit: WriteUnit, changes: Sequence[Change], *, actor: str, at_us: int) -> None:
    """Raise and end the alerts that follow from how places changed; their locks are the caller's.

    Raises:
        RowError: something breaks the schema; nothing of this unit is kept.
    """
    for how, keys in ended(changes).items():
        end_alerts(unit, keys, by=actor, how=how, at_us=at_us)
    tables = tables_of(unit, {change.after.agency for change in changes})
    places = raised(changes, tables)
    if len(places) == 0:
        return
    asked = PlaceKeysParams(keys=sorted(row.key for row in places))
    there = {alert.place for alert in unit.read(OPEN_AT, asked)}
    _raise(unit, [row for row in places if row.key not in there], actor=actor, at_us=at_us)


def end_alerts(unit: WriteUnit, places: Collection[str], *, by: str, how: str, at_us: int) -> int:
    """End the open alerts of places, with their notices, and give how many those were."""
    params = EndParams(keys=sorted(places), at_us=at_us, user=by, how=how)
    gone = unit.run(END, params)
    for alert in gone:
        seen = SeenOfParams(object=alert.key, agency=alert.agency, user=by, at_us=at_us)
        unit.run(MARK_SEEN_OF, seen)
    return len(gone)


def clocks_of(unit: ReadUnit, agencies: Collection[str]) -> dict[str, ClocksRow]:
    """Give the clocks of agencies; of one that has set none what holds for everybody."""
    keys = sorted(set(agencies))
    found = {row.agency: row for row in unit.read(CLOCKS, AgencyKeysParams(keys=keys))}
    return {key: found.get(key) or _usual(key) for key in keys}


def in_service(
    unit: ReadUnit,
    agency: str,
    *,
    roles: Collection[UserRole],
    at_us: int,
    of_unit: str | None = None,
) -> list[str]:
    """Give an agency's users in service who have one of some roles.

    Where a unit is named it is those of the unit; where it has nobody in service, everybody.
    """
    staff = serving(unit, agency, roles=roles, at_us=at_us)
    members = [row.key for row in staff if of_unit is not None and of_unit in (row.units or ())]
    return sorted(members if len(members) > 0 else [row.key for row in staff])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Desk:
    """Whom an agency's alerts go to, and its clocks."""

    clocks: ClocksRow
    people: list[str]


def _raise(unit: WriteUnit, places: Sequence[PlaceRow], *, actor: str, at_us: int) -> None:
    if len(places) == 0:
        return
    agencies = {row.agency for row in places}
    clocks = clocks_of(unit, agencies)
    desks = {
        agency: _Desk(
            clocks=clocks[agency],
            people=in_service(
                unit,
                agency,
                roles=roles_for(Deed.TRIAGE_WORK),
                at_us=at_us,
                of_unit=clocks[agency].unit,
            ),
        )
        for agency in sorted(agencies)
    }
    rows = [_alert(row, desks[row.agency], at_us=at_us) for row in places]
    unit.insert_nodes("UrgentAlert", rows)
    facts = facts_about(unit, cases=set(), agencies=agencies, at_us=at_us)
    notices = [
        _notice(str(alert["key"]), row, desks[row.agency], at_us=at_us)
        for alert, row in zip(rows, places, strict=True)
    ]
    write_notices(unit, notices, facts, at_us=at_us)
    leaves = [
        Leaf(action=_ACTION, object=row.tip, outcome="told at once", agency=row.agency)
        for row in places
    ]
    add_leaves(unit, leaves, actor=actor, at_us=at_us)


def _alert(row: PlaceRow, desk: _Desk, *, at_us: int) -> PropertyRow:
    supervisors_us = at_us + desk.clocks.supervisors_minutes * MINUTE_US
    return {
        "key": digest(f"urgent|{row.key}|{row.moves}|{at_us}"),
        "agency": row.agency,
        "tip": row.tip,
        "place": row.key,
        "at_us": at_us,
        "open_order": open_order(row.agency, at_us, row.tip),
        "supervisors_us": supervisors_us,
        "administrators_us": at_us + desk.clocks.administrators_minutes * MINUTE_US,
        "clock_us": supervisors_us,
        "step": 0,
        "told": len(_told(row, desk)),
    }


def open_order(agency: str, at_us: int, tip: str) -> str:
    """Give what orders an agency's open alerts: whoever waited longest, then the tip."""
    return f"{part(agency)}|{at_us:019d}|{tip}"


def _told(row: PlaceRow, desk: _Desk) -> tuple[str, ...]:
    return tuple(sorted({*desk.people, *(() if row.owner is None else (row.owner,))}))


def _notice(alert: str, row: PlaceRow, desk: _Desk, *, at_us: int) -> Notice:
    by = iso(at_us + desk.clocks.supervisors_minutes * MINUTE_US)
    stands = "nobody's" if row.owner is None else f"{row.owner}'s"
    lines = [
        f"{row.tip} is to be looked at at once. It is {row.state} and {stands}.",
        f"Why: crosstip queue show {row.tip}",
        f"Take it, or say that you have seen it: crosstip queue acknowledge {row.tip}",
        f"If nobody does by {by}, supervisors are told again, and administrators after that.",
    ]
    return Notice(
        kind=RAISED,
        side=side_of_agency(row.agency),
        stream=alert,
        number=0,
        object=row.tip,
        severity="urgent",
        subject="URGENT: a tip that is to be looked at at once",
        text="\n".join(lines),
        others=_told(row, desk),
        since_us=at_us,
    )


def side_of_agency(agency: str) -> Side:
    """Give the side of a notice that goes to an agency about its own tip."""
    return Side(agency=agency, case=None, told=Told.OFFICER)


def _usual(agency: str) -> ClocksRow:
    return ClocksRow(
        key=agency,
        agency=agency,
        supervisors_minutes=SUPERVISORS_MINUTES,
        administrators_minutes=ADMINISTRATORS_MINUTES,
        unit=None,
        changed_us=None,
        changed_by=None,
        version=0,
    )
