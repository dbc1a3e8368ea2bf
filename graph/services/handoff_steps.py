"""What both sides do about an offer: accept, decline, withdraw, return, recall.

Each step is one transaction: the tip and the hand-off are locked, whose the tip is changes with
what follows from it, and both sides get a receipt, an entry in their log and a notice.
"""

from __future__ import annotations

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import agency_of, confirms
from graph.errors import ChangedError, NotFoundError, RowError
from graph.handoff.deciding import CLOCK, Taken, is_in_force, stepped
from graph.handoff.showing import shown_from, whole_text
from graph.handoff.steps import HandoffStep, Holding, Kind, deed_of
from graph.queries.handoffs import (
    LOCK,
    OF_TIP,
    ONE,
    VERSIONS,
    HandoffKeyParams,
    HandoffRow,
    OwnHandoffParams,
    StatedParams,
    TipHandoffsParams,
)
from graph.queries.recording import LOCK_TIPS, TIP_HEADS, TipKeysParams
from graph.services.acting import About, act, named
from graph.services.handoff_records import Done, keep_step
from graph.services.holders import claimed_on, end_holding, held_since, hold, holders_of
from graph.services.pacing import paced
from graph.services.triage_places import refresh
from graph.services.watch import watch_tips
from graph.store import ReadUnit, Store, WriteUnit


@paced
def take_step(
    caller: Caller,
    store: Store,
    *,
    key: str,
    step: HandoffStep,
    expected: int,
    why: str | None = None,
) -> HandoffRow:
    """Take a step from the version of a hand-off that the caller looked at.

    Raises:
        RightsError: the caller may not take this step.
        NotFoundError: the agency has no such hand-off, as giver or as receiver.
        ChangedError: somebody moved it on meanwhile; the sentence says who. Or the giver holds the
            tip no longer.
        RowError: it is no step from there, it is the other side's, or a reason is missing.
    """
    deed = deed_of(step)

    def work(unit: WriteUnit) -> HandoffRow:
        before = locked_handoff(unit, caller, key)
        taken = stepped(before, caller, step, expected=expected, why=why)
        return carry_out(unit, before, taken, step=step, caller=caller, at_us=caller.as_of_us)

    return act(caller, store, deed=deed, about=About(object=named(key)), work=work)


def handoff_there(unit: ReadUnit, caller: Caller, key: str) -> HandoffRow:
    """Give a hand-off of the caller's agency; query and policies both see to that.

    Raises:
        NotFoundError: there is none, or it is other agencies': the same answer.
    """
    own = agency_of(caller)
    rows = unit.read(ONE, OwnHandoffParams(agency=own, key=key))
    if len(rows) == 0 or not confirms(
        caller, Deed.HANDOFF_READ, resource=Resource(owner=own, handing=rows[0].kind)
    ):
        raise NotFoundError("There is no such hand-off of your agency's.")
    return rows[0]


def locked_handoff(unit: WriteUnit, caller: Caller, key: str) -> HandoffRow:
    """Give a hand-off of the caller's agency, after taking the locks of its tip and of it.

    Raises:
        NotFoundError: as for `handoff_there`.
    """
    found = handoff_there(unit, caller, key)
    unit.run(LOCK_TIPS, TipKeysParams(keys=[found.tip]))
    unit.run(LOCK, HandoffKeyParams(key=key))
    return handoff_there(unit, caller, key)


def carry_out(
    unit: WriteUnit,
    before: HandoffRow,
    taken: Taken,
    *,
    step: HandoffStep,
    caller: Caller | None,
    at_us: int,
) -> HandoffRow:
    """Write what a step leads to; the tip and the hand-off are locked. No caller: the clock.

    Raises:
        ChangedError: the giver holds the tip no longer.
        RowError: the receiver holds the tip no longer, so it cannot return it.
    """
    actor = CLOCK if caller is None else caller.user
    row, disclosed = taken.row, None
    match taken.rule.holding:
        case Holding.GIVES:
            row = _give(unit, row, actor=actor, at_us=at_us)
            versions = unit.read(VERSIONS, StatedParams(tip=row.tip))
            disclosed = whole_text(tip=row.tip, versions=[each.key for each in versions])
        case Holding.GIVES_BACK | Holding.ENDS:
            _take_back(unit, row, taken.rule.holding, actor=actor, at_us=at_us)
        case Holding.SAME:
            pass
    unit.update_nodes("Handoff", [row.model_dump()])
    deed = Deed.HANDOFF_LAPSE if taken.rule.deed is None else taken.rule.deed
    done = Done(
        taken=Taken(row=row, rule=taken.rule),
        step=step,
        caller=caller,
        at_us=at_us,
        deed=deed,
        disclosed=disclosed,
        why=row.answered_why,
        priority=shown_from(before.shown).priority,
    )
    keep_step(unit, done)
    return row


def _give(unit: WriteUnit, row: HandoffRow, *, actor: str, at_us: int) -> HandoffRow:
    """Let the receiver hold the tip, and of a transfer the giver no longer."""
    now = {agency for _, agency in holders_of(unit, [row.tip])}
    if row.giver not in now:
        raise ChangedError(
            f"{row.giver} holds {row.tip} no longer, so there is nothing to accept. Decline it, or "
            "call them. Nothing was changed."
        )
    head = unit.read(TIP_HEADS, TipKeysParams(keys=[row.tip]))[0]
    if head.withdrawn_us is not None:
        raise ChangedError(
            f"{row.tip} was withdrawn since it was offered: it links and meets nothing any more. "
            "Decline the offer. Nothing was changed."
        )
    others = [other for other in _in_force(unit, row) if other.held_before is not True]
    fresh = {tip for tip, _ in hold(unit, [(row.tip, row.receiver)], at_us=at_us)}
    if row.kind == Kind.TRANSFER:
        end_holding(unit, [row.tip], agency=row.giver, at_us=at_us)
    watch_tips(unit, sorted(fresh), claimed_on(unit, fresh), at_us=at_us)
    refresh(unit, [row.tip], actor=actor, at_us=at_us)
    # What it holds by another hand-off ends with that one, and what it held anyway with none.
    return row.model_copy(update={"held_before": row.receiver in now and len(others) == 0})


def _take_back(
    unit: WriteUnit, row: HandoffRow, holding: Holding, *, actor: str, at_us: int
) -> None:
    """End what the receiver holds by this hand-off, and leave the tip with somebody."""
    now = {agency for _, agency in holders_of(unit, [row.tip])}
    if row.receiver not in now and holding is Holding.GIVES_BACK:
        raise RowError(
            f"Your agency holds {row.tip} no longer, so it cannot return it. Nothing was changed."
        )
    keeps = row.held_before is True or len(_in_force(unit, row)) > 0
    if row.receiver in now and not keeps:
        end_holding(unit, [row.tip], agency=row.receiver, at_us=at_us)
    left = {agency for _, agency in holders_of(unit, [row.tip])}
    fresh: set[str] = set()
    if row.kind == Kind.TRANSFER or len(left) == 0:
        fresh = {tip for tip, _ in hold(unit, [(row.tip, row.giver)], at_us=at_us)}
    watch_tips(unit, sorted(fresh), claimed_on(unit, fresh), at_us=at_us)
    refresh(unit, [row.tip], actor=actor, at_us=at_us)


def _in_force(unit: ReadUnit, row: HandoffRow) -> list[HandoffRow]:
    """Give other hand-offs by which the same receiver holds the same tip."""
    since = held_since(unit, row.tip)
    return [
        other
        for other in unit.read(OF_TIP, TipHandoffsParams(tip=row.tip))
        if other.key != row.key and other.receiver == row.receiver and is_in_force(other, since)
    ]
