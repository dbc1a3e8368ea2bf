"""How many answers that stay open each user has."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import FastAPI

from api.conduct.allowances import TooManyError

MOST = 4
"""Of one user, in one process: a page each on a few screens."""
_RETRY_S = 60


class Streams:
    """Counts streams by user. Safe to share among threads."""

    def __init__(self) -> None:
        """Begin with none."""
        self._lock = threading.Lock()
        self._open: Counter[str] = Counter()

    def require_room(self, user: str) -> None:
        """Come back when the user may open one more.

        Raises:
            TooManyError: they read as many as they may.
        """
        with self._lock:
            if self._open[user] >= MOST:
                raise TooManyError("Your streams: too many are open; the", _RETRY_S)

    @contextmanager
    def counted(self, user: str) -> Iterator[None]:
        """Count one while it is open."""
        with self._lock:
            self._open[user] += 1
        try:
            yield
        finally:
            with self._lock:
                self._open[user] -= 1


def streams_of(app: FastAPI) -> Streams:
    """Give the count of the application's streams."""
    found = getattr(app.state, "streams", None)
    if not isinstance(found, Streams):
        found = app.state.streams = Streams()
    return found
