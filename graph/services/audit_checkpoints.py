"""Publishes checkpoints on a timetable: signed, over all logs at once, never with an answer.

A checkpoint that came with an answer would show whether that answer wrote to somebody's log.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from graph.audit.checkpoints import NO_PREVIOUS, Checkpoint
from graph.audit.errors import AuditError, AuditKeyError
from graph.audit.heads import Head, salt_of, tree_of
from graph.audit.keys import KeyFiles, load_signer, sync_directory
from graph.audit.notes import Signer, sign, text_of
from graph.audit.settings import AuditSettings
from graph.clock import now_us
from graph.queries.audit import (
    CHECKPOINTS,
    GROW_LOG,
    LOCK_LOGS,
    NOTE_PUBLISHED,
    CheckpointRow,
    GrowParams,
    LogRow,
    PublishedParams,
    RangeParams,
    TurnParams,
)
from graph.services.audit_sequencer import sequence, take_turn
from graph.services.audit_trees import LAST, SITE, Reads, log_in, logs_in
from graph.store import Store, WriteUnit

_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A checkpoint that was published."""

    checkpoint: Checkpoint
    note: str
    file: Path
    logs: int
    records: int
    """Records in all logs that it covers."""


def publish_if_due(
    store: Store, settings: AuditSettings, *, at_once: bool = False
) -> Published | None:
    """Number what waits and publish a checkpoint when the timetable has one.

    Raises:
        AuditKeyError: there is no key, or the last checkpoint names another one.
        AuditError: a log is damaged, or the file cannot be written (the next call writes it).
        StoreError: the store could not do it; nothing was published.
    """
    last = last_checkpoint(store)
    slot_us = settings.checkpoint_every_s * 1_000_000
    if last is not None:
        _write_missing(store, settings.published, until=last.number)
    if last is not None and not at_once and now_us() // slot_us <= last.at_us // slot_us:
        return None
    sequence(store)
    signers = _signers(settings.keys, last)
    checkpoint, note, logs = store.writing(
        lambda unit: _publish(unit, signers, at_us=now_us()), name="publishing a checkpoint"
    )
    file = _write_note(settings.published, checkpoint.number, note)
    if len(signers) > 1:
        _take_over(settings.keys)
    return Published(
        checkpoint=checkpoint,
        note=note,
        file=file,
        logs=len(logs),
        records=sum(row.size for row in logs),
    )


def checkpoints_in(store: Reads) -> Iterator[CheckpointRow]:
    """Give all checkpoints in their order."""
    start = ""
    while True:
        rows = store.read(CHECKPOINTS, RangeParams(start=start, end=LAST, limit=_PAGE))
        yield from rows
        if len(rows) < _PAGE:
            return
        start = f"{rows[-1].key}\0"


def checkpoint_row(store: Reads, number: int) -> CheckpointRow | None:
    """Give the checkpoint of a number, or None when there is none."""
    params = RangeParams(start=number_key(number), end=f"{number_key(number)}\0", limit=1)
    rows = store.read(CHECKPOINTS, params)
    return rows[0] if len(rows) > 0 else None


def newest_checkpoints(
    store: Store, *, before: int | None = None, limit: int = 50
) -> list[CheckpointRow]:
    """Give checkpoints, the newest first: the last ones, or those before a number."""
    if before is None:
        last = last_checkpoint(store)
        before = 0 if last is None else last.number + 1
    start = max(before - limit, 0)
    params = RangeParams(start=number_key(start), end=number_key(max(before, 0)), limit=_PAGE)
    return list(reversed(store.read(CHECKPOINTS, params)))


def last_checkpoint(store: Store) -> Checkpoint | None:
    """Give the newest checkpoint, or None when none was published."""

    def work(unit: Reads) -> Checkpoint | None:
        try:
            size = log_in(unit, SITE).size
        except AuditError:
            return None
        row = checkpoint_row(unit, size - 1)
        return None if row is None else Checkpoint.parse(text_of(row.note))

    return store.reading(work, name="the last checkpoint")


def number_key(number: int) -> str:
    """Give the key of a checkpoint."""
    return f"{number:012d}"


def _publish(
    unit: WriteUnit, signers: Sequence[Signer], *, at_us: int
) -> tuple[Checkpoint, str, list[LogRow]]:
    take_turn(unit, SITE)
    site = log_in(unit, SITE)
    names = [row.key for row in logs_in(unit)]
    unit.run(LOCK_LOGS, TurnParams(keys=names, turn=secrets.token_hex(8)))
    logs = logs_in(unit)
    commitments = sorted(
        Head(log=row.key, size=row.size, root=bytes.fromhex(row.root)).commitment(
            salt_of(bytes.fromhex(row.salt), site.size)
        )
        for row in logs
    )
    checkpoint = Checkpoint(
        identity=site.identity,
        number=site.size,
        root=tree_of(commitments).root(len(commitments)),
        heads=len(commitments),
        at_us=at_us,
        previous=site.root if site.size > 0 else NO_PREVIOUS,
        key=signers[-1].public,
    )
    note = sign(checkpoint.text, signers)
    key = number_key(checkpoint.number)
    unit.insert_nodes(
        "Checkpoint",
        [{"key": key, "note": note, "commitments": b"".join(commitments), "at_us": at_us}],
    )
    changed = [row for row in logs if row.published != row.size]
    unit.insert_nodes(
        "AuditHead",
        [{"key": f"{row.key}|{key}", "size": row.size, "root": row.root} for row in changed],
    )
    unit.run(NOTE_PUBLISHED, PublishedParams(keys=[row.key for row in changed]))
    unit.run(GROW_LOG, GrowParams(log=SITE, size=site.size + 1, root=checkpoint.digest))
    return checkpoint, note, logs


def _signers(keys: KeyFiles, last: Checkpoint | None) -> list[Signer]:
    """Give who signs the next checkpoint; with a successor, both, and the successor last."""
    current = load_signer(keys.signing)
    if last is not None and last.key != current.public:
        # A rotation was published and then cut short before the file took its place.
        if not keys.next.exists() or load_signer(keys.next).public != last.key:
            raise AuditKeyError(
                f"The last checkpoint names the key {last.key.name}, and {keys.signing} is "
                f"{current.name}. Put the copy of {last.key.name} back."
            )
        _take_over(keys)
        return [load_signer(keys.signing)]
    return [current, load_signer(keys.next)] if keys.next.exists() else [current]


def _take_over(keys: KeyFiles) -> None:
    try:
        keys.next.replace(keys.signing)
        sync_directory(keys.root)
    except OSError as error:
        raise AuditKeyError(
            f"The next key did not take its place ({error.strerror}); the next call tries again."
        ) from error


def _write_missing(store: Reads, directory: Path, *, until: int) -> None:
    """Write the files that a kill or a full disk kept from being written."""
    missing: list[int] = []
    for number in range(until, -1, -1):
        if (directory / _file_name(number)).exists():
            break
        missing.append(number)
    for number in reversed(missing):
        row = checkpoint_row(store, number)
        if row is not None:
            _write_note(directory, number, row.note)


def _file_name(number: int) -> str:
    return f"{number:06d}.checkpoint"


def _write_note(directory: Path, number: int, note: str) -> Path:
    path = directory / _file_name(number)
    aside = path.with_name(f"{path.name}.{secrets.token_hex(8)}.part")
    try:
        directory.mkdir(mode=0o755, parents=True, exist_ok=True)
        with aside.open("x", encoding="utf-8") as target:
            target.write(note)
            target.flush()
            os.fsync(target.fileno())
        aside.replace(path)
        sync_directory(directory)
    except OSError as error:
        raise AuditError(
            f"Checkpoint {number} is in the store, but {path} could not be written "
            f"({error.strerror}). The next `crosstip audit checkpoint` writes it."
        ) from error
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return path
