"""Requests for assistance as each side sees them, and the own side's receipts with their proof."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from graph.audit.records import log_of
from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.rights import agency_of
from graph.desk.assistance import HelpShown, agency_place, shown_from
from graph.handoff.receipts import Kept, faults_of
from graph.queries.assistance import ASKED, HELPED, AssistanceRow, HelpReceiptRow
from graph.queries.audit import KeysParams
from graph.queries.desk_tasks import MOST, RangeParams
from graph.queries.leaves import ENTRIES_BY_KEY
from graph.services.acting import About, Seen, look, named
from graph.services.assistance import help_there, side_of
from graph.services.assistance_records import receipts_of
from graph.services.audit_reads import ReadLog
from graph.store import ReadUnit, Store


class HelpDirection(StrEnum):
    """Which list."""

    ASKED = "asked"
    """Of others."""
    HELPED = "helped"
    """By others of the own agency."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpView:
    """A request as one side sees it: both see the same."""

    ref: str
    side: str
    """`asker` or `helper`: the own side."""
    asker: str
    helper: str
    kind: str
    stage: str
    shown: HelpShown
    shown_sha256: str
    asked_us: int
    asked_by: str
    due_us: int
    moved_us: int
    moved_by: str
    why: str | None
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage:
    """A page of a list."""

    items: tuple[HelpView, ...]
    next_after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpReceipt:
    """One receipt of the own side, and whether it still holds."""

    number: int
    step: str
    at_us: int
    body: str
    sha256: str
    prior: str | None
    leaf: str
    holds: bool
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpStory:
    """A request, and the own side's receipts."""

    request: HelpView
    receipts: tuple[HelpReceipt, ...]


def list_help(
    caller: Caller,
    store: Store,
    *,
    direction: HelpDirection,
    reads: ReadLog,
    with_done: bool = False,
    after: str = "",
    limit: int = 50,
) -> HelpPage:
    """Give a page of what the own agency asked, or was asked: what waits first.

    Raises:
        RightsError: the caller does not work on tips.
    """
    size = max(1, min(limit, MOST))
    head = agency_place(agency_of(caller))
    params = RangeParams(
        after=head + (after if after != "" else "0|"),
        end=head + ("2" if with_done else "1"),
        limit=size + 1,
    )
    query = ASKED if direction is HelpDirection.ASKED else HELPED

    def work(unit: ReadUnit) -> Seen[HelpPage]:
        placed = unit.read(query, params)
        items = tuple(view_of(help_there(unit, caller, row.key), caller) for row in placed[:size])
        more = placed[size - 1].place[len(head) :] if len(placed) > size else None
        return Seen(
            answer=HelpPage(items=items, next_after=more),
            outcome="listed",
            disclosed=tuple(item.ref for item in items),
        )

    return look(caller, store, deed=Deed.ASSISTANCE_READ, about=About(), reads=reads, work=work)


def show_help(caller: Caller, store: Store, *, key: str, reads: ReadLog) -> HelpStory:
    """Give a request of the own agency's, with the own side's receipts, each checked.

    Raises:
        RightsError: the caller does not work on tips.
        NotFoundError: the agency has none of that name.
    """

    def work(unit: ReadUnit) -> Seen[HelpStory]:
        row = help_there(unit, caller, key)
        own = agency_of(caller)
        receipts = _checked(unit, own, receipts_of(unit, key, own))
        return Seen(
            answer=HelpStory(request=view_of(row, caller), receipts=receipts), outcome="shown"
        )

    about = About(object=named(key))
    return look(caller, store, deed=Deed.ASSISTANCE_READ, about=about, reads=reads, work=work)


def view_of(row: AssistanceRow, caller: Caller) -> HelpView:
    """Give a request as the caller's side sees it."""
    return HelpView(
        ref=row.key,
        side=side_of(row, agency_of(caller)).value,
        asker=row.asker,
        helper=row.helper,
        kind=row.kind,
        stage=row.stage,
        shown=shown_from(row.shown),
        shown_sha256=row.shown_sha256,
        asked_us=row.asked_us,
        asked_by=row.asked_by,
        due_us=row.due_us,
        moved_us=row.moved_us,
        moved_by=row.moved_by,
        why=row.why,
        version=row.version or 0,
    )


def _checked(unit: ReadUnit, agency: str, rows: list[HelpReceiptRow]) -> tuple[HelpReceipt, ...]:
    leaves = unit.read(ENTRIES_BY_KEY, KeysParams(keys=[row.leaf for row in rows]))
    outcomes = {leaf.key: leaf.outcome for leaf in leaves if leaf.log == log_of(agency)}
    found: list[HelpReceipt] = []
    before: Kept | None = None
    for row in rows:
        kept = Kept(
            number=row.number,
            step=row.step,
            body=row.body,
            sha256=row.body_sha256,
            prior=row.prior,
            disclosed=None,
            disclosed_sha256=None,
            leaf_outcome=outcomes.get(row.leaf),
        )
        faults = faults_of(kept, before=before)
        before = kept
        found.append(
            HelpReceipt(
                number=row.number,
                step=row.step,
                at_us=row.at_us,
                body=row.body,
                sha256=row.body_sha256,
                prior=row.prior,
                leaf=row.leaf,
                holds=len(faults) == 0,
                faults=faults,
            )
        )
    return tuple(found)
