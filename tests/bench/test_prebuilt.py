"""Rows that were read out of a store make the same store again, on both engines."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.prebuilt import Prebuilt, read_out
from bench.progress import silent
from bench.sizes import sizes_of
from graph.rows import PropertyRow
from graph.services.recording import record
from graph.store import WriteUnit
from tests.deliveries import delivery, email
from tests.stores import RunningStore

EVERYTHING = "MATCH (n) WHERE n.key <> 'store' RETURN properties(n) AS props"
EDGES = (
    "MATCH (a)-[r]->(b) RETURN a.key AS start, type(r) AS type, b.key AS finish, "
    "properties(r) AS props"
)


def _all(running: RunningStore) -> tuple[list[str], list[str]]:
    nodes = sorted(repr(sorted(row[0].items())) for row in running.rows(EVERYTHING))  # type: ignore[attr-defined]
    edges = sorted(
        repr((start, kind, finish, sorted(props.items())))  # type: ignore[attr-defined]
        for start, kind, finish, props in running.rows(EDGES)
    )
    return nodes, edges


def _insert(unit: WriteUnit, prebuilt: Prebuilt) -> None:
    for nodes in prebuilt.nodes:
        for rows in nodes.batches(7):
            unit.insert_nodes(nodes.label, rows)
    for file in prebuilt.edges:
        for edges in file.batches(7):
            unit.insert_rels(file.rel_type, file.ends, edges)


def test_a_store_is_made_again_from_its_rows(running_store: RunningStore, tmp_path: Path) -> None:
    deliveries = [delivery(str(n), [email(f"x{n % 5}@example.com")]) for n in range(1, 21)]
    record(running_store.store, deliveries, actor="test")
    before, sizes = _all(running_store), sizes_of(running_store.store)
    prebuilt = read_out(running_store.store, tmp_path / "rows", rows=sizes.rows, progress=silent)
    running_store.wipe(synthetic=True)
    running_store.store.writing(lambda unit: _insert(unit, prebuilt), name="again")
    assert _all(running_store) == before
    assert sizes_of(running_store.store) == sizes
    assert sizes.edges["ASSERTS"] == 20


@pytest.mark.parametrize("size", [1, 3, 20, 50])
def test_batches_lose_nothing_and_keep_the_order(
    running_store: RunningStore, tmp_path: Path, size: int
) -> None:
    rows: list[PropertyRow] = [{"key": f"p{n:02}", "name": "P"} for n in range(20)]
    running_store.store.writing(lambda unit: unit.insert_nodes("Provider", rows), name="rows")
    prebuilt = read_out(running_store.store, tmp_path / "rows", rows=20, progress=silent)
    (providers,) = (file for file in prebuilt.nodes if file.label == "Provider")
    batches = list(providers.batches(size))
    assert [row for batch in batches for row in batch] == rows
    assert {len(batch) for batch in batches[:-1]} <= {size}
