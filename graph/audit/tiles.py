"""How a log's tree is kept: tiles of up to 256 hashes, as in C2SP `tlog-tiles`.

A tile of level 0 holds hashes of leaves; each full tile gives one hash to the level above. So
adding records, a root and a proof read and write a few tiles, however long the log is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias

from graph.audit.errors import AuditError
from graph.audit.merkle import EMPTY_ROOT, HASH_BYTES, node_hash

HEIGHT = 8
WIDTH = 1 << HEIGHT

TileId: TypeAlias = tuple[int, int]
"""Level, and index within it from the left."""
ReadTile: TypeAlias = Callable[[TileId], bytes]


def edge_of(size: int) -> list[TileId]:
    """Give the tiles at the right edge of a tree that are begun and not full."""
    edge: list[TileId] = []
    level = 0
    while (entries := size >> (HEIGHT * level)) > 0:
        if entries % WIDTH != 0:
            edge.append((level, entries >> HEIGHT))
        level += 1
    return edge


def extended(size: int, edge: dict[TileId, bytes], leaves: Iterable[bytes]) -> dict[TileId, bytes]:
    """Give the tiles that are new or longer when leaves are added to a tree of a size.

    `edge` holds the tiles that `edge_of(size)` names.

    Raises:
        AuditError: a tile of the edge is not as long as the size says.
    """
    for level, index in edge_of(size):
        entries = (size >> (HEIGHT * level)) % WIDTH
        if len(edge.get((level, index), b"")) != entries * HASH_BYTES:
            raise AuditError(
                f"Tile {level}/{index} of the log is damaged. Run `crosstip audit verify`; "
                "nothing is numbered until the log is restored from a backup."
            )
    changed = dict(edge)
    for leaf in leaves:
        carried: bytes | None = leaf
        level = 0
        while carried is not None:
            entries = size >> (HEIGHT * level)
            tile = (level, entries >> HEIGHT)
            changed[tile] = changed.get(tile, b"") + carried
            carried = _full(changed[tile])
            level += 1
        size += 1
    return {tile: hashes for tile, hashes in changed.items() if edge.get(tile) != hashes}


def _full(tile: bytes) -> bytes | None:
    """Give what a full tile hands up."""
    return perfect_root(tile) if len(tile) == WIDTH * HASH_BYTES else None


def perfect_root(hashes: bytes) -> bytes:
    """Give the root over a power of two of hashes laid end to end."""
    row = [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


class TiledTree:
    """A tree of which the tiles are read when they are needed, each once."""

    def __init__(self, read: ReadTile) -> None:
        """Take what gives the hashes of a tile."""
        self._read = read
        self._known: dict[TileId, bytes] = {}

    def root(self, size: int) -> bytes:
        """Give the root over the first `size` leaves.

        Raises:
            AuditError: a tile is missing or too short.
        """
        return EMPTY_ROOT if size == 0 else self.span(0, size)

    def leaf(self, index: int) -> bytes:
        """Give the hash of one leaf."""
        return self.span(index, index + 1)

    def span(self, first: int, end: int) -> bytes:
        """Give the root over leaves `first` to `end` (without it); RFC 6962's MTH(D[first:end]).

        `first` is a multiple of the largest power of two below the span's length, as it is in
        every split of the tree.
        """
        size = end - first
        if size & (size - 1) == 0:
            return self._perfect(first, size)
        split = 1 << (size - 1).bit_length() - 1
        return node_hash(self.span(first, first + split), self.span(first + split, end))

    def _perfect(self, first: int, size: int) -> bytes:
        level = (size.bit_length() - 1) // HEIGHT
        start = first >> (HEIGHT * level)
        entries = size >> (HEIGHT * level)
        tile = (level, start >> HEIGHT)
        if tile not in self._known:
            self._known[tile] = self._read(tile)
        at = (start % WIDTH) * HASH_BYTES
        hashes = self._known[tile][at : at + entries * HASH_BYTES]
        if len(hashes) != entries * HASH_BYTES:
            raise AuditError(
                f"Tile {tile[0]}/{tile[1]} of the log is missing or damaged. "
                "Run `crosstip audit verify`, which recomputes it from the records."
            )
        return perfect_root(hashes)
