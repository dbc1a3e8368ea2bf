"""Units of work: reads and writes inside one transaction that the store opened."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import LiteralString, Self, TypeVar

from pydantic import ValidationError

from graph.casework.tip_scope import EVERYTHING, TipScope
from graph.driver import ManagedTransaction
from graph.driver_errors import ServiceUnavailable, SessionExpired
from graph.errors import GoneError, StoreRefusedError, UnlikeRowError
from graph.patience import ran_out
from graph.queries.core import Mode, P, Params, Query, R
from graph.queries.scope import Seeing
from graph.queries.upserts import COUNT_CLAIMS, COUNT_TIPS, INSERT_NODES, INSERT_RELS, UPDATE_NODES
from graph.rows import PropertyRow, node_rows, rel_rows
from graph.store_errors import too_late

T = TypeVar("T")
CHUNK = 5000
"""Rows in one statement: larger lists gain nothing and hold memory on both sides."""


class ReadUnit:
    """Reads inside one transaction, within one time limit for all of it."""

    def __init__(
        self, tx: ManagedTransaction, *, name: str, limit_s: float, scope: TipScope = EVERYTHING
    ) -> None:
        """Wrap a transaction that the store opened; `name` says what is done in it."""
        self._tx = tx
        self._name = name
        self.scope = scope
        self._until = time.monotonic() + limit_s

    def in_time(self, work: Callable[[Self], T]) -> T:
        """Give what `work` makes of this unit.

        Raises:
            StoreTimeoutError: it took longer than the limit, or the store said nothing for so
                long; the store rolls it back.
        """
        try:
            done = work(self)
        except (ServiceUnavailable, SessionExpired) as error:
            if ran_out(error):
                raise too_late(self._name) from error
            raise
        self._require_time()
        return done

    def _require_time(self) -> None:
        if time.monotonic() > self._until:
            raise too_late(self._name)

    def read(self, query: Query[P, R], params: P) -> list[R]:
        """Give the rows of a read query.

        Raises:
            StoreRefusedError: the query writes, or gives more rows than it declares.
            UnlikeRowError: a row is not as declared; the store repeats the unit.
        """
        if query.mode is not Mode.READ:
            raise StoreRefusedError(f"{query.name} writes; it needs a write unit.")
        return self._rows(query, params)

    def _values(self, params: Params) -> dict[str, object]:
        """Give the parameters as sent; whose tips are seen is the unit's to say, nobody else's."""
        values: dict[str, object] = params.model_dump()
        if isinstance(params, Seeing):
            values["everything"] = self.scope.everything
            values["holder"] = self.scope.holder
        return values

    def _rows(self, query: Query[P, R], params: P) -> list[R]:
        self._require_time()
        result = self._tx.run(query.text, self._values(params))
        # A record is a tuple of its values; asking it for each by name takes most of the time.
        keys = result.keys()
        row = query.row.model_validate
        try:
            rows = [row(dict(zip(keys, record, strict=True))) for record in result]
        except ValidationError as error:
            # Its own words show the values, which are somebody's.
            columns = sorted({str(each["loc"][0]) for each in error.errors() if each["loc"]})
            raise UnlikeRowError(
                f"{query.name} gave a row whose {', '.join(columns)} is not as declared, also "
                "when it was repeated. Nothing was changed. This is a defect: report it."
            ) from None
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
        self._tx.run(query.text, self._values(params)).consume()
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
