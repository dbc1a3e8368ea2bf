"""The log as a backup states it, and whether a restored store has it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from crosstip.backup.errors import BackupError
from crosstip.backup.manifest import HeadLine, KeyLine, Manifest
from graph.audit.checkpoints import Checkpoint
from graph.audit.errors import AuditError, AuditKeyError
from graph.audit.keys import KeyFiles, load_signer
from graph.audit.notes import text_of
from graph.audit.settings import AuditSettings
from graph.queries.core import NoParams
from graph.queries.meta import STORE_INFO, StoreInfoRow
from graph.schema import SCHEMA
from graph.services.audit_checkpoints import checkpoint_row, last_checkpoint, publish_if_due
from graph.services.audit_sequencer import sequence
from graph.services.audit_trees import logs_in, tree_in
from graph.services.audit_verify import Verification, verify
from graph.store import Store


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreState:
    """What the store was just before it was copied."""

    info: StoreInfoRow
    heads: tuple[HeadLine, ...]
    checkpoint: str | None
    notes: tuple[str, ...]
    """What could not be vouched for, in sentences."""


def state_before(store: Store) -> StoreState:
    """Number what waits, publish a checkpoint where there is a key, and give the log's heads.

    Raises:
        AuditError: a log is damaged: a backup of it would only replace a better one.
        StoreError: the store could not.
    """
    notes: list[str] = []
    try:
        publish_if_due(store, AuditSettings(), at_once=True)
    except AuditKeyError as error:
        # Without a key nobody vouches for the log, and the backup is still wanted.
        sequence(store)
        notes.append(f"no checkpoint was published for this backup: {error}")
    heads = tuple(HeadLine(log=row.key, size=row.size, root=row.root) for row in logs_in(store))
    last = last_checkpoint(store)
    row = None if last is None else checkpoint_row(store, last.number)
    return StoreState(
        info=store.read(STORE_INFO, NoParams())[0],
        heads=heads,
        checkpoint=None if row is None else row.note,
        notes=tuple(notes),
    )


def check_restored(store: Store, manifest: Manifest) -> Verification:
    """Compare a restored store with its manifest, before anything is written to it.

    The log is recomputed from its records and compared with its checkpoints; each log's first
    records must have the root that the manifest states; the newest checkpoint must be the same.

    Raises:
        BackupError: it is not what was backed up.
        AuditError: a log cannot be read.
        StoreError: the store could not answer.
    """
    rows = store.read(STORE_INFO, NoParams())
    if len(rows) == 0:
        raise BackupError("What was restored is no store of Crosstip. Take another backup.")
    _compare_info(rows[0], manifest)
    result = verify(store)
    if not result.is_good:
        raise BackupError(
            "The log of what was restored does not hold, so it was not opened. Take another "
            "backup, and keep this one for whoever looks into it."
        )
    for head in manifest.heads or ():
        _compare_head(store, head)
    if manifest.checkpoint is not None:
        _compare_checkpoint(store, manifest.checkpoint)
    return result


def _compare_info(info: StoreInfoRow, manifest: Manifest) -> None:
    if manifest.synthetic is not None and info.synthetic is not manifest.synthetic:
        raise BackupError("The restored store is of another kind than its manifest says.")
    if info.schema_version > SCHEMA.version:
        raise BackupError(
            f"The backup has schema {info.schema_version}, this Crosstip knows {SCHEMA.version}. "
            "Restore with the Crosstip that wrote it."
        )


def _compare_head(store: Store, head: HeadLine) -> None:
    try:
        root = tree_in(store, head.log).root(head.size).hex()
    except AuditError as error:
        raise BackupError(
            f"The log {head.log} of what was restored is shorter than the manifest says: "
            f"{head.size} records were backed up. It was not opened."
        ) from error
    if root != head.root:
        raise BackupError(
            f"The log {head.log} of what was restored has another root over its first "
            f"{head.size} records than the manifest states. It was not opened."
        )


def _compare_checkpoint(store: Store, note: str) -> None:
    number = Checkpoint.parse(text_of(note)).number
    row = checkpoint_row(store, number)
    if row is None or row.note != note:
        raise BackupError(
            f"Checkpoint {number} of the backup is not in what was restored. It was not opened."
        )


def newest_published(directory: Path) -> str | None:
    """Give the newest checkpoint file of a directory, None where there is none."""
    files = sorted(directory.glob("*.checkpoint")) if directory.is_dir() else []
    return files[-1].read_text(encoding="utf-8") if len(files) > 0 else None


def key_lines(directory: Path) -> tuple[KeyLine, ...]:
    """Give the names of the keys of an installation; of the one that signs, its public key.

    Raises:
        AuditKeyError: the signing key is damaged: better known before it is needed.
    """
    files = KeyFiles(directory)
    found = sorted(path.name for path in directory.glob("*.key")) if directory.is_dir() else []
    return tuple(
        KeyLine(
            name=name,
            public=load_signer(directory / name).public.text
            if directory / name in (files.signing, files.next)
            else None,
        )
        for name in found
    )
