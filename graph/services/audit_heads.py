"""Heads of logs as checkpoints sign them, and what an agency takes along of its own."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from graph.audit.checkpoints import Checkpoint
from graph.audit.errors import AuditError
from graph.audit.heads import Head, Kept, Opening, opening_of, salt_of, tree_of
from graph.audit.merkle import HASH_BYTES
from graph.queries.audit import HEADS, PAGE, CheckpointRow, HeadRow, LogRow, RangeParams
from graph.services.audit_checkpoints import checkpoint_row, last_checkpoint
from graph.services.audit_trees import Reads, log_in
from graph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedHeads:
    """A log's heads by the checkpoints in which they changed."""

    log: LogRow
    numbers: tuple[int, ...]
    heads: tuple[Head, ...]

    def at(self, number: int) -> Head | None:
        """Give the head in one checkpoint; None when the log was not there yet."""
        found = bisect_right(self.numbers, number)
        return None if found == 0 else self.heads[found - 1]

    def commitment(self, number: int) -> bytes | None:
        """Give what one checkpoint holds of this log."""
        head = self.at(number)
        return None if head is None else head.commitment(self.salt(number))

    def salt(self, number: int) -> bytes:
        """Give the salt of one checkpoint."""
        return salt_of(bytes.fromhex(self.log.salt), number)


def heads_of(store: Reads, log: LogRow) -> SignedHeads:
    """Give a log's heads."""
    rows = list(_head_rows(store, log.key))
    return SignedHeads(
        log=log,
        numbers=tuple(int(row.key.rpartition("|")[2]) for row in rows),
        heads=tuple(Head(log=log.key, size=row.size, root=bytes.fromhex(row.root)) for row in rows),
    )


def _head_rows(store: Reads, log: str) -> Iterator[HeadRow]:
    start, end = f"{log}|", f"{log}}}"
    while True:
        rows = store.read(HEADS, RangeParams(start=start, end=end, limit=PAGE))
        yield from rows
        if len(rows) < PAGE:
            return
        start = f"{rows[-1].key}\0"


def commitments_of(row: CheckpointRow) -> list[bytes]:
    """Give the salted heads that a checkpoint is over."""
    return [
        row.commitments[at : at + HASH_BYTES] for at in range(0, len(row.commitments), HASH_BYTES)
    ]


def is_over(checkpoint: Checkpoint, commitments: list[bytes]) -> bool:
    """Say whether a checkpoint is the one over these salted heads."""
    return (
        len(commitments) == checkpoint.heads
        and tree_of(commitments).root(len(commitments)) == checkpoint.root
    )


def opening_in(heads: SignedHeads, row: CheckpointRow) -> Opening | None:
    """Open a log's head in a checkpoint; None when the log was not there yet.

    Raises:
        AuditError: the checkpoint does not hold it.
    """
    number = int(row.key)
    head = heads.at(number)
    if head is None:
        return None
    return opening_of(head, salt=heads.salt(number), commitments=commitments_of(row))


def keep(store: Store, log: str, *, number: int | None = None) -> Kept:
    """Give what an agency keeps of a checkpoint, the newest when no number is named.

    Raises:
        AuditError: there is no such checkpoint, or the log is not in it.
    """
    last = last_checkpoint(store)
    if last is None:
        raise AuditError("No checkpoint was published yet: `crosstip audit checkpoint`.")
    row = checkpoint_row(store, last.number if number is None else number)
    if row is None:
        raise AuditError(f"There is no checkpoint {number}; the newest is {last.number}.")
    opening = opening_in(heads_of(store, log_in(store, log)), row)
    if opening is None:
        raise AuditError(f"The log {log} began after checkpoint {int(row.key)}.")
    return Kept(note=row.note, opening=opening)
