"""Receipts of routing decisions: one for each side, which only that side reads."""

from __future__ import annotations

from dataclasses import dataclass

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.notice_places import unseen_place
from graph.casework.rights import agency_of
from graph.casework.vocabulary import UserRole
from graph.queries.routing import (
    RECEIPT_PAGE,
    RECEIPT_PLACES,
    RECEIPTS,
    ReceiptKeysParams,
    ReceiptRangeParams,
    ReceiptRow,
)
from graph.rows import PropertyRow
from graph.services.acting import About, Seen, look
from graph.services.agency_staff import serving
from graph.services.audit_reads import ReadLog
from graph.services.notice_writing import NO_ADDRESS, WAITING, is_mail_address
from graph.services.sides import SUPERVISORS, digest
from graph.store import ReadUnit, Store, WriteUnit

GIVEN, TAKEN = "given to", "taken from"
_END = "~"
"""After every time and key in a place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision as it was made."""

    ref: str
    tip: str
    agency: str
    from_agency: str | None
    at_us: int
    decided_by: str
    why: str | None
    confidence: str | None
    reasons: tuple[str, ...]
    against: tuple[str, ...]
    versions: tuple[str, ...]
    purpose: str
    permit: str
    paragraph: str
    acknowledged: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptList:
    """A page of receipts."""

    receipts: tuple[ReceiptRow, ...]
    next_after: str | None


def list_receipts(
    caller: Caller, store: Store, *, reads: ReadLog, after: str = "", limit: int = 50
) -> ReceiptList:
    """Give a page of the own agency's receipts, oldest first.

    Raises:
        RightsError: the caller does not work on tips.
    """
    agency = agency_of(caller)
    size = max(1, min(limit, RECEIPT_PAGE))
    begin = f"{part(agency)}|"
    # What somebody else gives as a place can lead to no other agency's range.
    start = after if after.startswith(begin) else begin
    params = ReceiptRangeParams(after=start, end=f"{begin}{_END}", limit=size + 1)

    def work(unit: ReadUnit) -> Seen[ReceiptList]:
        places = unit.read(RECEIPT_PLACES, params)
        keys = [row.key for row in places[:size]]
        rows = [r for r in unit.read(RECEIPTS, ReceiptKeysParams(keys=keys)) if r.agency == agency]
        more = places[size - 1].place if len(places) > size else None
        return Seen(
            answer=ReceiptList(receipts=tuple(rows), next_after=more),
            outcome="listed",
            disclosed=tuple(row.ref for row in rows),
        )

    return look(caller, store, deed=Deed.ROUTE_READ, about=About(), reads=reads, work=work)


def write_receipts(unit: WriteUnit, decided: Decided) -> None:
    """Write a receipt for each side; what the tip points to goes to the new holder only."""
    rows = [_receipt(decided, side=GIVEN)]
    if decided.from_agency is not None:
        rows.append(_receipt(decided, side=TAKEN))
    unit.insert_nodes("RouteReceipt", rows)


def _receipt(decided: Decided, *, side: str) -> PropertyRow:
    is_given = side == GIVEN
    agency = decided.agency if is_given else str(decided.from_agency)
    key = digest(f"{decided.ref}|{side}")
    return {
        "key": key,
        "ref": decided.ref,
        "place": f"{part(agency)}|{decided.at_us:020d}|{key}",
        "agency": agency,
        "side": side,
        "tip": decided.tip,
        "other": decided.from_agency if is_given else decided.agency,
        "at_us": decided.at_us,
        "decided_by": decided.decided_by,
        "why": decided.why,
        "confidence": decided.confidence if is_given else None,
        "reasons": list(decided.reasons) if is_given else None,
        "against": list(decided.against) if is_given else None,
        "versions": list(decided.versions) if is_given else None,
        "purpose": decided.purpose,
        "permit": decided.permit,
        "paragraph": decided.paragraph,
        "acknowledged": decided.acknowledged,
    }


def tell_sides(unit: WriteUnit, decided: Decided) -> None:
    """Tell the supervisors of both sides, in the transaction of the decision."""
    tip, by = decided.tip, decided.decided_by
    whence = "" if decided.from_agency is None else f" from {decided.from_agency}"
    _tell(
        unit,
        decided,
        agency=decided.agency,
        subject=f"{tip} was routed to your agency",
        text=(
            f"{by} routed {tip}{whence} to your agency. Its receipt is {decided.ref}.\n"
            f"Open it: crosstip queue show {tip}"
        ),
    )
    if decided.from_agency is not None:
        _tell(
            unit,
            decided,
            agency=decided.from_agency,
            subject=f"{tip} was moved to {decided.agency}",
            text=(
                f"{by} moved {tip} from your agency to {decided.agency}: {decided.why}\nYour "
                f"notices and your log of it stay. Your receipt is {decided.ref}."
            ),
        )


def _tell(unit: WriteUnit, decided: Decided, *, agency: str, subject: str, text: str) -> None:
    staff = serving(unit, agency, roles={UserRole.SUPERVISOR}, at_us=decided.at_us)
    told = sorted(row.key for row in staff)
    addresses = [key for key in told if is_mail_address(key)]
    stream = digest(f"route|{decided.ref}|{agency}")
    row: PropertyRow = {
        "key": digest(f"notice|{stream}"),
        "kind": "tip.routed",
        "stream": stream,
        "number": 1,
        "agency": agency,
        "recipients": [*told, SUPERVISORS],
        "object": decided.tip,
        "investigation": None,
        "severity": "normal",
        "subject": subject,
        "text": text,
        "at_us": decided.at_us,
        "unseen_place": unseen_place(agency, decided.at_us, digest(f"notice|{stream}")),
        "mail": WAITING if len(addresses) > 0 else NO_ADDRESS,
        "mail_to": addresses if len(addresses) > 0 else None,
        "due_us": decided.at_us if len(addresses) > 0 else None,
        "attempts": 0,
    }
    unit.insert_nodes("Notification", [row])
