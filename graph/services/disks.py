"""The disks that an installation needs room on, whichever directories lie on them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from graph.audit.settings import AuditSettings
from graph.disk import DiskState, disk_use

DATA = "the data directory"
_ORDER = tuple(DiskState)


def places() -> Mapping[str, Path]:
    """Give the directories that must have room, by what they are called, the first one first."""
    settings = AuditSettings()
    return {
        DATA: settings.data_dir,
        "the log's keys": settings.keys.root,
        "the published checkpoints": settings.published,
    }


def disk_state(directory: Path) -> DiskState:
    """Give how full the disk of a directory is; one that does not say counts as full."""
    try:
        return disk_use(directory).state
    except OSError:
        return DiskState.FULL


def apart(found: Mapping[str, Path]) -> Mapping[str, Path]:
    """Leave one directory of each disk: what two of them share is said once."""
    seen: dict[int, str] = {}
    for name, directory in found.items():
        seen.setdefault(_device(directory), name)
    return {name: found[name] for name in seen.values()}


def worst(states: Mapping[str, DiskState]) -> DiskState:
    """Give the highest mark that any of the disks reached."""
    return max(states.values(), key=_ORDER.index, default=DiskState.ROOMY)


def _device(directory: Path) -> int:
    there = directory.expanduser().absolute()
    while not there.exists() and there != there.parent:
        there = there.parent
    try:
        return there.stat().st_dev
    except OSError:
        return -1
