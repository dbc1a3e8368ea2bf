"""How full the disk is, against the marks at which people are told (CJIS AU-4, AU-5)."""

from __future__ import annotations

import errno
import shutil
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

MARKS = (80, 90, 95)
"""Per cent: told, told as pressing, told as full."""


_NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


def is_no_room(error: OSError) -> bool:
    """Say whether a write failed as there is no room: on the disk, of a quota, or in a file."""
    return error.errno in _NO_ROOM


class DiskState(StrEnum):
    """How full a disk is."""

    ROOMY = "roomy"
    FILLING = "filling"
    """From 80 % on."""
    NEARLY_FULL = "nearly full"
    """From 90 % on."""
    FULL = "full"
    """From 95 % on: soon nothing is received and nothing logged, and then nothing is shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DiskUse:
    """How full the disk of a directory is."""

    used_percent: int
    free_bytes: int

    @property
    def state(self) -> DiskState:
        """The highest mark that is reached."""
        return state_of(self.used_percent)


def state_of(used_percent: int) -> DiskState:
    """Give the highest mark that a percentage reaches."""
    reached = sum(used_percent >= mark for mark in MARKS)
    return tuple(DiskState)[reached]


def disk_use(directory: Path) -> DiskUse:
    """Give how full the disk is on which a directory lies, or would be made.

    Of what an ordinary account may use, rounded up: what is kept for root is not free.

    Raises:
        OSError: the disk does not say.
    """
    there = directory.expanduser().resolve()
    while not there.exists():
        there = there.parent
    total, used, free = shutil.disk_usage(there)
    usable = used + free
    return DiskUse(
        used_percent=-(-used * 100 // usable) if min(total, usable) > 0 else 100, free_bytes=free
    )
