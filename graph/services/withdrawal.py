"""Withdraws a tip: it links nothing and meets nothing from now on; its record stays."""

from __future__ import annotations

from graph.clock import iso, now_us
from graph.queries.recording import (
    LOCK_TIPS,
    TIP_HEADS,
    TIP_VERSIONS,
    TipKeysParams,
)
from graph.queries.tips import TIPS, TipsParams
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.taking_back import tell_taken_back, tell_withdrawn
from graph.services.tip_change import TipChange, version_of
from graph.services.tip_changes import write_changes
from graph.services.tip_names import no_such_tip
from graph.services.triage_places import refresh
from graph.store import Store, WriteUnit


def withdraw(store: Store, tip: str, *, why: str, actor: str) -> bool:
    """Withdraw a tip and say whether it was not withdrawn before.

    Later deliveries of it are recorded, and it stays withdrawn.

    Raises:
        NotFoundError: there is no such tip.
        StoreError: the store could not do it; nothing was changed.
    """
    at_us = now_us()
    return store.writing(
        lambda unit: _withdraw(unit, tip, why=why, actor=actor, at_us=at_us),
        name="withdrawing a tip",
    )


def _withdraw(unit: WriteUnit, tip: str, *, why: str, actor: str, at_us: int) -> bool:
    keys = TipKeysParams(keys=[tip])
    unit.run(LOCK_TIPS, keys)
    heads = unit.read(TIP_HEADS, keys)
    if len(unit.read(TIPS, TipsParams(tips=[tip]))) == 0:
        raise no_such_tip(tip)
    head = heads[0]
    if head.withdrawn_us is not None:
        return False
    change = TipChange(
        tip=tip,
        exists=True,
        versions={row.key: version_of(row) for row in unit.read(TIP_VERSIONS, keys)},
        withdrawn=(None, None),
        first_recorded_us=head.first_recorded_us,
    )
    change.withdrawn = (at_us, f"{actor} at {iso(at_us)}: {why}")
    write_changes(unit, [change], at_us=at_us)
    refresh(unit, [tip], actor=actor, at_us=at_us)
    tell_taken_back(unit, [tip], at_us=at_us)
    tell_withdrawn(unit, tip, actor=actor, at_us=at_us)
    add_leaves(
        unit,
        [Leaf(action="tip.withdrawn", object=tip, outcome="withdrawn")],
        actor=actor,
        at_us=at_us,
    )
    return True
