"""The history of an identifier: every use over tips and time, by provider and role."""

from __future__ import annotations

from dataclasses import dataclass

from graph.clock import now_us
from graph.errors import NotFoundError
from graph.identifiers.core import IdentifierKind
from graph.queries.decisions import DecisionRow
from graph.queries.hash_lists import LIST, LISTED, HashesParams, HashListRow, ListParams
from graph.queries.history import SPREAD, USES, HistoryParams, SpreadRow, UseRow
from graph.queries.identifiers import IDENTIFIERS, IdentifierKeysParams, IdentifierRow
from graph.queries.seen import FIRST
from graph.services.first_seen import FirstSeen, first_seen
from graph.services.states import decisions_of
from graph.store import ReadUnit, Store

MAX_USES = 999
MAX_SPREAD = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Who mentioned an identifier, as what, and when."""

    identifier: IdentifierRow
    as_of_us: int
    spread: tuple[SpreadRow, ...]
    uses: tuple[UseRow, ...]
    states: tuple[DecisionRow, ...]
    """What counting found and people decided about its state, oldest first."""
    first_seen: FirstSeen | None
    """Of a file's hash; None for every other identifier."""
    cut_off: tuple[str, ...]
    lists: tuple[HashListRow, ...] = ()
    """Hash lists in force that hold it, by date of issue; none for what is no file's hash.

    What lists held before their present issue is not kept."""
    queries: tuple[str, ...] = (IDENTIFIERS.name, SPREAD.name, USES.name, FIRST.name, LISTED.name)


def history_of(store: Store, kind: IdentifierKind, key: str, *, limit: int = MAX_USES) -> History:
    """Give an identifier's uses by time, and how they spread over providers and roles.

    Raises:
        NotFoundError: no tip and no claim has it.
        StoreError: the store could not answer; nothing is known then.
    """
    return store.reading(lambda unit: _history(unit, kind, key, limit), name="history")


def _history(unit: ReadUnit, kind: IdentifierKind, key: str, limit: int) -> History:
    rows = unit.read(IDENTIFIERS, IdentifierKeysParams(keys=[key]))
    found = [row for row in rows if row.kind == kind.value]
    if len(found) == 0:
        raise NotFoundError(f"No tip and no claim has this {kind.value}. Search for it first.")
    wanted = min(limit, MAX_USES)
    found_uses = unit.read(USES, HistoryParams(kind=kind.value, key=key, limit=wanted + 1))
    uses = found_uses[:wanted]
    spread = unit.read(SPREAD, HistoryParams(kind=kind.value, key=key, limit=MAX_SPREAD))
    cut_off = []
    if len(found_uses) > wanted:
        cut_off.append(f"Only the first {wanted} uses by time are shown.")
    if len(spread) == MAX_SPREAD:
        cut_off.append(f"Only the {MAX_SPREAD} largest groups are shown.")
    return History(
        identifier=found[0],
        as_of_us=now_us(),
        spread=tuple(spread),
        uses=tuple(uses),
        states=decisions_of(unit, kind, key),
        first_seen=first_seen(unit, key) if kind is IdentifierKind.FILE_HASH else None,
        cut_off=tuple(cut_off),
        lists=_lists(unit, key) if kind is IdentifierKind.FILE_HASH else (),
    )


def _lists(unit: ReadUnit, key: str) -> tuple[HashListRow, ...]:
    holding = unit.read(LISTED, HashesParams(hashes=[key]))
    return tuple(
        row for held in holding for row in unit.read(LIST, ListParams(list_key=held.list_key))
    )
