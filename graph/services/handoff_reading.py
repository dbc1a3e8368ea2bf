"""Hand-offs as each side sees them: the receiver no more than the table shows at that stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from graph.audit.records import log_of
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.keys import part
from graph.casework.rights import agency_of
from graph.handoff.deciding import side_of, stage_at
from graph.handoff.receipts import Kept, faults_of
from graph.handoff.showing import Shown, shown_from
from graph.handoff.steps import Shows, Side, shown_at
from graph.queries.audit import KeysParams
from graph.queries.handoffs import (
    GIVEN,
    MOST,
    RECEIPTS,
    RECEIVED,
    HandoffRow,
    PlaceRangeParams,
    ReceiptRow,
    ReceiptsParams,
)
from graph.queries.leaves import ENTRIES_BY_KEY
from graph.services.acting import About, Seen, look, named
from graph.services.audit_reads import ReadLog
from graph.services.handoff_steps import handoff_there
from graph.store import ReadUnit, Store

PAGE = MOST


class Direction(StrEnum):
    """Which list."""

    GIVEN = "given"
    RECEIVED = "received"


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffView:
    """A hand-off as one side sees it."""

    ref: str
    tip: str
    side: str
    """`giver` or `receiver`: the own side."""
    stage: str
    kind: str
    giver: str
    receiver: str
    level: str
    purpose: str
    offered_us: int
    offered_by: str
    due_us: int
    until_us: int | None
    answered_us: int | None
    answered_by: str | None
    answered_why: str | None
    permitted: str
    agreement: str | None
    shown_sha256: str
    shown: Shown | None
    """What the offer shows; the receiver sees it while it waits, or once it was accepted."""
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoffPage:
    """A page of a list."""

    items: tuple[HandoffView, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """One receipt of the own side, and whether it still holds."""

    number: int
    step: str
    at_us: int
    body: str
    sha256: str
    prior: str | None
    disclosed: str | None
    """What the step disclosed; the giver keeps it."""
    disclosed_sha256: str | None
    leaf: str
    """Key of the entry of the own log that vouches for it: `crosstip audit prove`."""
    holds: bool
    faults: tuple[str, ...]


def list_handoffs(
    caller: Caller,
    store: Store,
    *,
    direction: Direction,
    reads: ReadLog,
    with_done: bool = False,
    after: str = "",
    limit: int = 50,
) -> HandoffPage:
    """Give a page of what the own agency offered, or was offered: what waits first.

    What waits is listed oldest first, what is done newest first. `after` is `next_after` of the
    page before.

    Raises:
        RightsError: the caller does no casework.
    """
    agency = agency_of(caller)
    size = max(1, min(limit, PAGE))
    head = f"{part(agency)}|"
    params = PlaceRangeParams(
        after=head + (after if after != "" else "0|"),
        end=head + ("2" if with_done else "1"),
        limit=size + 1,
    )
    query = GIVEN if direction is Direction.GIVEN else RECEIVED

    def work(unit: ReadUnit) -> Seen[HandoffPage]:
        placed = unit.read(query, params)
        rows = [handoff_there(unit, caller, row.key) for row in placed[:size]]
        items = tuple(view_of(row, caller) for row in rows)
        more = placed[size - 1].place[len(head) :] if len(placed) > size else None
        return Seen(
            answer=HandoffPage(items=items, next_after=more),
            outcome="listed",
            disclosed=tuple(item.ref for item in items),
        )

    return look(caller, store, deed=Deed.HANDOFF_READ, about=About(), reads=reads, work=work)


def show_handoff(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> HandoffView:
    """Give a hand-off of the own agency, as giver or as receiver.

    Raises:
        RightsError: the caller does no casework.
        NotFoundError: the agency has none of that name.
    """

    def work(unit: ReadUnit) -> Seen[HandoffView]:
        found = view_of(handoff_there(unit, caller, key), caller)
        disclosed = (found.tip,) if found.shown is not None else ()
        return Seen(answer=found, outcome="shown", disclosed=disclosed)

    about = About(object=named(key))
    return look(caller, store, deed=Deed.HANDOFF_READ, about=about, reads=reads, work=work)


def show_receipts(
    caller: Caller, store: Store, *, key: str, reads: ReadLog
) -> tuple[ReceiptView, ...]:
    """Give the own side's receipts of a hand-off, each checked against text, chain and log.

    Raises:
        RightsError: the caller does no casework.
        NotFoundError: the agency has no such hand-off.
    """

    def work(unit: ReadUnit) -> Seen[tuple[ReceiptView, ...]]:
        handoff_there(unit, caller, key)
        return Seen(answer=receipts_in(unit, agency_of(caller), key), outcome="receipts shown")

    about = About(object=named(key))
    return look(caller, store, deed=Deed.HANDOFF_READ, about=about, reads=reads, work=work)


def view_of(row: HandoffRow, caller: Caller) -> HandoffView:
    """Give a hand-off as the caller's side sees it at the caller's time."""
    side = side_of(row, agency_of(caller))
    stage = stage_at(row, caller.as_of_us)
    is_seen = side is Side.GIVER or shown_at(stage) is not Shows.NOTHING
    return HandoffView(
        ref=row.key,
        tip=row.tip,
        side=side.value,
        stage=stage.value,
        kind=row.kind,
        giver=row.giver,
        receiver=row.receiver,
        level=row.level,
        purpose=row.purpose,
        offered_us=row.offered_us,
        offered_by=row.offered_by,
        due_us=row.due_us,
        until_us=row.until_us,
        answered_us=row.answered_us,
        answered_by=row.answered_by,
        answered_why=row.answered_why,
        permitted=row.permitted,
        agreement=row.agreement,
        shown_sha256=row.shown_sha256,
        shown=shown_from(row.shown) if is_seen else None,
        version=row.version or 0,
    )


def receipts_in(unit: ReadUnit, agency: str, key: str) -> tuple[ReceiptView, ...]:
    """Give one agency's receipts of a hand-off, each checked."""
    rows = unit.read(RECEIPTS, ReceiptsParams(key=key, agency=agency))
    leaves = unit.read(ENTRIES_BY_KEY, KeysParams(keys=[row.leaf for row in rows]))
    outcomes = {leaf.key: leaf.outcome for leaf in leaves if leaf.log == log_of(agency)}
    kept = [_kept(row, outcomes.get(row.leaf)) for row in rows]
    return tuple(
        _view(row, faults_of(each, before=before))
        for row, each, before in zip(rows, kept, _before(kept), strict=True)
    )


def _before(kept: Sequence[Kept]) -> list[Kept | None]:
    return [None, *kept][: len(kept)]


def _kept(row: ReceiptRow, outcome: str | None) -> Kept:
    return Kept(
        number=row.number,
        step=row.step,
        body=row.body,
        sha256=row.body_sha256,
        prior=row.prior,
        disclosed=row.disclosed,
        disclosed_sha256=row.disclosed_sha256,
        leaf_outcome=outcome,
    )


def _view(row: ReceiptRow, faults: tuple[str, ...]) -> ReceiptView:
    return ReceiptView(
        number=row.number,
        step=row.step,
        at_us=row.at_us,
        body=row.body,
        sha256=row.body_sha256,
        prior=row.prior,
        disclosed=row.disclosed,
        disclosed_sha256=row.disclosed_sha256,
        leaf=row.leaf,
        holds=len(faults) == 0,
        faults=faults,
    )
