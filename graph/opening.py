"""Opens the store that the settings name: the embedded engine or a Neo4j."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from graph.basis import basis_of
from graph.ddl.migrate import prepare
from graph.ddl.migrations import EmbeddedSchema
from graph.engines.embedded import EmbeddedEngine, attach
from graph.queries.meta import StoreInfoRow
from graph.routing.site_files import GEOLOCATION_FOLDER, RoutingFiles
from graph.scoring.pairs import Basis
from graph.settings import StoreSettings
from graph.store import Store, StoreLimits
from graph.writer_lock import WriterLock


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenStore:
    """A store that is ready, and what it is."""

    store: Store
    info: StoreInfoRow
    basis: Basis
    """Weights and networks that links are computed with."""
    routing: RoutingFiles = field(default_factory=RoutingFiles)
    """Files that proposals of holders rest on."""


@contextmanager
def open_store(settings: StoreSettings, *, synthetic: bool | None = None) -> Iterator[OpenStore]:
    """Open the store, bring its schema up to date, and close it at the end.

    `synthetic` says what kind of store the caller wants; None takes it as it is.

    Raises:
        EngineError: the embedded engine does not start.
        StoreUnavailableError: the Neo4j does not answer.
        SchemaError: the store is newer than this version, or damaged.
        WrongStoreError: the store is synthetic and a real one is wanted, or the other way round.
        SettingsError: the password for Neo4j is missing, or a file that links rest on is wrong.
    """
    basis = basis_of(settings)
    with ExitStack() as stack:
        store, embedded = _connected(settings, stack)
        store.ping()
        info = prepare(store, synthetic=synthetic, embedded=embedded)
        files = RoutingFiles(folder=_geolocation(settings), networks=basis.networks)
        yield OpenStore(store=store, info=info, basis=basis, routing=files)


def _geolocation(settings: StoreSettings) -> Path:
    if settings.geolocation is not None:
        return settings.geolocation
    return settings.data_dir / GEOLOCATION_FOLDER


@contextmanager
def open_untouched(settings: StoreSettings) -> Iterator[Store]:
    """Open a store as it is, to look whether it is what it should be: its schema is left alone.

    Raises:
        EngineError: the embedded engine does not start.
        StoreUnavailableError: the Neo4j does not answer.
        SettingsError: the password for Neo4j is missing.
    """
    with ExitStack() as stack:
        store, _ = _connected(settings, stack)
        store.ping()
        yield store


def _connected(settings: StoreSettings, stack: ExitStack) -> tuple[Store, EmbeddedSchema | None]:
    limits = StoreLimits(
        read_s=settings.read_timeout_s,
        write_s=settings.write_timeout_s,
        retry_s=settings.retry_for_s,
    )
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    embedded: EmbeddedSchema | None = None
    if settings.is_embedded:
        engine = stack.enter_context(
            attach(
                settings.data_dir / "engine",
                heap=settings.engine_heap,
                java=settings.engine_java.split(),
                command_timeout_s=max(settings.read_timeout_s, settings.write_timeout_s),
            )
        )
        embedded = _embedded_schema(engine)
        store = Store(
            engine.bolt_uri,
            (engine.user, engine.password.get_secret_value()),
            database=engine.database,
            limits=limits,
            writer_lock=WriterLock(settings.data_dir / "engine-writer.lock"),
            on_outage=lambda: engine.check(within_s=0.5),
        )
    else:
        store = Store(
            settings.store,
            (settings.store_user, settings.require_password()),
            database=settings.store_database,
            limits=limits,
        )
    stack.enter_context(store)
    return store, embedded


class _TypeProperty(BaseModel):
    name: str
    type: str


class _Type(BaseModel):
    name: str
    properties: list[_TypeProperty]


def _embedded_schema(engine: EmbeddedEngine) -> EmbeddedSchema:
    def read_types() -> dict[tuple[str, str], str]:
        rows = engine.sql("SELECT name, properties FROM schema:types")
        types = [_Type.model_validate(row) for row in rows]
        return {(t.name, prop.name): prop.type for t in types for prop in t.properties}

    return EmbeddedSchema(run_script=engine.sql_script, read_types=read_types)
