"""Reads are logged before their answer leaves, many in one transaction.

Whoever finds nobody writing writes for all who wait; those who come meanwhile are the next group.
So one reader alone waits for one small transaction, and a hundred wait for two.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, field

from graph.audit.records import AuditRecord
from graph.clock import now_us
from graph.errors import CrosstipError, StoreBusyError, StoreUnavailableError
from graph.services.audit_leaves import Leaf, record_of, write_records
from graph.store import Store

MOST_WAITING = 2000
"""Leaves that may wait at once; more are refused, and their answers with them."""
WAIT_S = 10.0
"""How long an answer waits for its leaf before it is refused."""


@dataclass(slots=True)
class _Group:
    """Leaves that are written together, and what became of them."""

    records: list[AuditRecord] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)
    failure: CrosstipError | None = None


class ReadLog:
    """Writes leaves of reads for many threads. An answer leaves only after `note` came back."""

    def __init__(
        self, store: Store, *, most_waiting: int = MOST_WAITING, wait_s: float = WAIT_S
    ) -> None:
        """Take the store, and the bounds of waiting."""
        self._store = store
        self._most_waiting = most_waiting
        self._wait_s = wait_s
        self._lock = threading.Lock()
        self._next = _Group()
        self._waiting = 0
        self._is_writing = False

    def note(self, leaves: Sequence[Leaf], *, actor: str) -> None:
        """Come back when the leaves are committed.

        On an error the answer must not be given. Its leaf may then be in the log all the same: the
        log never says less than what was shown.

        Raises:
            RowError: a leaf cannot be encoded.
            StoreBusyError: too many leaves wait already.
            StoreUnavailableError: they could not be written in time.
            StoreError: the store refused them.
        """
        at_us = now_us()
        records = [record_of(leaf, actor=actor, at_us=at_us) for leaf in leaves]
        if len(records) == 0:
            return
        with self._lock:
            if self._waiting + len(records) > self._most_waiting:
                raise StoreBusyError(
                    "Too many answers wait for the log; this one was not given. Try again."
                )
            self._waiting += len(records)
            group = self._next
            group.records.extend(records)
            leads = not self._is_writing
            self._is_writing = True
        try:
            if leads:
                self._write_all()
            elif not group.done.wait(self._wait_s):
                raise StoreUnavailableError(
                    f"The log was not written within {self._wait_s:g} s, so the answer was not "
                    "given. Try again; if it stays so, look whether the store takes writes."
                )
            if group.failure is not None:
                raise _again(group.failure)
        finally:
            with self._lock:
                self._waiting -= len(records)

    def _write_all(self) -> None:
        """Write the group that waits; hand the writing over when another one has come up."""
        with self._lock:
            group, self._next = self._next, _Group()
        try:
            self._store.writing(
                lambda unit: write_records(unit, group.records), name="logging what is read"
            )
        except CrosstipError as error:
            group.failure = error
        except BaseException:
            group.failure = StoreUnavailableError("The log was not written; no answer was given.")
            raise
        finally:
            group.done.set()
            self._hand_over()

    def _hand_over(self) -> None:
        with self._lock:
            if len(self._next.records) == 0:
                self._is_writing = False
                return
        # A thread of its own: the one that wrote has an answer to give.
        threading.Thread(target=self._write_all, name="read log", daemon=True).start()


def _again(failure: CrosstipError) -> CrosstipError:
    """Give the same error for another thread: one exception is not raised in two of them."""
    return type(failure)(str(failure))
