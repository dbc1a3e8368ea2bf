"""Who is told that an account was locked: those who can release it, and the supervisors."""

from __future__ import annotations

from graph.casework.vocabulary import UserRole
from graph.clock import iso
from graph.queries.people import PAGE, USERS_OF, OfAgencyParams, UserRow
from graph.rows import PropertyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.callers import why_out_of_service
from graph.services.notice_writing import NO_ADDRESS, WAITING, is_mail_address
from graph.services.sides import SUPERVISORS, digest
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
        _notify(unit, user, said, at_us=at_us)
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


def _notify(unit: WriteUnit, user: UserRow, said: str, *, at_us: int) -> None:
    agency = user.agency or ""
    staff = unit.read(USERS_OF, OfAgencyParams(agency=agency, after="", limit=PAGE))
    to_tell = {UserRole.AGENCY_ADMINISTRATOR.value, UserRole.SUPERVISOR.value}
    told = sorted(
        row.key
        for row in staff
        if not to_tell.isdisjoint(row.roles)
        and row.key != user.key
        and why_out_of_service(row, at_us) is None
    )
    addresses = [key for key in told if is_mail_address(key)]
    stream = digest(f"{LOCKED}|{user.key}|{at_us}")
    row: PropertyRow = {
        "key": digest(f"notice|{stream}"),
        "stream": stream,
        "number": 1,
        "kind": LOCKED,
        "agency": agency,
        "recipients": [*told, SUPERVISORS],
        "object": user.key,
        "investigation": None,
        "severity": "high",
        "subject": f"The account {user.key} was locked",
        "text": (
            f"{said}\nWas it its user? Ask before it is released: "
            f"crosstip user release {user.key} --as ADMIN"
        ),
        "at_us": at_us,
        "mail": WAITING if len(addresses) > 0 else NO_ADDRESS,
        "mail_to": addresses if len(addresses) > 0 else None,
        "due_us": at_us if len(addresses) > 0 else None,
        "attempts": 0,
    }
    unit.insert_nodes("Notification", [row])
