"""Real stores for tests: one embedded engine and one Neo4j for a whole run, wiped between tests."""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import LiteralString

from graph.engines.embedded import EmbeddedEngine, attach
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
from graph.units import WriteUnit

ENGINES = ("embedded", "neo4j")
ENGINE_JAVA = "CROSSTIP_ENGINE_JAVA"
FOR_MINUTES = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""An engine that lives for minutes spends most of its time on Java's second compiler."""
UNVERIFIED = ("-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote")
"""Neo4j's own classes are loaded as they are: that saves a sixth of a start."""
FOR_SMALL_STORES = ("dbms.cypher.min_replan_interval=1h",)
"""Else Neo4j plans each text anew when ten seconds later a store of ten nodes holds twenty."""
_WIPE: LiteralString = (
    "MATCH (n) WHERE none(label IN labels(n) WHERE label IN $keeping) "
    "WITH n LIMIT 5000 DETACH DELETE n RETURN count(n) AS gone"
)
_MOST = 5000
"""Nodes that `_WIPE` removes at once."""


_SITE = ("spool", "vault", "quarantine", "uploads", "exports")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningStore:
    """An open store, the settings that open it again, and a raw driver for looking inside."""

    engine: str
    settings: StoreSettings
    opened: OpenStore
    admin: EmbeddedEngine | None
    """The embedded engine, for what Cypher cannot do."""

    @property
    def store(self) -> Store:
        """The store."""
        return self.opened.store

    def rows(self, text: LiteralString, **params: object) -> list[tuple[object, ...]]:
        """Run a query of a test's own and give its rows."""
        store = self.opened.store
        with store._driver.session(database=store._database) as session:
            return [tuple(record.values()) for record in session.run(text, params)]

    def empty(self, *, keeping: Collection[str] = ()) -> None:
        """Delete all edges, and the nodes that have none of these labels."""
        if self.admin is not None:
            _delete_by_type(self.admin, keeping)
        while self.rows(_WIPE, keeping=list(keeping))[0][0] == _MOST:
            pass

    def wipe(self, *, synthetic: bool) -> None:
        """Empty the store, and what intake keeps beside it, and make it a new one."""
        # Another test's site may be sealed with a key that was that test's own.
        for name in _SITE:
            shutil.rmtree(self.settings.data_dir / name, ignore_errors=True)
        self.empty()
        created = CreateStoreInfoParams(synthetic=synthetic, created_us=0)
        version = SetVersionParams(version=SCHEMA.version)

        def make(unit: WriteUnit) -> None:
            unit.run(CREATE_STORE_INFO, created)
            unit.run(SET_VERSION, version)

        self.store.writing(make, name="test store")


def _delete_by_type(engine: EmbeddedEngine, keeping: Collection[str]) -> None:
    """Delete type by type in the engine's SQL, links first: ten times faster than in Cypher."""
    found = engine.sql("SELECT name, type, records FROM schema:types")
    filled = sorted(
        (row["type"] != "edge", str(row["name"]))
        for row in found
        if row["records"] != 0 and row["name"] not in keeping
    )
    if len(filled) > 0:
        engine.sql_script(f"DELETE FROM `{name}`" for _, name in filled)  # noqa: S608 - the schema's


@contextmanager
def running(engine: str, settings: StoreSettings) -> Iterator[RunningStore]:
    """Open a store for tests."""
    with ExitStack() as stack:
        opened = stack.enter_context(open_store(settings))
        admin = None
        if engine == "embedded":
            admin = stack.enter_context(attach(settings.data_dir / "engine"))
        yield RunningStore(engine=engine, settings=settings, opened=opened, admin=admin)
