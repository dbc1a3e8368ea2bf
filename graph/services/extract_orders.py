"""Extracts ordered over HTTP: some tips in a format of exchange, made by a job for its orderer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.log_text import reason_for_log
from graph.casework.purposes import CHECK, purpose_of
from graph.casework.rights import require
from graph.errors import QuestionError
from graph.exchange.formats import FORMATS, HASHES_ALONE
from graph.queries.jobs import JobRow
from graph.queries.tips import TIPS, TipsParams
from graph.services.extracting import named_once
from graph.services.job_orders import order_export
from graph.services.tip_names import no_such_tip
from graph.store import ReadUnit, Store

EXTRACT = "extract"
"""Name among the lists that a job writes; it is ordered here alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtractOrder:
    """What is to go into an extract, for what, and to whom."""

    tips: Sequence[str]
    format: str
    purpose: str
    """Of the closed list; stands in the log."""
    recipient: str
    """Whom it is for, in words without identifiers; stands in the log and the ledger."""
    linked: bool = True
    protected: bool = False
    claims: bool = False
    """Whether the agency's own claims go with it, as far as their handling codes permit."""


def as_asked(order: ExtractOrder) -> ExtractOrder:
    """Give an order with each tip once, its purpose by its key, and words that the log may hold.

    Raises:
        QuestionError: there is no such format, or no tip is named, or more than 200.
        RowError: no such purpose, or the recipient's words hold an identifier.
    """
    tips = named_once(order.tips)
    if order.format not in FORMATS:
        raise QuestionError(f"There is no format {order.format!r}: {', '.join(FORMATS)}.")
    if order.claims and order.format == HASHES_ALONE:
        raise QuestionError(f"{HASHES_ALONE} holds hashes alone, and so no claims.")
    return replace(
        order,
        tips=tuple(tips),
        purpose=purpose_of(order.purpose, used_for=CHECK),
        recipient=reason_for_log(order.recipient),
    )


def order_extract(caller: Caller, store: Store, *, order: ExtractOrder) -> JobRow:
    """Have tips written for another tool; each is asked about again when it is made and fetched.

    Raises:
        RightsError: the caller takes nothing out, or reads no tips or links.
        NotFoundError: one of the tips is not there for them; nothing was ordered.
        QuestionError: there is no such format, or no tip is named, or more than 200.
        RowError: no such purpose, or the recipient's words hold an identifier.
        TooManyJobsError: as many jobs wait as may.
        StoreError: the store could not; nothing was ordered.
    """
    asked = as_asked(order)
    wanted: dict[str, str | bool | None] = {
        "list": EXTRACT,
        "format": asked.format,
        "tip": None,
        "tips": "\n".join(asked.tips),
        "linked": asked.linked,
        "protected": asked.protected,
        "claims": asked.claims,
        "purpose": asked.purpose,
        "given_to": asked.recipient,
    }

    def are_there(unit: ReadUnit) -> None:
        require(caller, Deed.LINK_READ)
        if asked.claims:
            require(caller, Deed.CLAIM_READ)
        seen = {row.key for row in unit.read(TIPS, TipsParams(tips=list(asked.tips)))}
        for tip in asked.tips:
            if tip not in seen:
                raise no_such_tip(tip, then="Nothing was ordered.")

    return order_export(caller, store, deed=Deed.TIP_READ, wanted=wanted, first=are_there)
