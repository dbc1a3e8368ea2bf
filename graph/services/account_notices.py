"""Notices about an account: to its user, and to those who look after it."""

from __future__ import annotations

from graph.casework.notice_places import unseen_place
from graph.casework.vocabulary import UserRole
from graph.queries.people import PAGE, USERS_OF, OfAgencyParams, UserRow
from graph.rows import PropertyRow
from graph.services.callers import why_out_of_service
from graph.services.lock_notices import alert_operators
from graph.services.notice_writing import NO_ADDRESS, WAITING, is_mail_address
from graph.services.sides import digest
from graph.store import ReadUnit, WriteUnit


def tell_user(
    unit: WriteUnit,
    user: UserRow,
    *,
    kind: str,
    subject: str,
    text: str,
    at_us: int,
    others: tuple[str, ...] = (),
) -> None:
    """Write that something happened to an account, to its user, and to others of its agency.

    It leaves by mail where a user name is an address. An operator has no agency and so no
    notices: the other operators are shown an alert.
    """
    if user.agency is None:
        alert_operators(unit, user, text, rule=kind, at_us=at_us)
        return
    told = [user.key, *(other for other in others if other != user.key)]
    addresses = [key for key in told if is_mail_address(key)]
    stream = digest(f"{kind}|{user.key}|{at_us}")
    row: PropertyRow = {
        "key": digest(f"notice|{stream}"),
        "stream": stream,
        "number": 1,
        "kind": kind,
        "agency": user.agency,
        "recipients": told,
        "object": user.key,
        "investigation": None,
        "severity": "high",
        "subject": subject,
        "text": text,
        "at_us": at_us,
        "unseen_place": unseen_place(user.agency, at_us, digest(f"notice|{stream}")),
        "mail": WAITING if len(addresses) > 0 else NO_ADDRESS,
        "mail_to": addresses if len(addresses) > 0 else None,
        "due_us": at_us if len(addresses) > 0 else None,
        "attempts": 0,
    }
    unit.insert_nodes("Notification", [row])


def administrators_of(unit: ReadUnit, agency: str, *, at_us: int) -> tuple[str, ...]:
    """Give the administrators of an agency who are in service, by name."""
    staff = unit.read(USERS_OF, OfAgencyParams(agency=agency, after="", limit=PAGE))
    return tuple(
        row.key
        for row in staff
        if UserRole.AGENCY_ADMINISTRATOR.value in row.roles
        and why_out_of_service(row, at_us) is None
    )
