"""Everybody who works for an agency, however many they are."""

from __future__ import annotations

from collections.abc import Collection

from graph.casework.vocabulary import UserRole
from graph.queries.people import PAGE, USERS_OF, OfAgencyParams, UserRow
from graph.services.callers import why_out_of_service
from graph.store import ReadUnit


def staff_of(unit: ReadUnit, agency: str) -> list[UserRow]:
    """Give all users of an agency, in service or not, in the order of their keys."""
    found: list[UserRow] = []
    after = ""
    while True:
        rows = unit.read(USERS_OF, OfAgencyParams(agency=agency, after=after, limit=PAGE))
        found += rows
        if len(rows) < PAGE:
            return found
        after = rows[-1].key


def serving(
    unit: ReadUnit, agency: str, *, roles: Collection[UserRole], at_us: int
) -> list[UserRow]:
    """Give an agency's users in service who have one of some roles."""
    wanted = frozenset(roles)
    return [
        row
        for row in staff_of(unit, agency)
        if not wanted.isdisjoint(row.roles) and why_out_of_service(row, at_us) is None
    ]
