"""Locks of one process at a time: who holds one, and holding one. Leases are in `lease`.

POSIX record locks (`fcntl`, IEEE Std 1003.1), because they end with their process whatever
ends it, are not inherited by a forked process, and can be asked about without being taken.
Their trap: a process loses its lock when it closes any descriptor of that file. So a file is
opened for its lock only, once per process, and `holder_of` must not be asked about a lock that
this very process holds.
"""

from __future__ import annotations

import fcntl
import os
import struct
import sys
import time
from pathlib import Path
from types import TracebackType

from graph.errors import EngineError

_POLL_S = 0.025
# `struct flock`: Linux has the type first, the BSDs and macOS the offsets first.
_TYPE_FIRST = sys.platform.startswith("linux")
_LAYOUT = "hhqqi" if _TYPE_FIRST else "qqihh"


def holder_of(path: Path) -> int | None:
    """Give the process id that holds the lock on a file, or None when nobody does.

    0 stands for a process that this one cannot see, such as one in another container.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return _ask(descriptor)
    finally:
        os.close(descriptor)


def _ask(descriptor: int) -> int | None:
    if _TYPE_FIRST:
        question = struct.pack(_LAYOUT, fcntl.F_WRLCK, os.SEEK_SET, 0, 0, 0)
        kind, _, _, _, pid = struct.unpack(
            _LAYOUT, fcntl.fcntl(descriptor, fcntl.F_GETLK, question)
        )
    else:
        question = struct.pack(_LAYOUT, 0, 0, 0, fcntl.F_WRLCK, os.SEEK_SET)
        _, _, pid, kind, _ = struct.unpack(
            _LAYOUT, fcntl.fcntl(descriptor, fcntl.F_GETLK, question)
        )
    return None if kind == fcntl.F_UNLCK else max(int(pid), 0)


class HeldLock:
    """A lock on one file, held until `close` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def write(self, text: str) -> None:
        """Replace the content of the locked file."""
        if self._descriptor is not None:
            os.ftruncate(self._descriptor, 0)
            os.pwrite(self._descriptor, text.encode(), 0)

    def is_still(self, path: Path) -> bool:
        """Say whether the locked file is still the one at this path, not removed or replaced."""
        if self._descriptor is None:
            return False
        try:
            return os.path.samestat(os.fstat(self._descriptor), path.stat())
        except FileNotFoundError:
            return False

    def close(self) -> None:
        """Let go of the lock. A second call does nothing."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            os.close(descriptor)

    def __enter__(self) -> HeldLock:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def try_lock(path: Path) -> HeldLock | None:
    """Take the lock on a file, made with mode 0600 when missing; None when somebody has it.

    Raises:
        OSError: the file cannot be opened, or its file system has no locks.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        os.close(descriptor)
        return None
    except BaseException:
        os.close(descriptor)
        raise
    return HeldLock(descriptor)


def wait_for_lock(path: Path, *, deadline: float) -> HeldLock:
    """Take the lock on a file, waiting until a moment of `time.monotonic`.

    Raises:
        EngineError: somebody still holds it then.
    """
    while (held := try_lock(path)) is None:
        if time.monotonic() >= deadline:
            raise EngineError(
                f"The data directory {path.parent} stayed locked: {_name(holder_of(path))} has been"
                f" holding {path.name} all the time. Wait for it or end it, then run the command"
                " again."
            )
        time.sleep(_POLL_S)
    return held


def _name(pid: int | None) -> str:
    return f"process {pid}" if pid else "another process"
