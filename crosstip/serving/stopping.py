"""Signals to end, as an event that a program waits for."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def told_to_end() -> Iterator[threading.Event]:
    """Give the event that the first signal to end sets; a second one is ignored.

    SIGINT, SIGTERM and SIGHUP, on the main thread only.
    """
    over = threading.Event()

    def end(_signal: int, _frame: FrameType | None) -> None:
        over.set()

    names = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {name: signal.signal(name, end) for name in names}
    try:
        yield over
    finally:
        for name, handler in before.items():
            signal.signal(name, handler)
