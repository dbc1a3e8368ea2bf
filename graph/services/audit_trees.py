"""A log's tree as the store keeps it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from graph.audit.errors import AuditError
from graph.audit.records import numbered_place, numbered_range
from graph.audit.tiles import TiledTree, TileId
from graph.queries.audit import (
    LOG,
    LOGS,
    MOST_LOGS,
    PAGE,
    TILES,
    TILES_BETWEEN,
    KeyParams,
    KeysParams,
    LogRow,
    RangeParams,
)
from graph.queries.core import P, Query, R
from graph.queries.leaves import ENTRIES, EntryRow
from graph.rows import PropertyRow
from graph.store import ReadUnit, WriteUnit

SITE = "site"
"""The log whose entries are the checkpoints."""
LAST = "\U0010ffff"
"""After every key."""
_TILE_PAGE = 100
_WINDOW = PAGE // 2


class Reads(Protocol):
    """What reads: a store, or one unit of work."""

    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Give the rows of a read query."""
        ...


def tile_key(log: str, tile: TileId) -> str:
    """Give the key of a tile."""
    level, index = tile
    return f"{log}|{level}|{index:012d}"


def read_tiles(unit: ReadUnit, log: str, tiles: Iterable[TileId]) -> dict[TileId, bytes]:
    """Give those of the tiles that are there."""
    by_key = {tile_key(log, tile): tile for tile in tiles}
    rows = unit.read(TILES, KeysParams(keys=sorted(by_key))) if len(by_key) > 0 else []
    return {by_key[row.key]: row.hashes for row in rows}


def write_tiles(unit: WriteUnit, log: str, tiles: dict[TileId, bytes]) -> None:
    """Write tiles that are new or longer."""
    rows: list[PropertyRow] = [
        {"key": tile_key(log, tile), "hashes": hashes} for tile, hashes in sorted(tiles.items())
    ]
    unit.insert_nodes("AuditTile", rows)
    unit.update_nodes("AuditTile", rows)


def tree_in(store: Reads, log: str) -> TiledTree:
    """Give a log's tree, of which tiles are read when they are needed."""

    def read(tile: TileId) -> bytes:
        rows = store.read(TILES, KeysParams(keys=[tile_key(log, tile)]))
        return rows[0].hashes if len(rows) > 0 else b""

    return TiledTree(read)


def tiles_of_level(store: Reads, log: str, level: int) -> Iterator[tuple[int, bytes]]:
    """Give the tiles of one level with their indexes, in order."""
    start, end = f"{log}|{level}|", f"{log}|{level}}}"
    while True:
        params = RangeParams(start=start, end=end, limit=_TILE_PAGE)
        rows = store.read(TILES_BETWEEN, params)
        for row in rows:
            yield int(row.key.rpartition("|")[2]), row.hashes
        if len(rows) < _TILE_PAGE:
            return
        start = f"{rows[-1].key}\0"


def logs_in(store: Reads) -> list[LogRow]:
    """Give all logs in the order of their names, without that of the checkpoints."""
    params = RangeParams(start="", end=LAST, limit=MOST_LOGS)
    return [row for row in store.read(LOGS, params) if row.key != SITE]


def log_in(store: Reads, log: str) -> LogRow:
    """Give one log.

    Raises:
        AuditError: it has no numbered record yet.
    """
    rows = store.read(LOG, KeyParams(key=log))
    if len(rows) == 0:
        raise AuditError(
            f"There is no log {log} with numbered records. `crosstip audit sequence` numbers "
            "what waits; `crosstip audit logs` lists the logs."
        )
    return rows[0]


def numbered_pages(store: Reads, log: str, size: int) -> Iterator[list[EntryRow]]:
    """Give the entries among the first `size` numbers of a log, window by window.

    A window may have fewer entries than numbers, or more: that is for who compares them.
    """
    for first in range(0, size, _WINDOW):
        start, end = numbered_place(log, first), numbered_place(log, min(first + _WINDOW, size))
        if first == 0:
            start = numbered_range(log)[0]
        yield store.read(ENTRIES, RangeParams(start=start, end=end, limit=PAGE))
