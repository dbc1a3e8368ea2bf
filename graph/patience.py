"""How long the driver waits for the store's next byte. It has no setting for that.

A store that went without a word (a pulled cable, a firewall that forgot the connection, a host that
stands still) sends neither an answer nor a reset: a thread that reads from it waits until the
system gives up, hours with the usual keep-alive, and a pool of them is soon all of them. So each
connection that a unit of work is given waits no longer than that unit may take.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from graph.driver import Driver

MARGIN_S = 2.0
"""What ends by the store's own limit comes with the store's own reason, so that has time to come.
"""
_PATIENCE: ContextVar[float | None] = ContextVar("patience", default=None)


@contextmanager
def waiting_at_most(seconds: float) -> Iterator[None]:
    """Let connections that are taken meanwhile wait so long for each answer, and a margin."""
    before = _PATIENCE.set(seconds + MARGIN_S)
    try:
        yield
    finally:
        _PATIENCE.reset(before)


def bound_waiting(driver: Driver) -> None:
    """Make a driver's connections wait as `waiting_at_most` says; elsewhere without an end.

    The driver has this time itself, for a hint that some servers give
    (`connection.recv_timeout_seconds`), and no way to set it: hence its pool is reached into, here
    alone. `tests/graph/test_silent_store.py` fails when a new driver has it elsewhere.
    """
    pool: Any = driver._pool  # noqa: SLF001 - see above
    acquire = pool.acquire

    def acquired(*args: Any, **kwargs: Any) -> Any:
        connection = acquire(*args, **kwargs)
        connection.socket.set_read_timeout(_PATIENCE.get())
        return connection

    pool.acquire = acquired


def ran_out(error: BaseException) -> bool:
    """Say whether a driver's error comes of an answer that did not come in time."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, TimeoutError):
            return True
        cause = cause.__cause__ if cause.__cause__ is not None else cause.__context__
    return False
