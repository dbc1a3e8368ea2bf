"""The people of the demo: an operator, and for each of three agencies whoever is needed."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from graph.casework.vocabulary import UserRole
from graph.services.callers import caller_of
from graph.services.user_rules import NewUser
from graph.services.users import add_user, first_operator
from graph.store import Store

OPERATOR: Final = "operator"
HARROW, LARKSPUR, STONEPINE = "harrow", "larkspur", "stonepine"
"""Keys of three task forces that every synthetic county has."""
AGENCIES: Final = (HARROW, LARKSPUR, STONEPINE)
ROLES: Mapping[str, UserRole] = MappingProxyType(
    {
        "investigator": UserRole.INVESTIGATOR,
        "supervisor": UserRole.SUPERVISOR,
        "auditor": UserRole.AUDITOR,
    }
)
"""By the name before the agency: `investigator.harrow`. `admin.harrow` enters them."""
_ADMINISTRATOR: Final = "admin"


def user_of(role: str, agency: str) -> str:
    """Give the user name of whoever does something for an agency."""
    return f"{role}.{agency}"


def enter_people(store: Store, *, at_us: int) -> None:
    """Enter everybody, each by whom it is for: nobody is in the store yet.

    Raises:
        RightsError: an operator is there already.
        NotFoundError: one of the agencies is not entered.
        StoreError: the store could not do it.
    """
    first_operator(
        store, key=OPERATOR, name="Operator (synthetic)", actor="crosstip demo", at_us=at_us
    )
    operator = caller_of(store, OPERATOR, at_us=at_us)
    for agency in AGENCIES:
        appointed = _new(_ADMINISTRATOR, agency, UserRole.AGENCY_ADMINISTRATOR)
        add_user(operator, store, new=appointed)
        administrator = caller_of(store, appointed.key, at_us=at_us)
        for name, role in ROLES.items():
            add_user(administrator, store, new=_new(name, agency, role))


def _new(name: str, agency: str, role: UserRole) -> NewUser:
    shown = f"{name.capitalize()} of {agency} (synthetic)"
    return NewUser(key=user_of(name, agency), name=shown, agency=agency, roles=(role,))
