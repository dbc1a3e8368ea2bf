"""Notices to those who look after an agency's accounts and connections, and to its supervisors."""

from __future__ import annotations

from graph.casework.notice_places import unseen_place
from graph.casework.vocabulary import UserRole
from graph.rows import PropertyRow
from graph.services.agency_staff import serving
from graph.services.notice_writing import NO_ADDRESS, WAITING, is_mail_address
from graph.services.sides import SUPERVISORS, digest
from graph.store import WriteUnit


def tell_administrators(
    unit: WriteUnit,
    *,
    agency: str,
    kind: str,
    about: str,
    subject: str,
    text: str,
    at_us: int,
    but: str = "",
) -> None:
    """Write a notice to an agency's administrators and supervisors, all but one user.

    It goes to no webhook: who looks after those is told by other ways.
    """
    to_tell = {UserRole.AGENCY_ADMINISTRATOR, UserRole.SUPERVISOR}
    staff = serving(unit, agency, roles=to_tell, at_us=at_us)
    told = sorted(row.key for row in staff if row.key != but)
    addresses = [key for key in told if is_mail_address(key)]
    stream = digest(f"{kind}|{about}|{at_us}")
    row: PropertyRow = {
        "key": digest(f"notice|{stream}"),
        "stream": stream,
        "number": 1,
        "kind": kind,
        "agency": agency,
        "recipients": [*told, SUPERVISORS],
        "object": about,
        "investigation": None,
        "severity": "high",
        "subject": subject,
        "text": text,
        "at_us": at_us,
        "unseen_place": unseen_place(agency, at_us, digest(f"notice|{stream}")),
        "mail": WAITING if len(addresses) > 0 else NO_ADDRESS,
        "mail_to": addresses if len(addresses) > 0 else None,
        "due_us": at_us if len(addresses) > 0 else None,
        "attempts": 0,
    }
    unit.insert_nodes("Notification", [row])
