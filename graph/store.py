"""The graph store: units of work over one driver. Nothing else opens a session."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import LiteralString, Self, TypeVar

from graph.driver import Driver, DriverQuery, GraphDatabase, ManagedTransaction, unit_of_work
from graph.driver_errors import ConstraintError, DriverError, IncompleteCommit, Neo4jError
from graph.errors import GoneError, StoreError, StoreRefusedError, StoreUnavailableError
from graph.queries.core import Mode, P, Query, R
from graph.queries.upserts import COUNT_CLAIMS, COUNT_TIPS, INSERT_NODES, INSERT_RELS, UPDATE_NODES
from graph.rows import PropertyRow, node_rows, rel_rows
from graph.store_errors import guard_driver_logs, too_late, translate
from graph.writer_lock import WriterLock

T = TypeVar("T")
_TRIES_WHEN_GONE = 5
"""A record that somebody purged meanwhile is made anew by the first repeat; a defect stays one."""
CHUNK = 5000
"""Rows in one statement: larger lists gain nothing and hold memory on both sides."""


class ReadUnit:
    """Reads inside one transaction, within one time limit for all of it."""

    def __init__(self, tx: ManagedTransaction, *, name: str, limit_s: float) -> None:
        """Wrap a transaction that the store opened; `name` says what is done in it."""
        self._tx = tx
        self._name = name
        self._until = time.monotonic() + limit_s

    def in_time(self, work: Callable[[Self], T]) -> T:
        """Give what `work` makes of this unit.

        Raises:
            StoreTimeoutError: it took longer than the limit; the store rolls it back.
        """
        done = work(self)
        self._require_time()
        return done

    def _require_time(self) -> None:
        if time.monotonic() > self._until:
            raise too_late(self._name)

    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Give the rows of a read query.

        Raises:
            StoreRefusedError: the query writes, or gives more rows than it declares.
        """
        if query.mode is not Mode.READ:
            raise StoreRefusedError(f"{query.name} writes; it needs a write unit.")
        return self._rows(query, params)

    def _rows(self, query: Query[P, R], params: P) -> list[R]:
        self._require_time()
        result = self._tx.run(query.text, params.model_dump())
        # A record is a tuple of its values; asking it for each by name takes most of the time.
        keys = result.keys()
        rows = [query.row.model_validate(dict(zip(keys, record, strict=True))) for record in result]
        if query.mode is Mode.READ and len(rows) > query.max_rows:
            raise StoreRefusedError(f"{query.name} gave more than {query.max_rows} rows.")
        return rows


class WriteUnit(ReadUnit):
    """Reads and writes inside one transaction; repeated as a whole when it must be retried."""

    def run(self, query: Query[P, R], params: P) -> list[R]:
        """Run a write query of the catalogue and give its rows."""
        if len(query.row.model_fields) > 0:
            return self._rows(query, params)
        self._require_time()
        self._tx.run(query.text, params.model_dump()).consume()
        return []

    def insert_nodes(self, label: str, rows: Iterable[PropertyRow]) -> None:
        """Create the nodes that are missing.

        Raises:
            RowError: a row breaks the schema; nothing of this unit is kept.
        """
        self._rows_of(INSERT_NODES[label], node_rows(label, rows))

    def update_nodes(self, label: str, rows: Iterable[PropertyRow]) -> None:
        """Set every property of nodes that are there; a property absent from a row is removed."""
        self._rows_of(UPDATE_NODES[label], node_rows(label, rows))

    def insert_rels(
        self, rel_type: str, ends: tuple[str, str], rows: Iterable[tuple[str, str, PropertyRow]]
    ) -> None:
        """Create one edge for each (start key, end key, properties) between the two labels.

        Raises:
            GoneError: an end is not there, such as one that was purged meanwhile: the store
                repeats the unit.
        """
        self._all_of(INSERT_RELS[(rel_type, *ends)], rel_rows(rel_type, rows))

    def count_tips(self, label: str, deltas: dict[str, tuple[int, int]]) -> list[str]:
        """Change how many tips link through, and mention, the identifiers of one kind.

        In key order, so that two writers lock alike. Gives the claimed ones, read under the lock.

        Raises:
            GoneError: one of them is not there; as for `insert_rels`.
        """
        rows: list[PropertyRow] = [
            {"key": k, "linking": deltas[k][0], "mentions": deltas[k][1]} for k in sorted(deltas)
        ]
        return self._all_of(COUNT_TIPS[label], rows)

    def count_claims(self, label: str, deltas: dict[str, int]) -> None:
        """Change how many claims are on identifiers of one kind, in key order.

        Raises:
            GoneError: one of them is not there; as for `insert_rels`.
        """
        rows: list[PropertyRow] = [{"key": k, "claims": deltas[k]} for k in sorted(deltas)]
        self._all_of(COUNT_CLAIMS[label], rows)

    def _rows_of(self, text: LiteralString, rows: list[PropertyRow]) -> None:
        for start in range(0, len(rows), CHUNK):
            self._require_time()
            self._tx.run(text, {"rows": rows[start : start + CHUNK]}).consume()

    def _all_of(self, text: LiteralString, rows: list[PropertyRow]) -> list[str]:
        """Run a statement that says how many rows it found, and give the keys that it gives."""
        keys: list[str] = []
        for start in range(0, len(rows), CHUNK):
            self._require_time()
            part = rows[start : start + CHUNK]
            record = self._tx.run(text, {"rows": part}).single(strict=True)
            if record["done"] != len(part):
                raise GoneError(
                    f"{len(part) - int(record['done'])} records that {self._name} needs are not "
                    "there, or no longer. Nothing was changed; try again."
                )
            keys += [str(key) for key in record.get("keys", ())]
        return keys


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
    ends by the engine's own limit for commands.
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
        self._on_outage = on_outage
        self._limits = limits if limits is not None else StoreLimits()
        self._database = database
        self._writer_lock = writer_lock
        self._driver: Driver = GraphDatabase.driver(
            uri,
            auth=auth,
            max_transaction_retry_time=self._limits.retry_s,
            connection_acquisition_timeout=self._limits.retry_s,
            notifications_min_severity="OFF",
        )
        self._bookmarks = GraphDatabase.bookmark_manager()

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
        self._translated("the first contact", self._driver.verify_connectivity)

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
            return ReadUnit(tx, name=name, limit_s=self._limits.read_s).in_time(work)

        def once() -> T:
            with self._driver.session(
                database=self._database, bookmark_manager=self._bookmarks
            ) as session:
                return session.execute_read(within)

        return self._translated(name, once)

    def writing(self, work: Callable[[WriteUnit], T], *, name: str) -> T:
        """Do reads and writes as one transaction, repeated as a whole when that may help.

        `work` must be safe to repeat: it decides from what it reads inside, so a commit whose
        answer was lost is found again instead of done twice.

        Raises:
            StoreError: see its subclasses; nothing was kept unless it is StoreUnavailableError.
        """

        @unit_of_work(timeout=self._limits.write_s, metadata={"crosstip": name})
        def within(tx: ManagedTransaction) -> T:
            return WriteUnit(tx, name=name, limit_s=self._limits.write_s).in_time(work)

        def once() -> T:
            with (
                self._lock(),
                self._driver.session(
                    database=self._database, bookmark_manager=self._bookmarks
                ) as session,
            ):
                return session.execute_write(within)

        return self._repeated(name, once)

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
