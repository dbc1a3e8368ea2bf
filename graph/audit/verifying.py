"""Compares records, the hashes kept of them, and signed heads; names the first bad position.

A changed, swapped, missing or added record is found at its own position by the hashes of leaves
that are kept apart from the records. Who changes those too is found by the tile above them (256
records), and who changes all of the tree by the first signed head that does not fit any more:
then the bad record lies after the last head that still does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.audit.heads import Head
from graph.audit.merkle import HASH_BYTES, Frontier, leaf_hash
from graph.audit.tiles import HEIGHT, WIDTH, TileId, perfect_root


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something that does not hold."""

    position: int
    """The first record that it can concern."""
    until: int
    """The last such record, when it is not known to be that one; else the same."""
    what: str


def is_record(record: bytes, kept: bytes) -> bool:
    """Say whether a record is the one whose leaf's hash was kept."""
    return leaf_hash(record) == kept


class LogCheck:
    """Takes a log's records in order and compares them with heads of it."""

    def __init__(self, heads: Sequence[Head]) -> None:
        """Take the heads that the records must lead to, in any order."""
        self._heads = sorted(heads, key=lambda head: head.size)
        self._next = 0
        self._good_until = 0
        self._tree = Frontier()
        self._full: list[bytes] = []
        self._recent: list[bytes] = []
        self.finding: Finding | None = None
        self._compare()

    @property
    def size(self) -> int:
        """How many records were taken."""
        return self._tree.size

    @property
    def root(self) -> bytes:
        """The root over them."""
        return self._tree.root()

    def take(self, record: bytes, *, number: int | None, kept: bytes | None) -> None:
        """Take the next record, the number that it stands under and the hash kept for that.

        Only the first finding is kept; everything after it follows from it.
        """
        at = self._tree.size
        if number != at:
            self._find(at, at, f"record {at} is missing; {number} stands in its place")
        leaf = leaf_hash(record)
        if kept is None:
            self._find(at, at, f"record {at} was never hashed into the log: added, or hash gone")
        elif leaf != kept:
            self._find(at, at, f"record {at} is not the one that was logged")
        self._tree.add(leaf)
        self._recent.append(leaf)
        if len(self._recent) == WIDTH:
            self._full.append(perfect_root(b"".join(self._recent)))
            self._recent.clear()
        self._compare()

    def end(self, size: int) -> None:
        """Say that there are no more records; `size` is how many there should be."""
        at = self._tree.size
        if at < size:
            self._find(at, at, f"record {at} is missing, and all after it of {size}")
        elif at > size:
            self._find(size, size, f"record {size} is more than the log has")
        if self._next < len(self._heads):
            needed = self._heads[self._next].size
            self._find(
                self._good_until,
                at,
                f"there are {at} records, and {needed} were signed; "
                f"the first {self._good_until} are as they were signed",
            )

    def refuse(self, what: str, *, position: int | None = None) -> None:
        """Note what is wrong with the log as a whole, unless something was found before."""
        last = max(self._tree.size - 1, self._good_until)
        first = self._good_until if position is None else position
        self._find(first, last if position is None else position, what)

    def upper_tiles(self) -> dict[TileId, bytes]:
        """Give the tiles above the leaves as they follow from the records."""
        tiles: dict[TileId, bytes] = {}
        row, level = self._full, 1
        while len(row) > 0:
            parts = [row[at : at + WIDTH] for at in range(0, len(row), WIDTH)]
            tiles |= {(level, at): b"".join(part) for at, part in enumerate(parts)}
            row = [perfect_root(b"".join(part)) for part in parts if len(part) == WIDTH]
            level += 1
        return tiles

    def compare_upper_tiles(self, kept: dict[TileId, bytes]) -> None:
        """Compare the tiles above the leaves with those kept, which may have grown since."""
        for tile, made in sorted(self.upper_tiles().items()):
            found = kept.get(tile, b"")[: len(made)]
            if found != made:
                level, index = tile
                same = next(at for at in range(len(made) + 1) if found[:at] != made[:at]) - 1
                first = ((index << HEIGHT) + same // HASH_BYTES) << (HEIGHT * level)
                until = first + (1 << (HEIGHT * level)) - 1
                self._find(first, until, f"tile {level}/{index} is not that of these records")

    def _compare(self) -> None:
        while self._next < len(self._heads) and self._heads[self._next].size == self._tree.size:
            head = self._heads[self._next]
            if self._tree.root() != head.root:
                self._find(
                    self._good_until,
                    max(self._tree.size - 1, self._good_until),
                    f"the first {head.size} records are not those that were signed; "
                    f"the first {self._good_until} are",
                )
            else:
                self._good_until = head.size
            self._next += 1

    def _find(self, position: int, until: int, what: str) -> None:
        if self.finding is None:
            self.finding = Finding(position=position, until=until, what=what)


def first_bad(
    records: Sequence[bytes], kept: Sequence[bytes], heads: Sequence[Head]
) -> Finding | None:
    """Give what is wrong first with a log's records, or None when nothing is."""
    check = LogCheck(heads)
    for at, record in enumerate(records):
        check.take(record, number=at, kept=kept[at] if at < len(kept) else None)
    check.end(len(kept))
    return check.finding
