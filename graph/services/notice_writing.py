"""Notices, written in the transaction of what they tell of.

A notice names records by their refs and holds no identifier: it may lie in a mailbox. Its key
follows from what it tells of, so that whoever meets it twice can tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.casework.notice_places import unseen_place
from graph.casework.telling import Told
from graph.queries.conflicts import ConflictRow
from graph.rows import PropertyRow
from graph.services.conflict_rows import Name, other_of, side_of
from graph.services.sides import Facts, Side, digest
from graph.services.webhook_telling import Event, spread
from graph.store import WriteUnit

_MAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z")
WAITING, SENT, DEAD, NO_ADDRESS = "waiting", "sent", "dead", "no address"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What one side is to be told."""

    kind: str
    side: Side
    stream: str
    number: int
    object: str
    severity: str
    subject: str
    text: str
    others: tuple[str, ...] = ()
    """Further recipients, such as supervisors on escalation."""
    since_us: int = 0
    """When its conflict was opened first: one that was lost and mended tells anew."""

    @property
    def key(self) -> str:
        """Its name: the same each time that the same thing is told."""
        return digest(f"notice|{self.stream}|{self.since_us}|{self.number}")


def write_notices(
    unit: WriteUnit, notices: Sequence[Notice], facts: Facts, *, at_us: int
) -> list[str]:
    """Write notices that are not there yet, ready to leave by mail, and give their keys."""
    rows: list[PropertyRow] = []
    for notice in notices:
        recipients = sorted({*facts.recipients_of(notice.side), *notice.others})
        addresses = _addresses(recipients, notice.side, facts)
        rows.append(
            {
                "key": notice.key,
                "stream": notice.stream,
                "number": notice.number,
                "kind": notice.kind,
                "agency": notice.side.agency,
                "recipients": recipients,
                "sealed_to": facts.named_of(notice.side),
                "object": notice.object,
                "investigation": notice.side.case,
                "severity": str(notice.severity),
                "subject": notice.subject,
                "text": notice.text,
                "at_us": at_us,
                "unseen_place": unseen_place(notice.side.agency, at_us, notice.key),
                "mail": WAITING if len(addresses) > 0 else NO_ADDRESS,
                "mail_to": addresses if len(addresses) > 0 else None,
                "due_us": at_us if len(addresses) > 0 else None,
                "attempts": 0,
            }
        )
    unit.insert_nodes("Notification", rows)
    spread(unit, [_event(notice) for notice in notices if _is_for_programs(notice)], at_us=at_us)
    return [notice.key for notice in notices]


def _is_for_programs(notice: Notice) -> bool:
    """Say whether a notice goes to webhooks: officers are told of it, and it is not sealed."""
    return notice.side.told is Told.OFFICER and notice.side.sealed_to is None


def _event(notice: Notice) -> Event:
    return Event(
        agency=notice.side.agency,
        notice=notice.key,
        stream=notice.stream,
        number=notice.number,
        kind=notice.kind,
        severity=str(notice.severity),
        object=notice.object,
    )


def conflict_notice(
    row: ConflictRow,
    name: Name,
    facts: Facts,
    *,
    kind: str,
    said: str,
    number: int,
    at_once: bool = False,
    others: tuple[str, ...] = (),
) -> Notice:
    """Give the notice of one side of a conflict about what happened to it."""
    side = side_of(row, name, at_once=at_once)
    other = side_of(row, other_of(name))
    own = facts.reference_of(side)
    mine = f"investigation {own}" if own is not None else "tips that your agency holds"
    lines = [
        said,
        f"It concerns {mine}. Severity: {row.severity}. {' '.join(row.severity_why or ())}",
        _whom(other, facts),
        f"Open it: crosstip conflicts show {row.ref}",
    ]
    return Notice(
        kind=kind,
        side=side,
        stream=row.ref,
        number=number,
        object=row.ref,
        severity=row.severity,
        subject=f"{said} ({row.severity})",
        text="\n".join(lines),
        others=others,
        since_us=row.opened_us,
    )


def _whom(other: Side, facts: Facts) -> str:
    agency = facts.agencies.get(other.agency)
    name = agency.name if agency is not None else other.agency
    contact = facts.contact_of(other)
    if other.sealed_to is not None:
        how = "`crosstip conflicts message` reaches the one who knows of it"
        return f"The other side, of {name}, is protected: {how}."
    if other.is_hidden:
        return f"The other side is protected: call a supervisor of {name} ({contact})."
    reference = facts.reference_of(other)
    if reference is None:
        return f"The other side: tips that {name} holds; call its supervisors ({contact})."
    untold = "" if other.told is not Told.NONE else " It was not told, and sees nothing of this."
    return f"The other side: {reference} of {name}; call {contact}.{untold}"


def is_mail_address(user: str) -> bool:
    """Say whether a user's name is a mail address."""
    return _MAIL.match(user) is not None


def _addresses(recipients: Sequence[str], side: Side, facts: Facts) -> list[str]:
    """Give mail addresses: of users whose name is one, else of the contact that is entered."""
    named = [user for user in recipients if _MAIL.match(user) is not None]
    if len(named) > 0 or facts.named_of(side) is not None:
        return named
    agency = facts.agencies.get(side.agency)
    desk = agency.contact if agency is not None and agency.contact is not None else ""
    is_team = side.told is Told.OFFICER and side.case is not None
    # What the other side must not learn, one's own mail may go by.
    own = facts.contact_of(replace(side, is_hidden=False))
    contact = (own if is_team else desk).strip()
    return [contact] if _MAIL.match(contact) is not None else []
