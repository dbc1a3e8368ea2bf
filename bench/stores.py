"""Empty stores to measure in, each with an engine of its own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pydantic import SecretStr

from bench.meter import Meter
from crosstip.local_neo4j import Neo4jServer
from graph.engines.embedded import attach
from graph.opening import open_store
from graph.settings import StoreSettings
from graph.store import Store
from ingest.settings import IntakeSettings
from ingest.site import Site, open_site

EMBEDDED, NEO4J = "embedded", "neo4j"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmptyStore:
    """An empty synthetic store, the places of its intake, and a meter on its engine."""

    store: Store
    site: Site
    meter: Meter
    settings: StoreSettings
    """Those that another process opens it with."""


@contextmanager
def empty_store(engine: str, folder: Path) -> Iterator[EmptyStore]:
    """Start an engine in a new folder and open a synthetic store there; both end with it.

    Raises:
        LocalNeo4jError: Neo4j cannot be started.
        StoreError: the store cannot be opened.
        IntakeError: spool or vault cannot be opened.
    """
    folder.mkdir(mode=0o700)
    with ExitStack() as stack:
        settings, pid = _started(engine, folder, stack)
        opened = stack.enter_context(open_store(settings, synthetic=True))
        site = stack.enter_context(open_site(settings.data_dir, IntakeSettings()))
        yield EmptyStore(store=opened.store, site=site, meter=Meter(pid), settings=settings)


def _started(engine: str, folder: Path, stack: ExitStack) -> tuple[StoreSettings, int]:
    if engine == NEO4J:
        server = stack.enter_context(Neo4jServer(folder / "neo4j"))
        settings = StoreSettings(
            data_dir=folder,
            store=server.uri,
            store_user=server.user,
            store_password=SecretStr(server.password),
            store_database="neo4j",
        )
        return settings, server.pid
    settings = StoreSettings(data_dir=folder, store=EMBEDDED)
    # A lease beside the one of `open_store`: it says which process the engine is.
    held = attach(
        settings.data_dir / "engine",
        heap=settings.engine_heap,
        java=settings.engine_java.split(),
        command_timeout_s=max(settings.read_timeout_s, settings.write_timeout_s),
    )
    return settings, stack.enter_context(held).pid
