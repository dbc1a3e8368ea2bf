"""Whose a tip is: the agencies that hold it, by routing, from a time until a time.

A tip without a holder leads to no conflict and no disclosure.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from graph.casework.caller import Caller
from graph.casework.deeds import Deed
from graph.casework.resource import Resource
from graph.casework.rights import require
from graph.errors import RowError
from graph.queries.holders import (
    ADD_HOLDERS,
    END_HOLDERS,
    END_OFFERS,
    HOLDERS,
    MENTIONED,
    HolderItem,
    HoldersParams,
)
from graph.queries.recording import LOCK_TIPS, TIP_HEADS, TipKeysParams
from graph.services.acting import About, act, leaf, note
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.pacing import paced
from graph.services.tip_names import no_such_tip
from graph.services.triage_places import refresh
from graph.services.watch import watch_tips
from graph.store import ReadUnit, Store, WriteUnit


@paced
def hold_tips(
    caller: Caller, store: Store, tips: Collection[str], *, agency: str
) -> tuple[str, ...]:
    """Note that an agency holds tips, with what follows from it, and give those it did not before.

    Raises:
        RightsError: the caller takes in no tips, or it is another agency than theirs.
        NotFoundError: one of the tips is not there, or other agencies hold it and no operator
            asks; nothing was changed.
        RowError: no such agency is entered; nothing was changed.
    """
    keys = TipKeysParams(keys=sorted(set(tips)))
    at_us = caller.as_of_us

    def work(unit: WriteUnit) -> tuple[str, ...]:
        unit.run(LOCK_TIPS, keys)
        _require(unit, keys, caller)
        fresh = {tip for tip, _ in hold(unit, [(tip, agency) for tip in keys.keys], at_us=at_us)}
        watch_tips(unit, sorted(fresh), claimed_on(unit, fresh), at_us=at_us)
        refresh(unit, fresh, actor=caller.user, at_us=at_us)
        _note(unit, caller, fresh, agency=agency, outcome="held")
        return tuple(sorted(fresh))

    return _routed(caller, store, agency, work)


def release_tips(
    caller: Caller, store: Store, tips: Collection[str], *, agency: str
) -> tuple[str, ...]:
    """Note that an agency holds tips no longer; conflicts that came of them stay.

    Raises:
        RightsError: as for `hold_tips`.
        NotFoundError: one of the tips is not there; nothing was changed.
    """
    keys = TipKeysParams(keys=sorted(set(tips)))
    at_us = caller.as_of_us

    def work(unit: WriteUnit) -> tuple[str, ...]:
        unit.run(LOCK_TIPS, keys)
        _require(unit, keys, caller)
        held = sorted(tip for tip, of in holders_of(unit, keys.keys) if of == agency)
        end_holding(unit, held, agency=agency, at_us=at_us)
        refresh(unit, held, actor=caller.user, at_us=at_us)
        _note(unit, caller, held, agency=agency, outcome="held no longer")
        return tuple(held)

    return _routed(caller, store, agency, work)


def require_routing(caller: Caller, agency: str) -> None:
    """Come back when the caller may say that an agency holds tips: their own, operators any.

    Raises:
        RightsError: they may not.
    """
    require(caller, Deed.TIP_HOLD, resource=Resource(owner=agency))


def holders_of(unit: ReadUnit, tips: Collection[str]) -> list[tuple[str, str]]:
    """Give each of the tips with each agency that holds it now."""
    rows = unit.read(HOLDERS, TipKeysParams(keys=sorted(tips)))
    return [(row.tip, row.agency) for row in rows if row.until_us is None]


def held_since(unit: ReadUnit, tip: str) -> dict[str, int]:
    """Give each agency that holds a tip now, with when that holding began: the last time it did."""
    rows = unit.read(HOLDERS, TipKeysParams(keys=[tip]))
    return {
        row.agency: row.from_us if row.resumed_us is None else row.resumed_us
        for row in rows
        if row.until_us is None
    }


def end_holding(unit: WriteUnit, tips: Collection[str], *, agency: str, at_us: int) -> None:
    """Note that an agency holds locked tips no longer; queues are for whoever calls to refresh.

    What it offered of them and nobody answered is over at once; the clock of hand-offs says so to
    both sides. Takes the locks of what other tips have in common with these: queues are asked for
    that next.
    """
    rows = HoldersParams(
        rows=[HolderItem(tip=tip, agency=agency, from_us=at_us) for tip in sorted(tips)]
    )
    unit.run(END_OFFERS, rows)
    claimed_on(unit, tips)
    unit.run(END_HOLDERS, rows)


def hold(
    unit: WriteUnit,
    pairs: Iterable[tuple[str, str]],
    *,
    at_us: int,
    since: Mapping[tuple[str, str], int] | None = None,
) -> set[tuple[str, str]]:
    """Note holders of tips that are locked, and give the tips with each holder that is new.

    `since` says of which it was so before, under another key of the tip.

    Raises:
        RowError: an agency is not entered; nothing of this unit is kept.
    """
    wanted = sorted(set(pairs))
    if len(wanted) == 0:
        return set()
    known = set(holders_of(unit, {tip for tip, _ in wanted}))
    fresh = [pair for pair in wanted if pair not in known]
    if len(fresh) == 0:
        return set()
    before = {} if since is None else since
    rows = [
        HolderItem(tip=tip, agency=agency, from_us=before.get((tip, agency), at_us))
        for tip, agency in fresh
    ]
    added = {(row.tip, row.agency) for row in unit.run(ADD_HOLDERS, HoldersParams(rows=rows))}
    missing = sorted({agency for _, agency in set(fresh) - added})
    if len(missing) > 0:
        raise RowError(
            f"No agency {missing[0]} is entered, so it can hold no tip. Enter it first: "
            "`crosstip agency add`, or the agencies' CSV."
        )
    return set(fresh)


def claimed_on(unit: WriteUnit, tips: Collection[str]) -> dict[str, list[str]]:
    """Give the claimed identifiers that tips state, keys by kind, after taking their locks."""
    if len(tips) == 0:
        return {}
    by_kind: dict[str, dict[str, tuple[int, int]]] = {}
    for row in unit.read(MENTIONED, TipKeysParams(keys=sorted(tips))):
        by_kind.setdefault(row.kind, {})[row.identifier] = (0, 0)
    return {kind: unit.count_tips(kind, by_kind[kind]) for kind in sorted(by_kind)}


def drop_holders(unit: WriteUnit, tips: Collection[str]) -> dict[tuple[str, str], int]:
    """End what agencies hold of tips that are about to be replaced; give it, and since when."""
    held = {
        (row.tip, row.agency): row.from_us
        for row in unit.read(HOLDERS, TipKeysParams(keys=sorted(tips)))
        if row.until_us is None
    }
    rows = [HolderItem(tip=tip, agency=agency, from_us=0) for tip, agency in held]
    unit.run(END_HOLDERS, HoldersParams(rows=rows))
    return held


def _require(unit: ReadUnit, keys: TipKeysParams, caller: Caller) -> None:
    """Come back when the tips are there for whoever says whose they are.

    For an agency those that it holds or nobody does: by their numbers alone it could else have all.
    Not a tip that others only name: that it is named is in a tip that they may hold alone.
    """
    there = {row.key for row in unit.read(TIP_HEADS, keys) if not row.stub}
    if caller.agency is not None:
        held = holders_of(unit, keys.keys)
        own = {tip for tip, agency in held if agency == caller.agency}
        there -= {tip for tip, _ in held} - own
    missing = [tip for tip in keys.keys if tip not in there]
    if len(missing) > 0:
        raise no_such_tip(missing[0], then="Nothing was changed.")


def _routed(
    caller: Caller, store: Store, agency: str, work: Callable[[WriteUnit], tuple[str, ...]]
) -> tuple[str, ...]:
    return act(
        caller,
        store,
        deed=Deed.TIP_HOLD,
        about=About(),
        work=work,
        resource=Resource(owner=agency),
    )


def _note(
    unit: WriteUnit, caller: Caller, tips: Collection[str], *, agency: str, outcome: str
) -> None:
    """Write who did it to their own log, and what became of each tip to the holder's."""
    named = tuple(sorted(tips))
    done = leaf(
        caller,
        Deed.TIP_HOLD,
        About(),
        outcome=outcome,
        disclosed=named,
        resource=Resource(owner=agency),
    )
    note(unit, caller, [done])
    leaves = [
        Leaf(action="tip.holder", object=tip, outcome=outcome, agency=agency) for tip in named
    ]
    add_leaves(unit, leaves, actor=caller.user, at_us=caller.as_of_us)
