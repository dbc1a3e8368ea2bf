"""Verifies the log as the store holds it: records, trees, heads and the chain of checkpoints."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from graph.audit.checkpoints import ChainBreak
from graph.audit.heads import Head, Kept
from graph.audit.merkle import HASH_BYTES
from graph.audit.notes import PublicKey
from graph.audit.records import canonical, number_of, numbered_place, numbered_range, waiting_range
from graph.audit.tiles import TileId
from graph.audit.verifying import Finding, LogCheck
from graph.errors import RowError
from graph.queries.audit import PAGE, LogRow, RangeParams
from graph.queries.leaves import COUNT_DISSEMINATIONS, COUNT_ENTRIES, ENTRIES, EntryRow
from graph.services.audit_chain import check_chain
from graph.services.audit_leaves import record_from
from graph.services.audit_trees import LAST, log_in, logs_in, numbered_pages, tiles_of_level
from graph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class LogReport:
    """What one log was found to be."""

    log: str
    records: int
    """Numbered records that were compared."""
    waiting: int
    """Leaves without a number: nothing proves yet that none of them is missing."""
    signed: int
    """How many of the records the newest good checkpoint covers."""
    finding: Finding | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What was verified, as of the state that each page of it was read in."""

    logs: tuple[LogReport, ...]
    waiting: int
    """Leaves without a number, also of logs that have no numbered record yet."""
    checkpoints: int
    """Checkpoints that hold."""
    chain: ChainBreak | None
    """The first checkpoint that does not."""
    problems: tuple[str, ...]
    """Everything else that is wrong, in sentences."""
    key: str | None
    """The key that signs from now on, as far as the checkpoints hold."""
    key_is_pinned: bool
    """Whether a key or a checkpoint from outside vouches for it; else the log does so itself."""

    @property
    def is_good(self) -> bool:
        """Whether nothing at all was found."""
        return (
            self.chain is None
            and len(self.problems) == 0
            and all(report.finding is None for report in self.logs)
        )


def verify(
    store: Store,
    *,
    key: PublicKey | None = None,
    kept: Sequence[Kept] = (),
    only: str | None = None,
    tell: Callable[[str, int, int], None] | None = None,
) -> Verification:
    """Verify every log, or `only` one, against the published checkpoints and those kept outside.

    Raises:
        AuditError: a kept checkpoint is no valid one at all, or there is no such log.
        StoreError: the store could not answer.
    """
    chain = check_chain(store, pinned=key, kept=kept)
    # After the chain, so that no head can cover more than a log is said to have.
    logs = logs_in(store)
    if only is not None and only not in {row.key for row in logs}:
        log_in(store, only)
    signed = {row.key: chain.signed(row.key) for row in logs}
    for item in kept:
        signed.setdefault(item.opening.log, []).append(item.opening.head)
    problems = list(chain.problems)
    problems += [
        f"The log {name}, which a kept checkpoint holds, is gone."
        for name in sorted(set(signed) - {row.key for row in logs})
    ]
    reports: list[LogReport] = []
    shown = 0
    for row in logs:
        if only in (None, row.key):
            report, count = _check_log(store, row, signed[row.key], tell)
            reports.append(report)
            shown += count
    if only is None:
        problems += _wrong_in_ledger(store, shown)
    return Verification(
        logs=tuple(reports),
        waiting=_count(store, waiting_range(only)),
        checkpoints=len(chain.numbers),
        chain=chain.broken,
        problems=tuple(problems),
        key=chain.key.text if chain.key is not None else None,
        key_is_pinned=key is not None or len(kept) > 0,
    )


def _check_log(
    store: Store,
    row: LogRow,
    signed: Sequence[Head],
    tell: Callable[[str, int, int], None] | None,
) -> tuple[LogReport, int]:
    check = LogCheck(signed)
    hashes = _hashes(store, row.key)
    shown = 0
    for page in numbered_pages(store, row.key, row.size):
        for entry in page:
            shown += len(entry.disclosed) if entry.disclosed is not None else 0
            number = number_of(entry.place)
            check.take(_bytes(entry, row.key), number=number, kept=next(hashes, None))
        if tell is not None:
            tell(f"records of {row.key}", check.size, row.size)
    check.end(row.size)
    if check.root.hex() != row.root and log_in(store, row.key) == row:
        check.refuse("the root kept of the log is not that of its records")
    check.compare_upper_tiles(_upper(store, row.key))
    _look_behind(store, row, check)
    report = LogReport(
        log=row.key,
        records=check.size,
        waiting=_count(store, waiting_range(row.key)),
        signed=max((head.size for head in signed), default=0),
        finding=check.finding,
    )
    return report, shown


def _look_behind(store: Store, row: LogRow, check: LogCheck) -> None:
    """Look for numbered records after the log's end, which only a sequencer may have added."""
    behind = _count(store, (numbered_place(row.key, row.size), numbered_range(row.key)[1]))
    if behind > 0 and log_in(store, row.key).size < row.size + behind:
        check.refuse(f"record {row.size} is more than the log has", position=row.size)


def _bytes(entry: EntryRow, log: str) -> bytes:
    """Give an entry's bytes; one that cannot be encoded is none that was ever logged."""
    try:
        return canonical(record_from(entry)) if entry.log == log else b""
    except RowError:
        return b""


def _hashes(store: Store, log: str) -> Iterator[bytes]:
    """Give the hashes of leaves as they are kept, in order."""
    for _, hashes in tiles_of_level(store, log, 0):
        for at in range(0, len(hashes), HASH_BYTES):
            yield hashes[at : at + HASH_BYTES]


def _upper(store: Store, log: str) -> dict[TileId, bytes]:
    tiles: dict[TileId, bytes] = {}
    level = 1
    while len(found := dict(tiles_of_level(store, log, level))) > 0:
        tiles |= {(level, index): hashes for index, hashes in found.items()}
        level += 1
    return tiles


def _count(store: Store, places: tuple[str, str]) -> int:
    start, end = places
    return store.read(COUNT_ENTRIES, RangeParams(start=start, end=end, limit=1))[0].total


def _wrong_in_ledger(store: Store, shown: int) -> list[str]:
    """Compare the ledger's lines with what the records say; `shown` is what numbered ones say."""
    start, end = waiting_range()
    page: list[EntryRow] | None = None
    while page is None or len(page) == PAGE:
        page = store.read(ENTRIES, RangeParams(start=start, end=end, limit=PAGE))
        shown += sum(len(row.disclosed) for row in page if row.disclosed is not None)
        start = f"{page[-1].place}\0" if len(page) > 0 else start
    everything = RangeParams(start="", end=LAST, limit=1)
    lines = store.read(COUNT_DISSEMINATIONS, everything)[0].total
    if lines == shown:
        return []
    return [f"The ledger has {lines} lines, the records say {shown}. The records count."]
