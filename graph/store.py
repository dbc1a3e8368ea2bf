"""The graph store: units of work over one driver. Nothing else opens a session."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import LiteralString, TypeVar

from graph.casework.tip_scope import EVERYTHING, TipScope
from graph.driver import Driver, DriverQuery, GraphDatabase, ManagedTransaction, unit_of_work
from graph.driver_errors import ConstraintError, DriverError, IncompleteCommit, Neo4jError
from graph.errors import GoneError, StoreError, StoreUnavailableError, UnlikeRowError
from graph.patience import bound_waiting, waiting_at_most
from graph.queries.core import P, Query, R
from graph.store_errors import guard_driver_logs, translate
from graph.units import CHUNK as CHUNK
from graph.units import ReadUnit as ReadUnit
from graph.units import WriteUnit as WriteUnit
from graph.writer_lock import WriterLock

T = TypeVar("T")
_LIVENESS_S = 30.0
"""A connection that was idle for longer is asked whether it still leads anywhere."""
_PING_S = 3.0
_TRIES_WHEN_GONE = 5
"""A record that somebody purged meanwhile is made anew by the first repeat; a defect stays one."""
_TRIES_WHEN_UNLIKE = 5
"""A commit under way is over by the first repeat; a defect stays one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoreLimits:
    """Seconds that reads, writes and retries may take."""

    read_s: float = 30.0
    write_s: float = 120.0
    retry_s: float = 30.0


class Store:
    """One graph store over one driver. Thread-safe; close it at the end.

    The time limits hold for a whole transaction on both engines: the driver sends them, and as the
    embedded engine ignores that, they are checked between statements too. A single statement there
    ends by the engine's own limit for commands. A store that says nothing at all is waited for no
    longer than that (`graph.patience`).
    """

    def __init__(
        self,
        uri: str,
        auth: tuple[str, str],
        *,
        database: str,
        limits: StoreLimits | None = None,
        writer_lock: WriterLock | None = None,
        on_outage: Callable[[], None] | None = None,
    ) -> None:
        """Make the driver; nothing is sent yet.

        `on_outage` is asked when the store does not answer; it may raise a StoreError that knows
        the reason.
        """
        guard_driver_logs()
        self.scope = EVERYTHING
        self._on_outage = on_outage
        self._limits = limits if limits is not None else StoreLimits()
        self._database = database
        self._writer_lock = writer_lock
        self._driver: Driver = GraphDatabase.driver(
            uri,
            auth=auth,
            max_transaction_retry_time=self._limits.retry_s,
            connection_acquisition_timeout=self._limits.retry_s,
            liveness_check_timeout=_LIVENESS_S,
            notifications_min_severity="OFF",
        )
        bound_waiting(self._driver)
        self._bookmarks = GraphDatabase.bookmark_manager()

    def seen_by(self, scope: TipScope) -> Store:
        """Give this store with all but some tips out of sight of whoever is answered from it.

        It shares the driver: close either, not both.
        """
        seen = copy.copy(self)
        seen.scope = scope
        return seen

    def close(self) -> None:
        """Close the driver."""
        self._driver.close()

    def __enter__(self) -> Store:
        """Give the store itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close it."""
        self.close()

    def ping(self) -> None:
        """Ask for nothing.

        Raises:
            StoreUnavailableError: the store does not answer.
        """

        def once() -> None:
            with waiting_at_most(_PING_S):
                self._driver.verify_connectivity()

        self._translated("the first contact", once)

    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Give the rows of one read query, in a transaction of its own."""
        return self.reading(lambda unit: unit.read(query, params), name=query.name)

    def reading(self, work: Callable[[ReadUnit], T], *, name: str) -> T:
        """Do several reads that see one state of the store.

        Raises:
            StoreError: see its subclasses; `name` says what was tried.
        """

        @unit_of_work(timeout=self._limits.read_s, metadata={"crosstip": name})
        def within(tx: ManagedTransaction) -> T:
            unit = ReadUnit(tx, name=name, limit_s=self._limits.read_s, scope=self.scope)
            return unit.in_time(work)

        def once() -> T:
            with (
                waiting_at_most(self._limits.read_s),
                self._driver.session(
                    database=self._database, bookmark_manager=self._bookmarks
                ) as session,
            ):
                return session.execute_read(within)

        return self._translated(name, lambda: _seen_whole(once))

    def writing(self, work: Callable[[WriteUnit], T], *, name: str) -> T:
        """Do reads and writes as one transaction, repeated as a whole when that may help.

        `work` must be safe to repeat: it decides from what it reads inside, so a commit whose
        answer was lost is found again instead of done twice.

        Raises:
            StoreError: see its subclasses; nothing was kept unless it is StoreUnavailableError.
        """

        @unit_of_work(timeout=self._limits.write_s, metadata={"crosstip": name})
        def within(tx: ManagedTransaction) -> T:
            unit = WriteUnit(tx, name=name, limit_s=self._limits.write_s, scope=self.scope)
            return unit.in_time(work)

        def once() -> T:
            with (
                self._lock(),
                waiting_at_most(self._limits.write_s),
                self._driver.session(
                    database=self._database, bookmark_manager=self._bookmarks
                ) as session,
            ):
                return session.execute_write(within)

        return self._repeated(name, lambda: _seen_whole(once))

    def declare(self, statements: Iterable[LiteralString]) -> None:
        """Run schema statements, each in a transaction of its own."""

        def once() -> None:
            with self._lock(), self._driver.session(database=self._database) as session:
                for statement in statements:
                    session.run(statement).consume()

        self._translated("schema statements", once)

    def explain(self, text: LiteralString, names: Iterable[str]) -> list[str]:
        """Compile a query with these parameters and give the store's notifications.

        Raises:
            StoreRefusedError: it does not compile.
        """

        def once() -> list[str]:
            with self._driver.session(
                database=self._database, notifications_min_severity="INFORMATION"
            ) as session:
                result = session.run(DriverQuery("EXPLAIN " + text), dict.fromkeys(names))
                statuses = result.consume().gql_status_objects
                return [
                    f"{s.gql_status} {s.status_description}" for s in statuses if s.is_notification
                ]

        return self._translated("compiling a query", once)

    def _lock(self) -> AbstractContextManager[None]:
        if self._writer_lock is None:
            return nullcontext()
        return self._writer_lock.hold(timeout_s=self._limits.write_s)

    def _repeated(self, name: str, once: Callable[[], T]) -> T:
        until = time.monotonic() + self._limits.retry_s
        pause = 0.01
        gone = 0
        while True:
            try:
                return once()
            except GoneError:
                gone += 1
                if gone == _TRIES_WHEN_GONE:
                    raise
            except (ConstraintError, IncompleteCommit) as error:
                if time.monotonic() >= until:
                    raise self._in_words(error, name) from error
            except (DriverError, Neo4jError) as error:
                raise self._in_words(error, name) from error
            time.sleep(pause * (0.5 + random.random()))
            pause = min(pause * 2, 1.0)

    def _translated(self, name: str, once: Callable[[], T]) -> T:
        try:
            return once()
        except (DriverError, Neo4jError) as error:
            raise self._in_words(error, name) from error

    def _in_words(self, error: DriverError | Neo4jError, name: str) -> StoreError:
        translated = translate(error, during=name)
        if self._on_outage is not None and isinstance(translated, StoreUnavailableError):
            try:
                self._on_outage()
            except StoreError as reason:
                return StoreUnavailableError(f"{reason} ({name} was not done.)")
        return translated


def _seen_whole(once: Callable[[], T]) -> T:
    """Give what a unit gives, repeated where it saw a node whose making or end is half done.

    Neo4j lets a reader see a commit while it is applied: a node without its properties (tried:
    one row of twenty while nodes are made and deleted in a loop).
    """
    for _ in range(1, _TRIES_WHEN_UNLIKE):
        try:
            return once()
        except UnlikeRowError:
            time.sleep(0.01 * (0.5 + random.random()))
    return once()
