"""Writes decisions about states, and the state that follows, in the transaction of the change."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.errors import NotFoundError
from graph.identifiers.core import IdentifierKind
from graph.queries.decisions import DecisionRow
from graph.queries.links import SNAPSHOT
from graph.queries.scope import Seeing
from graph.queries.states import (
    DECIDED,
    LOCK,
    NOW,
    PUT,
    KeysParams,
    SeenKeysParams,
    StateItem,
    StateItemsParams,
    StateRow,
)
from graph.rows import PropertyRow
from graph.services.audit_leaves import Leaf, add_leaves
from graph.services.places_due import place_or_note
from graph.services.state_order import Base, Source, Standing, base_of, standing_of
from graph.services.triage_sights import naming
from graph.store import WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An identifier's state and everything that was decided about it, oldest first."""

    row: StateRow
    decisions: tuple[DecisionRow, ...]

    @property
    def base(self) -> Base:
        """What files and lists say."""
        return base_of(self.row)

    def after_us(self, now_us: int) -> int:
        """Give a time after all that was decided: a clock that steps back makes nothing older."""
        return max(now_us, 1 + max((d.at_us for d in self.decisions), default=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A decision that is to be recorded."""

    identifier: str
    action: str
    """Of its leaf."""
    source: Source
    state: str
    why: str
    undoes: str | None = None
    until_us: int | None = None
    snapshot_us: int | None = None
    rules: str | None = None


def locked(unit: WriteUnit, kind: IdentifierKind, keys: Sequence[str]) -> dict[str, Known]:
    """Lock identifiers and give what is known of their states, in the order of keys."""
    params = KeysParams(keys=sorted(set(keys)))
    unit.run(LOCK[kind.value], params)
    decided: dict[str, list[DecisionRow]] = {}
    for row in unit.read(DECIDED[kind.value], SeenKeysParams(keys=params.keys)):
        decided.setdefault(row.identifier, []).append(row)
    return {
        row.key: Known(row=row, decisions=tuple(decided.get(row.key, ())))
        for row in unit.read(NOW[kind.value], params)
    }


def decide(
    unit: WriteUnit,
    kind: IdentifierKind,
    known: Mapping[str, Known],
    decisions: Sequence[Decision],
    *,
    actor: str,
    now_us: int,
) -> list[str]:
    """Record decisions, set the states that follow on all of `known`, and leave a leaf for each.

    Gives the keys of the records.
    """
    rows: list[PropertyRow] = []
    made: dict[str, list[DecisionRow]] = {}
    leaves: list[Leaf] = []
    for item in decisions:
        row = _row(item, actor=actor, at_us=known[item.identifier].after_us(now_us))
        rows.append(row)
        stored = {**row, "kind": kind.value, "identifier": item.identifier}
        made.setdefault(item.identifier, []).append(DecisionRow.model_validate(stored))
        leaves.append(Leaf(action=item.action, object=str(row["key"]), outcome=item.state))
    unit.insert_nodes("StateDecision", rows)
    unit.insert_rels(
        "DECIDES",
        ("StateDecision", kind.value),
        [(row.key, identifier, {}) for identifier in sorted(made) for row in made[identifier]],
    )
    items: list[StateItem] = []
    counted_us = _counted_us(unit)
    for identifier in sorted(known):
        found = known[identifier]
        everything = (*found.decisions, *made.get(identifier, ()))
        newest_us = max((d.at_us for d in everything), default=now_us)
        at_us = max(now_us, newest_us)
        standing = standing_of(found.base, everything, at_us=at_us, counted_us=counted_us)
        items.append(_item(found, standing))
        if identifier not in made and standing.state != found.row.state:
            leaves.append(Leaf(action="state.ran_out", object=_last(found), outcome=standing.state))
    unit.run(PUT[kind.value], StateItemsParams(rows=items))
    moved = [item.key for item in items if item.state != known[item.key].row.state]
    place_or_note(unit, naming(unit, kind.value, moved), actor=actor, at_us=now_us)
    add_leaves(unit, leaves, actor=actor, at_us=now_us)
    return [str(row["key"]) for row in rows]


def _row(item: Decision, *, actor: str, at_us: int) -> PropertyRow:
    return {
        "key": uuid.uuid4().hex,
        "source": item.source.value,
        "state": item.state,
        "undoes": item.undoes,
        "why": item.why,
        "decided_by": actor,
        "at_us": at_us,
        "until_us": item.until_us,
        "snapshot_us": item.snapshot_us,
        "rules": item.rules,
    }


def _last(found: Known) -> str | None:
    return found.decisions[-1].key if len(found.decisions) > 0 else None


def _counted_us(unit: WriteUnit) -> int | None:
    rows = unit.read(SNAPSHOT, Seeing())
    return rows[0].snapshot_us if len(rows) > 0 else None


def _item(found: Known, standing: Standing) -> StateItem:
    base = found.base
    return StateItem(
        key=found.row.key,
        state=standing.state,
        state_reason=standing.why,
        state_by=standing.decided_by,
        state_since_us=standing.since_us,
        state_until_us=standing.until_us,
        base_state=base.state,
        base_why=base.why,
        base_by=base.decided_by,
        base_since_us=base.since_us,
    )


def rebase(
    unit: WriteUnit, kind: IdentifierKind, bases: Mapping[str, Base], *, now_us: int
) -> None:
    """Change what files and lists say of identifiers; what stands above it keeps standing.

    For whoever imports lists: a state that is written past this would overwrite a person's
    decision. The caller leaves the audit leaf of the import.

    Raises:
        NotFoundError: one of them is not in the graph.
    """
    known = locked(unit, kind, list(bases))
    if len(known) < len(bases):
        raise NotFoundError(f"{len(bases) - len(known)} of these {kind.value} are not there.")
    items: list[StateItem] = []
    counted_us = _counted_us(unit)
    for identifier in sorted(bases):
        base, found = bases[identifier], known[identifier]
        standing = standing_of(base, found.decisions, at_us=now_us, counted_us=counted_us)
        item = _item(found, standing)
        changed = {
            "base_state": base.state,
            "base_why": base.why,
            "base_by": base.decided_by,
            "base_since_us": base.since_us,
        }
        items.append(item.model_copy(update=changed))
    unit.run(PUT[kind.value], StateItemsParams(rows=items))
