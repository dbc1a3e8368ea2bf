"""People for tests of casework: two agencies with everybody they need, and one operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from graph.casework.caller import Caller
from graph.casework.vocabulary import AgencyKind, UserRole
from graph.services.agencies import NewAgency, add_agency
from graph.services.callers import caller_of
from graph.services.user_rules import NewUser
from graph.services.users import add_user, first_operator
from graph.store import Store
from tests.deliveries import MONDAY_US
from tests.one_transaction import in_one_transaction

R = UserRole
DAY_US: Final = 24 * 3_600_000_000
STAFF: Final = {
    "lead": (R.INVESTIGATOR,),
    "deputy": (R.ANALYST,),
    "boss": (R.SUPERVISOR,),
    "chief": (R.SUPERVISOR,),
    "audit": (R.AUDITOR,),
}
"""By the name before the agency: `lead.north` and so on; `admin.north` is its administrator."""


def operator(store: Store, *, at_us: int = MONDAY_US) -> Caller:
    """Give the first operator."""
    first_operator(store, key="ops", name="Ops", actor="test", at_us=at_us)
    return caller_of(store, "ops", at_us=at_us)


def staff(store: Store, *agencies: str, at_us: int = MONDAY_US) -> dict[str, Caller]:
    """Enter agencies with their staff and give everybody as a caller, by user name."""
    return in_one_transaction(store, lambda quick: _staff(quick, agencies, at_us=at_us))


def _staff(store: Store, agencies: Sequence[str], *, at_us: int) -> dict[str, Caller]:
    ops = operator(store, at_us=at_us)
    people = {"ops": ops}
    for agency in agencies:
        new = NewAgency(key=agency, name=agency.upper(), kind=AgencyKind.TASK_FORCE)
        add_agency(ops, store, new=new)
        admin = f"admin.{agency}"
        appointed = NewUser(key=admin, name=admin, agency=agency, roles=(R.AGENCY_ADMINISTRATOR,))
        add_user(ops, store, new=appointed)
        people[admin] = caller_of(store, admin, at_us=at_us)
        for name, roles in STAFF.items():
            key = f"{name}.{agency}"
            new_user = NewUser(key=key, name=key, agency=agency, roles=roles)
            add_user(people[admin], store, new=new_user)
            people[key] = caller_of(store, key, at_us=at_us)
    return people


def later(caller: Caller, us: int) -> Caller:
    """Give the same caller so much later, proved to be in service meanwhile."""
    return replace(caller, as_of_us=caller.as_of_us + us, until_us=None)
