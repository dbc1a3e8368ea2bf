"""Real stores for tests: one embedded engine and one Neo4j for a whole run, wiped between tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import LiteralString

from graph.engines.embedded import attach
from graph.opening import OpenStore, open_store
from graph.queries.meta import (
    CREATE_STORE_INFO,
    SET_VERSION,
    CreateStoreInfoParams,
    SetVersionParams,
)
from graph.schema import SCHEMA
from graph.settings import StoreSettings
from graph.store import Store

ENGINES = ("embedded", "neo4j")
ENGINE_JAVA = "CROSSTIP_ENGINE_JAVA"
FOR_MINUTES = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""An engine that lives for minutes spends most of its time on Java's second compiler."""
_WIPE: LiteralString = "MATCH (n) WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS gone"
_SIZE: LiteralString = "MATCH (n) RETURN count(n) AS size"
_FEW = 500
"""Nodes; with fewer Cypher is as fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStore:
    """An open store, the settings that open it again, and a raw driver for looking inside."""

    engine: str
    settings: StoreSettings
    opened: OpenStore

    @property
    def store(self) -> Store:
        """The store."""
        return self.opened.store

    def rows(self, text: LiteralString, **params: object) -> list[tuple[object, ...]]:
        """Run a query of a test's own and give its rows."""
        store = self.opened.store
        with store._driver.session(database=store._database) as session:
            return [tuple(record.values()) for record in session.run(text, params)]

    def wipe(self, *, synthetic: bool) -> None:
        """Empty the store and make it a new one."""
        if self.engine == "embedded" and self.rows(_SIZE)[0] > (_FEW,):
            self._delete_all()
        while self.rows(_WIPE)[0][0] != 0:
            pass
        created = CreateStoreInfoParams(synthetic=synthetic, created_us=0)
        version = SetVersionParams(version=SCHEMA.version)
        self.store.writing(lambda unit: unit.run(CREATE_STORE_INFO, created), name="test store")
        self.store.writing(lambda unit: unit.run(SET_VERSION, version), name="test store")

    def _delete_all(self) -> None:
        """Delete type by type in the engine's SQL: ten times faster than in Cypher."""
        with attach(self.settings.data_dir / "engine") as engine:
            for name in (*SCHEMA.rel_by_type, *SCHEMA.node_by_label):
                engine.sql(f"DELETE FROM `{name}`")  # noqa: S608 - names of the schema


@contextmanager
def running(engine: str, settings: StoreSettings) -> Iterator[RunningStore]:
    """Open a store for tests."""
    with open_store(settings) as opened:
        yield RunningStore(engine=engine, settings=settings, opened=opened)
