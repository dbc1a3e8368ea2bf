"""States of identifiers as people see and decide them: shown, set with a reason, undone.

Nothing is ever overwritten (see `graph.services.judgements`, which this follows); which of several
decisions counts says `graph.services.state_order`.
"""

from __future__ import annotations

from dataclasses import dataclass

from graph.clock import now_us
from graph.errors import NotFoundError, RowError
from graph.identifiers.core import IdentifierKind
from graph.queries.decisions import (
    DECISION,
    DECISIONS,
    DecisionPageParams,
    DecisionParams,
    DecisionRow,
)
from graph.queries.states import DECIDED, NOW, TOLD, KeysParams, SeenKeysParams, StateRow
from graph.services.judgements import MAX_WHY
from graph.services.state_order import FROM_FILES, NORMAL, UNDONE, Source
from graph.services.state_writing import Decision, decide, locked
from graph.store import ReadUnit, Store, WriteUnit

SETTABLE = (NORMAL, "shared", "viral")
_FAR_FUTURE_US = 1 << 62


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOf:
    """An identifier's state, and everything that was decided about it, oldest first."""

    kind: str
    identifier: str
    as_of_us: int
    now: StateRow
    decisions: tuple[DecisionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSet:
    """A decision that was recorded, and the state that follows."""

    key: str
    state: str
    why: str | None


def state_of(store: Store, kind: IdentifierKind, key: str) -> StateOf:
    """Give an identifier's state and its history.

    Raises:
        NotFoundError: no tip and no claim has it.
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(lambda unit: _state_of(unit, kind, key), name="state of an identifier")


def decisions_of(unit: ReadUnit, kind: IdentifierKind, key: str) -> tuple[DecisionRow, ...]:
    """Give everything that was decided about an identifier's state, oldest first."""
    return tuple(unit.read(DECIDED[kind.value], SeenKeysParams(keys=[key])))


def list_decisions(
    store: Store, *, before_us: int | None = None, limit: int = 100
) -> tuple[DecisionRow, ...]:
    """Give a page of decisions about states, newest first.

    Raises:
        StoreError: the store could not answer; nothing is known then.
    """
    before = before_us if before_us is not None else _FAR_FUTURE_US
    return tuple(store.read(DECISIONS, DecisionPageParams(before_us=before, limit=limit)))


def set_state(
    store: Store,
    kind: IdentifierKind,
    key: str,
    *,
    state: str,
    why: str,
    actor: str,
    until_us: int | None = None,
) -> StateSet:
    """Record a person's decision; it stands over counting and lists until it is undone or ends.

    Raises:
        NotFoundError: no tip and no claim has the identifier.
        RowError: no such state for it, no reason, an end that is past, or a reviewed file says
            otherwise; nothing was recorded.
        StoreError: the store could not do it; nothing was recorded.
    """
    reason, at_us = _reason(why), now_us()
    if state not in SETTABLE:
        raise RowError(f"A person sets {', '.join(SETTABLE)}; {state!r} is none of these.")
    if state == "viral" and kind is not IdentifierKind.FILE_HASH:
        raise RowError(f"Only a file's hash is viral; set this {kind.value} to shared instead.")
    if until_us is not None and until_us <= at_us:
        raise RowError("The end of the decision is past. Name a later day, or none.")

    def work(unit: WriteUnit) -> StateSet:
        known = locked(unit, kind, [key])
        if key not in known:
            raise NotFoundError(f"No tip and no claim has this {kind.value}. Search for it first.")
        base = known[key].base
        if base.state in FROM_FILES:
            raise RowError(
                f"A reviewed file says that this {kind.value} is {base.state}: {base.why} "
                "Nobody overrules that for one store. If the file is wrong, have it corrected."
            )
        decision = Decision(
            identifier=key,
            action="state.set",
            source=Source.PERSON,
            state=state,
            why=reason,
            until_us=until_us,
        )
        return _decided(unit, kind, key, decision, actor=actor, at_us=at_us)

    return store.writing(work, name="setting a state")


def undo_state(store: Store, decision: str, *, why: str, actor: str) -> StateSet:
    """Take a person's decision back; it stays on record, and what stood below counts again.

    Raises:
        NotFoundError: there is no such decision.
        RowError: it is counting's, was undone before, or is an undoing; nothing was recorded.
        StoreError: the store could not do it; nothing was recorded.
    """
    reason = _reason(why)

    def work(unit: WriteUnit) -> StateSet:
        rows = unit.read(DECISION, DecisionParams(decision=decision))
        if len(rows) == 0:
            raise NotFoundError(
                f"There is no decision {decision}. `crosstip states list` shows them."
            )
        found = rows[0]
        kind = IdentifierKind(found.kind)
        if found.source == Source.COUNTING:
            raise RowError(
                "Counting said so, no person: `crosstip states set` overrules it with a reason."
            )
        if found.state == UNDONE:
            raise RowError(f"Decision {decision} is an undoing itself. Decide anew instead.")
        known = locked(unit, kind, [found.identifier])[found.identifier]
        if any(row.undoes == decision for row in known.decisions):
            raise RowError(f"Decision {decision} was undone before. Nothing was recorded.")
        undoing = Decision(
            identifier=found.identifier,
            action="state.undone",
            source=Source.PERSON,
            state=UNDONE,
            why=reason,
            undoes=decision,
        )
        return _decided(unit, kind, found.identifier, undoing, actor=actor, at_us=now_us())

    return store.writing(work, name="undoing a state")


def _decided(
    unit: WriteUnit, kind: IdentifierKind, key: str, made: Decision, *, actor: str, at_us: int
) -> StateSet:
    known = locked(unit, kind, [key])
    (record,) = decide(unit, kind, known, [made], actor=actor, now_us=at_us)
    row = unit.read(NOW[kind.value], KeysParams(keys=[key]))[0]
    return StateSet(key=record, state=row.state, why=row.state_reason)


def _state_of(unit: ReadUnit, kind: IdentifierKind, key: str) -> StateOf:
    rows = unit.read(TOLD[kind.value], SeenKeysParams(keys=[key]))
    if len(rows) == 0:
        raise NotFoundError(f"No tip and no claim has this {kind.value}. Search for it first.")
    return StateOf(
        kind=kind.value,
        identifier=key,
        as_of_us=now_us(),
        now=rows[0],
        decisions=decisions_of(unit, kind, key),
    )


def _reason(why: str) -> str:
    reason = why.strip()
    if not 0 < len(reason) <= MAX_WHY:
        raise RowError(f"A decision needs a reason of at most {MAX_WHY} characters (--why).")
    return reason
