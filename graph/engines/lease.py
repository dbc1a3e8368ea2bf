"""Leases: who uses an embedded engine right now.

A lease is a file that its holder keeps locked. When the holder ends, by whatever cause, the
system frees the lock, and the file that is left counts for nothing.

The locks are those of `flock`, which last as long as the descriptor: a holder may read or copy
its data directory without losing a lease, as it would lose a POSIX record lock. A forked
process inherits the descriptor; it is closed there at once.
"""

from __future__ import annotations

import fcntl
import os
import secrets
from pathlib import Path

from graph.engines.paths import EngineFiles

_SUFFIX = ".lease"


class Lease:
    """One holder's use of the engine, from `take_lease` to `free` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor
        self._path: Path | None = None
        _OPEN.add(self)

    def lock(self, path: Path) -> None:
        """Lock the file, which lies at this path for now."""
        if self._descriptor is not None:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._path = path

    def name(self, name: str) -> None:
        """Give the locked file the name under which it counts."""
        if self._path is not None:
            self._path = self._path.rename(self._path.with_name(name))

    def free(self) -> None:
        """End the lease. A second call does nothing, nor does one in a forked process."""
        descriptor = self.forget()
        if descriptor is not None:
            if self._path is not None:
                self._path.unlink(missing_ok=True)
            os.close(descriptor)

    def forget(self) -> int | None:
        """Let go of the descriptor and give it, or None when that has happened before."""
        descriptor, self._descriptor = self._descriptor, None
        _OPEN.discard(self)
        return descriptor


_OPEN: set[Lease] = set()


def _close_inherited() -> None:
    for lease in list(_OPEN):
        descriptor = lease.forget()
        if descriptor is not None:
            os.close(descriptor)


os.register_at_fork(after_in_child=_close_inherited)


def take_lease(files: EngineFiles) -> Lease:
    """Take a lease for this process.

    Raises:
        OSError: the directory cannot be written, or its file system has no locks.
    """
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    # Named only once it is locked: an unlocked lease is a dead one and may be removed.
    unready = files.leases / f"{name}.new"
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
    lease = Lease(os.open(unready, flags, 0o600))
    try:
        lease.lock(unready)
        lease.name(f"{name}{_SUFFIX}")
    except BaseException:
        lease.free()
        unready.unlink(missing_ok=True)
        raise
    return lease


def count_leases(files: EngineFiles) -> int:
    """Count the living leases and remove the files of dead ones.

    Raises:
        OSError: the directory cannot be read; nothing is known about the leases then.
    """
    try:
        found = [path for path in files.leases.iterdir() if path.suffix == _SUFFIX]
    except FileNotFoundError:
        return 0
    return sum(_is_living(path) for path in found)


def _is_living(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        path.unlink(missing_ok=True)
        return False
    finally:
        os.close(descriptor)
