"""Who is told that an account was locked: those who can release it, and the supervisors."""

from __future__ import annotations

from graph.casework.vocabulary import UserRole
from graph.clock import iso
from graph.queries.people import UserRow
from graph.rows import PropertyRow
from graph.services.agency_notices import tell_administrators
from graph.services.audit_leaves import Leaf, add_leaves
from graph.store import WriteUnit

LOCKED = "account.locked"
_MANAGED_BY_OPERATORS = {UserRole.AGENCY_ADMINISTRATOR.value, UserRole.OPERATOR.value}


def tell_of_lock(unit: WriteUnit, user: UserRow, rule: str, *, at_us: int) -> None:
    """Write that an account was locked: a leaf, a notice to its agency, an alert to operators.

    Operators are told of administrators and of each other, whom they release. An alert is what
    break-glass leaves too, so that nobody uses it unseen.
    """
    leaf = Leaf(action=LOCKED, object=user.key, outcome=rule, agency=user.agency)
    add_leaves(unit, [leaf], actor="lockout", at_us=at_us)
    said = f"The account {user.key} was locked at {iso(at_us)}: {rule}."
    if user.agency is not None:
        tell_administrators(
            unit,
            agency=user.agency,
            kind=LOCKED,
            about=user.key,
            subject=f"The account {user.key} was locked",
            text=(
                f"{said}\nWas it its user? Ask before it is released: "
                f"crosstip user release {user.key} --as ADMIN"
            ),
            at_us=at_us,
            but=user.key,
        )
    if not _MANAGED_BY_OPERATORS.isdisjoint(user.roles):
        alert_operators(unit, user, said, rule=LOCKED, at_us=at_us)


def alert_operators(unit: WriteUnit, user: UserRow, text: str, *, rule: str, at_us: int) -> None:
    """Write an alert about an account that all operators are shown, but for its own user."""
    row: PropertyRow = {
        "key": f"||{user.key}|{rule}|{at_us}",
        "to_agency": "",
        "to_user": None,
        "rule": rule,
        "text": text,
        "asker": user.key,
        "asker_agency": user.agency or "",
        "investigation": None,
        "purpose": "accounts",
        "object": user.key,
        "at_us": at_us,
    }
    unit.insert_nodes("Alert", [row])
