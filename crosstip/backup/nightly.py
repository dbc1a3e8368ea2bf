"""The worker's backup: one a day into a directory, the oldest removed."""

from __future__ import annotations

from pathlib import Path

from crosstip.backup.keys import read_key
from crosstip.backup.making import Source, make_backup
from crosstip.backup.settings import BackupSettings
from crosstip.upkeep.table import DAY_S, At, Done, DutyFailedError
from graph.clock import iso
from graph.services.timetable import SECOND_US
from graph.settings import StoreSettings

_PREFIX, _SUFFIX = "crosstip-", ".backup"


def no_backup_place() -> str | None:
    """Say why the worker makes no backup here; None when it does."""
    if BackupSettings().dir is None:
        return "CROSSTIP_BACKUP_DIR names no directory"
    if not StoreSettings().is_embedded:
        return "a Neo4j is dumped while it is stopped: docs/operations.md, Backup"
    return None


def file_name(at_us: int) -> str:
    """Give the name of a backup made at a time; by name they sort by time."""
    return f"{_PREFIX}{iso(at_us)[:19].replace(':', '')}Z{_SUFFIX}"


def make_nightly(at: At) -> Done:
    """Write a backup to the worker's directory and remove the oldest.

    Raises:
        DutyFailedError: no directory is named, or it is not there.
        BackupError, AuditError, StoreError: it could not be made; older ones are left alone.
    """
    settings = BackupSettings()
    if settings.dir is None or not settings.dir.is_dir():
        # Not made here: a disk that is not mounted would be filled in its mount point.
        raise DutyFailedError(f"The directory {settings.dir} of backups is not there.")
    key = None if settings.key is None else read_key(settings.key)
    path = settings.dir / file_name(at.caller.as_of_us)
    _remove_unfinished(settings.dir, at.caller.as_of_us)
    made = make_backup(Source(settings=at.settings), path, key=key)
    removed = _remove_old(settings.dir, settings.keep)
    sealed = "sealed" if made.is_sealed else "NOT sealed"
    outcome = f"{len(made.manifest.files)} files, {made.bytes >> 20} MiB, {sealed}"
    # Nobody reads the manifest until it is needed.
    left_out = "; ".join(made.manifest.left_out)
    outcome = f"{outcome}, {removed} old ones removed; not in it: {left_out}"
    return Done(outcome=outcome, is_logged=False)


def _remove_unfinished(directory: Path, at_us: int) -> None:
    """Remove what a backup left that was killed a day ago or more: it fills the disk, unseen."""
    for path in directory.glob(f"{_PREFIX}*{_SUFFIX}.*.part"):
        if at_us - path.stat().st_mtime_ns // 1000 > DAY_S * SECOND_US:
            path.unlink(missing_ok=True)


def _remove_old(directory: Path, keep: int) -> int:
    old = sorted(directory.glob(f"{_PREFIX}*{_SUFFIX}"))[:-keep]
    for path in old:
        path.unlink()
    return len(old)
