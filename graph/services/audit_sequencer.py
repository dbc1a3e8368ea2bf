"""Numbers the leaves that wait: gap-free in each log, by one at a time, in one transaction.

A leaf's number, the hash of it in the tree, and the log's size and root are there together or not
at all; a kill leaves the leaf waiting or numbered. Who numbers writes to the log's own node first,
so that two sequencers never see the same size (`engines.md`, "Writers").
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from graph.audit.errors import AuditError
from graph.audit.merkle import EMPTY_ROOT, leaf_hash
from graph.audit.records import canonical, numbered_place, waiting_range
from graph.audit.tiles import TiledTree, edge_of, extended
from graph.queries.audit import (
    GROW_LOG,
    LOCK_LOG,
    LOG,
    PAGE,
    GrowParams,
    KeyParams,
    LockLogParams,
    RangeParams,
)
from graph.queries.leaves import ENTRIES, SET_PLACES, PlaceItem, PlacesParams
from graph.services.audit_leaves import record_from
from graph.services.audit_trees import log_in, read_tiles, write_tiles
from graph.store import Store, WriteUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequenced:
    """What numbering came to in one log."""

    log: str
    added: int
    size: int


def sequence(store: Store, *, batch: int = PAGE) -> tuple[Sequenced, ...]:
    """Number every leaf that waits, so many in one transaction, and give what was added.

    Raises:
        AuditError: a log's tree is damaged; nothing of that log was numbered.
        StoreError: the store could not do it; what is not numbered still waits.
    """
    done: dict[str, Sequenced] = {}
    start, end = waiting_range()
    while True:
        first = store.read(ENTRIES, RangeParams(start=start, end=end, limit=1))
        if len(first) == 0:
            return tuple(done[log] for log in sorted(done))
        log = first[0].log
        size = added = 0
        while True:
            step = _number_some(store, log, batch)
            added, size = added + step.added, step.size
            if step.added < batch:
                break
        if added > 0:
            done[log] = Sequenced(log=log, added=added, size=size)
        # What comes to this log from here on is the next call's.
        start = waiting_range(log)[1]


def _number_some(store: Store, log: str, batch: int) -> Sequenced:
    """Number leaves of one log in one transaction.

    The embedded engine shows a transaction what others commit meanwhile, and refuses it at its
    commit only. So a tree that does not fit is damaged when nobody else numbered, and is else
    looked at again.
    """
    while True:
        before = _size(store, log)
        try:
            return store.writing(lambda unit: _number(unit, log, batch), name="numbering the log")
        except AuditError:
            if _size(store, log) == before:
                raise


def _size(store: Store, log: str) -> int:
    rows = store.read(LOG, KeyParams(key=log))
    return rows[0].size if len(rows) > 0 else 0


def _number(unit: WriteUnit, log: str, batch: int) -> Sequenced:
    take_turn(unit, log)
    head = log_in(unit, log)
    start, end = waiting_range(log)
    rows = unit.read(ENTRIES, RangeParams(start=start, end=end, limit=batch))
    if len(rows) == 0:
        return Sequenced(log=log, added=0, size=head.size)
    edge = read_tiles(unit, log, edge_of(head.size))
    leaves = [leaf_hash(canonical(record_from(row))) for row in rows]
    tiles = extended(head.size, edge, leaves)
    size = head.size + len(leaves)
    known = edge | tiles
    root = TiledTree(lambda tile: known.get(tile, b"")).root(size)
    write_tiles(unit, log, tiles)
    places = [
        PlaceItem(key=row.key, log=log, place=numbered_place(log, number))
        for number, row in enumerate(rows, start=head.size)
    ]
    unit.run(SET_PLACES, PlacesParams(rows=places))
    unit.run(GROW_LOG, GrowParams(log=log, size=size, root=root.hex()))
    return Sequenced(log=log, added=len(rows), size=size)


def take_turn(unit: WriteUnit, log: str) -> None:
    """Write to a log's node, made when it is new: until the commit nobody else numbers it."""
    params = LockLogParams(
        log=log,
        identity=secrets.token_hex(16),
        salt=secrets.token_hex(32),
        root=EMPTY_ROOT.hex(),
        turn=secrets.token_hex(8),
    )
    unit.run(LOCK_LOG, params)
