"""Leases: who uses an embedded engine right now.

A lease is a file that its holder keeps locked. When the holder ends, by whatever cause, the
system frees the lock, and the file that is left counts for nothing.
"""

from __future__ import annotations

import os
import secrets

from graph.engines.locks import HeldLock, holder_of, try_lock
from graph.engines.paths import EngineFiles
from graph.errors import EngineError

_SUFFIX = ".lease"


class Lease:
    """One process's use of the engine, from `take_lease` to `free`."""

    def __init__(self, files: EngineFiles, name: str, held: HeldLock) -> None:
        self._path = files.leases / name
        self._held = held
        self._pid = os.getpid()

    def free(self) -> None:
        """End the lease. A second call does nothing, nor does one in a forked process."""
        if os.getpid() == self._pid:
            self._path.unlink(missing_ok=True)
            self._held.close()


def take_lease(files: EngineFiles) -> Lease:
    """Take a lease for this process.

    Raises:
        OSError: the directory cannot be written.
    """
    name = f"{os.getpid()}-{secrets.token_hex(4)}"
    unready = files.leases / f"{name}.new"
    held = try_lock(unready)
    if held is None:
        raise EngineError(f"The new file {unready} is locked already. Run the command again.")
    # Named only once it is locked: an unlocked lease is a dead one and may be removed.
    unready.rename(files.leases / f"{name}{_SUFFIX}")
    return Lease(files, f"{name}{_SUFFIX}", held)


def count_leases(files: EngineFiles) -> int:
    """Count the living leases and remove the files of dead ones.

    Only for a process that holds none itself: it would count as dead, and lose its lock.
    """
    living = 0
    try:
        found = [p for p in files.leases.iterdir() if p.suffix == _SUFFIX]
    except FileNotFoundError:
        return 0
    for path in found:
        if holder_of(path) is not None:
            living += 1
        else:
            path.unlink(missing_ok=True)
    return living
