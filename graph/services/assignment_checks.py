"""Whether a tip may be given to somebody: in service, and without a conflict of interest."""

from __future__ import annotations

from collections.abc import Sequence

from graph.assignment.staff import conflicts_with
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import text_of
from graph.casework.rights import agency_of, require, roles_for
from graph.errors import NotFoundError, RowError
from graph.queries.assignments import (
    CASES_OF_TIP,
    STAFF,
    AgencyParams,
    CasesOfTipParams,
    StaffRow,
)
from graph.queries.people import PAGE, UNITS, USERS_OF, OfAgencyParams, UserRow
from graph.services.acting import About, leaf, named, note
from graph.services.callers import why_out_of_service
from graph.services.triage_places import WALK_LIMIT
from graph.store import ReadUnit, WriteUnit
from graph.triage.deciding import is_unit


def workers_of(unit: ReadUnit, agency: str, *, at_us: int) -> list[UserRow]:
    """Give an agency's people in service who work on tips, by key."""
    roles = roles_for(Deed.TRIAGE_WORK)
    found: list[UserRow] = []
    after = ""
    while True:
        page = unit.read(USERS_OF, OfAgencyParams(agency=agency, after=after, limit=PAGE))
        found += [
            row
            for row in page
            if why_out_of_service(row, at_us) is None and not roles.isdisjoint(row.roles)
        ]
        if len(page) < PAGE:
            return found
        after = page[-1].key


def require_assignee(unit: ReadUnit, caller: Caller, assignee: str | None) -> None:
    """Come back when the agency has somebody in service by that name who works on tips.

    Of a unit it is enough that one of its members does.

    Raises:
        NotFoundError: it has not.
    """
    if assignee is None:
        return
    own = agency_of(caller)
    workers = workers_of(unit, own, at_us=caller.as_of_us)
    if is_unit(assignee):
        units = unit.read(UNITS, OfAgencyParams(agency=own, after="", limit=PAGE))
        is_there = assignee in {row.key for row in units}
        if is_there and any(assignee in (row.units or ()) for row in workers):
            return
    elif assignee in {row.key for row in workers}:
        return
    raise NotFoundError(
        f"{caller.agency} has nobody in service as {assignee} who works on tips. "
        "Nothing was changed."
    )


def cases_of(unit: ReadUnit, caller: Caller, tip: str) -> frozenset[str]:
    """Give the own agency's investigations that claim what a tip states."""
    own = agency_of(caller)
    params = CasesOfTipParams(
        agency=own,
        user=caller.user,
        now_us=caller.as_of_us,
        tip=tip,
        holder=own,
        walk=WALK_LIMIT,
    )
    return frozenset(row.key for row in unit.read(CASES_OF_TIP, params))


def staff_of(unit: ReadUnit, caller: Caller) -> Sequence[StaffRow]:
    """Give what counts of the own agency's people."""
    return unit.read(STAFF, AgencyParams(agency=agency_of(caller)))


def require_no_conflict(
    unit: WriteUnit, caller: Caller, user: str, *, tip: str, override: str | None
) -> None:
    """Come back when somebody has no conflict of interest with a tip, or a supervisor overrides it.

    Whoever overrides says why; the log keeps it by an entry of its own. A unit has none: of its
    members whoever starts the tip is asked.

    Raises:
        RowError: they have one; it says which.
        RightsError: the caller, who would override it, does not supervise.
    """
    rows = [row for row in staff_of(unit, caller) if row.user == user]
    cases = cases_of(unit, caller, tip) if len(rows) > 0 else frozenset[str]()
    found = conflicts_with(rows, user, tip=tip, cases=cases)
    if len(found) == 0:
        return
    if override is None or override.strip() == "":
        raise RowError(
            f"{user} has a conflict of interest with {tip}: {'; '.join(found)}. A supervisor may "
            "override it with a reason. Nothing was changed."
        )
    require(caller, Deed.TRIAGE_LEAD)
    said = text_of(override, "A reason", most=500)
    about = About(object=named(tip))
    outcome = f"given to {user} over a conflict of interest: {said}"
    note(unit, caller, [leaf(caller, Deed.TRIAGE_LEAD, about, outcome=outcome)])
