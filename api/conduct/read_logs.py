"""The log of what is read: one for each open store, so that answers at one time share a commit."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from fastapi import FastAPI

from graph.services.audit_reads import ReadLog
from graph.store import Store


@dataclass(slots=True)
class _Newest:
    lock: threading.Lock = field(default_factory=threading.Lock)
    store: Store | None = None
    log: ReadLog | None = None


def read_log_of(app: FastAPI, store: Store) -> ReadLog:
    """Give the log of what is read from a store; one that was opened anew gets a new one."""
    newest = getattr(app.state, "read_log", None)
    if not isinstance(newest, _Newest):
        newest = app.state.read_log = _Newest()
    with newest.lock:
        if newest.log is None or newest.store is not store:
            newest.store, newest.log = store, ReadLog(store)
        return newest.log
