"""Brings a store to the schema of this version, and refuses one that it does not understand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from graph.audit.records import OPERATOR, waiting_place
from graph.clock import now_us
from graph.ddl.statements import embedded_types, expected_types, portable
from graph.errors import SchemaError, WrongStoreError
from graph.queries.audit import PAGE, RangeParams
from graph.queries.core import NoParams
from graph.queries.leaves import PUT_IN_LOG, UNPLACED, PlaceItem, PlacesParams
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

RunSql: TypeAlias = Callable[[str], object]
_LAST = "\U0010ffff"
"""After every key."""
ReadTypes: TypeAlias = Callable[[], dict[tuple[str, str], str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class EmbeddedSchema:
    """What only the embedded engine needs: typed properties before their indexes."""

    run_sql: RunSql
    read_types: ReadTypes


@dataclass(frozen=True, slots=True, kw_only=True)
class Migration:
    """One numbered step; safe to repeat, since a kill may come before its number is stored."""

    number: int
    doc: str
    apply: Callable[[Store, EmbeddedSchema | None], None]


def _declare_everything(store: Store, embedded: EmbeddedSchema | None) -> None:
    if embedded is not None:
        for statement in embedded_types(SCHEMA):
            embedded.run_sql(statement)
    store.declare(portable(SCHEMA))


def _put_leaves_in_logs(store: Store, embedded: EmbeddedSchema | None) -> None:
    """Declare the log's types and put the leaves that are there into the operator's log."""
    _declare_everything(store, embedded)
    start, page = "", None
    while page is None or len(page) == PAGE:
        page = store.read(UNPLACED, RangeParams(start=start, end=_LAST, limit=PAGE))
        items = [
            PlaceItem(key=row.key, log=OPERATOR, place=waiting_place(OPERATOR, row.at_us, row.key))
            for row in page
            if row.place is None
        ]
        params = PlacesParams(rows=items)
        store.writing(
            lambda unit, p=params: unit.run(PUT_IN_LOG, p),  # type: ignore[misc]
            name="putting leaves in the log",
        )
        start = f"{page[-1].key}\0" if len(page) > 0 else start


MIGRATIONS: tuple[Migration, ...] = (
    Migration(number=1, doc="Constraints, indexes and types.", apply=_declare_everything),
    Migration(number=2, doc="Subnets, bands, traits and judgements.", apply=_declare_everything),
    Migration(number=3, doc="Leaves go to logs, and wait there.", apply=_put_leaves_in_logs),
)


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
