"""Brings a store to the schema of this version, and refuses one that it does not understand."""

from __future__ import annotations

from graph.clock import now_us
from graph.ddl.migrations import MIGRATIONS, EmbeddedSchema, Migration, declare_everything
from graph.ddl.statements import expected_types
from graph.errors import SchemaError, WrongStoreError
from graph.queries.core import NoParams
from graph.queries.meta import (
    CREATE_STORE_INFO,
    SET_VERSION,
    STORE_INFO,
    CreateStoreInfoParams,
    SetVersionParams,
    StoreInfoRow,
)
from graph.schema import SCHEMA
from graph.store import Store


def prepare(
    store: Store,
    *,
    synthetic: bool | None,
    embedded: EmbeddedSchema | None = None,
    migrations: tuple[Migration, ...] = MIGRATIONS,
) -> StoreInfoRow:
    """Create or upgrade the schema and give what the store is.

    `synthetic` says what the caller wants: None takes the store as it is and creates a real one.

    Raises:
        SchemaError: the store is newer than this version, or its types are wrong.
        WrongStoreError: the store is synthetic and a real one is wanted, or the other way round.
    """
    rows = store.read(STORE_INFO, NoParams())
    info = rows[0] if len(rows) > 0 else None
    newest = migrations[-1].number
    if info is not None:
        _refuse_other(info, synthetic=synthetic)
        if info.schema_version > newest:
            raise SchemaError(
                f"The store has schema {info.schema_version}, this Crosstip knows {newest}. "
                "Use the newer Crosstip that wrote it."
            )
    version = info.schema_version if info is not None else 0
    if version < newest:
        declare_everything(store, embedded)
    for step in migrations:
        if step.number > version:
            step.apply(store, embedded)
            if step.number == 1:
                params = CreateStoreInfoParams(synthetic=synthetic is True, created_us=now_us())
                store.writing(
                    lambda unit, p=params: unit.run(CREATE_STORE_INFO, p),  # type: ignore[misc]
                    name="the store's own node",
                )
            done = SetVersionParams(version=step.number)
            store.writing(
                lambda unit, p=done: unit.run(SET_VERSION, p),  # type: ignore[misc]
                name="the schema version",
            )
    if embedded is not None:
        _verify_types(embedded.read_types())
    result = store.read(STORE_INFO, NoParams())[0]
    _refuse_other(result, synthetic=synthetic)
    return result


def _refuse_other(info: StoreInfoRow, *, synthetic: bool | None) -> None:
    if synthetic is None or synthetic is info.synthetic:
        return
    if info.synthetic:
        raise WrongStoreError(
            "This store is synthetic and takes only documents declared synthetic. "
            "Use another data directory (CROSSTIP_DATA_DIR) for real tips."
        )
    raise WrongStoreError(
        "This store is real and takes nothing synthetic. "
        "Use another data directory (CROSSTIP_DATA_DIR) for synthetic tips."
    )


def _verify_types(found: dict[tuple[str, str], str]) -> None:
    for (label, prop), wanted in expected_types(SCHEMA).items():
        if found.get((label, prop)) != wanted:
            raise SchemaError(
                f"{label}.{prop} has type {found.get((label, prop))} in the embedded engine, "
                f"{wanted} is needed; its index would give wrong rows. Restore a backup, or "
                "ingest into a new data directory."
            )
