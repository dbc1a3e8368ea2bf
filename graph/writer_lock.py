"""One writer at a time on the embedded engine, over threads and processes.

ArcadeDB has no row locks: with several writers the first to commit wins and the others are
starved by the driver's back-off (`engines.md`, "Writers"). Neo4j needs no such lock.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreBusyError

_POLL_S = 0.02


class WriterLock:
    """A lock shared by all threads and processes that name the same file."""

    def __init__(self, path: Path) -> None:
        """Open (and create, mode 0600) the lock file."""
        self._path = path
        self._thread = threading.Lock()

    @contextmanager
    def hold(self, *, timeout_s: float) -> Iterator[None]:
        """Hold the lock.

        Raises:
            StoreBusyError: somebody else held it for `timeout_s` seconds.
        """
        until = time.monotonic() + timeout_s
        if not self._thread.acquire(timeout=timeout_s):
            raise StoreBusyError("Another writer of this process holds the store. Try again.")
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                self._lock_file(handle, until)
                yield
            finally:
                os.close(handle)
        finally:
            self._thread.release()

    def _lock_file(self, handle: int, until: float) -> None:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if time.monotonic() >= until:
                    raise StoreBusyError(
                        "Another process is writing to the store. Try again when it is done."
                    ) from None
                time.sleep(_POLL_S)
            else:
                return
