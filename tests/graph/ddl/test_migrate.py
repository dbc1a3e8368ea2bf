"""A store is brought up to date once, and one that is not understood is refused."""

from __future__ import annotations

from dataclasses import replace

import pytest

from graph.ddl.migrate import prepare
from graph.ddl.migrations import MIGRATIONS, EmbeddedSchema, Migration
from graph.ddl.statements import expected_types
from graph.errors import SchemaError, WrongStoreError
from graph.opening import open_store
from graph.queries.core import NoParams
from graph.queries.meta import STORE_INFO
from graph.schema import SCHEMA
from graph.store import Store
from tests.stores import RunningStore


def test_opening_again_changes_nothing(running_store: RunningStore) -> None:
    before = running_store.store.read(STORE_INFO, NoParams())
    with open_store(running_store.settings) as again:
        assert [again.info] == before


def test_constraints_and_indexes_are_there(running_store: RunningStore) -> None:
    found = {str(row[0]) for row in running_store.rows("SHOW CONSTRAINTS YIELD name")}
    assert len(found) >= len(SCHEMA.nodes)


def test_further_migrations_run_once_and_in_order(store: Store) -> None:
    ran: list[int] = []
    newest = MIGRATIONS[-1].number
    more = [
        Migration(number=n, doc="Test.", apply=lambda _store, _embedded, n=n: ran.append(n))  # type: ignore[misc]
        for n in (newest + 1, newest + 2)
    ]
    steps = (*MIGRATIONS, *more)
    assert prepare(store, synthetic=None, migrations=steps).schema_version == newest + 2
    assert prepare(store, synthetic=None, migrations=steps).schema_version == newest + 2
    assert ran == [newest + 1, newest + 2]


def test_a_newer_store_is_refused(store: Store) -> None:
    number = MIGRATIONS[-1].number + 1
    newer = Migration(number=number, doc="Test.", apply=lambda _store, _embedded: None)
    prepare(store, synthetic=None, migrations=(*MIGRATIONS, newer))
    with pytest.raises(SchemaError, match="newer Crosstip"):
        prepare(store, synthetic=None)


def test_a_synthetic_store_is_no_real_one(running_store: RunningStore) -> None:
    with pytest.raises(WrongStoreError, match="synthetic"):
        prepare(running_store.store, synthetic=False)
    running_store.wipe(synthetic=False)
    with pytest.raises(WrongStoreError, match="real"):
        prepare(running_store.store, synthetic=True)


def test_an_untyped_index_is_refused(store: Store) -> None:
    types = expected_types(SCHEMA)
    good = EmbeddedSchema(run_script=lambda _: None, read_types=lambda: types)
    prepare(store, synthetic=None, embedded=good)
    wrong = types | {("AuditEntry", "at_us"): "INTEGER"}
    with pytest.raises(SchemaError, match=r"AuditEntry\.at_us"):
        prepare(store, synthetic=None, embedded=replace(good, read_types=lambda: wrong))
