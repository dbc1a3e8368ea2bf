"""The bare loop: what driver and engine can do at most with the rows that the pipeline writes."""

from __future__ import annotations

from collections.abc import Callable

from bench.figures import Bare, Spent
from bench.prebuilt import Edge, EdgeFile, NodeFile, Prebuilt
from bench.progress import Progress
from bench.sizes import sizes_of
from bench.stores import EmptyStore
from graph.rows import PropertyRow, node_rows, rel_rows
from graph.store import WriteUnit
from ingest.collecting import collect_young


def measure_bare(
    into: EmptyStore, prebuilt: Prebuilt, *, batch_rows: int, tips: int, progress: Progress
) -> Bare:
    """Insert prebuilt rows into an empty store, a transaction for each batch.

    Only the transactions count. The store's check of each row against the schema is part of them
    and no work of the driver's: it is timed by itself beforehand and taken off.
    """
    loop = _Loop(into, batch_rows=batch_rows, progress=progress)
    for nodes in prebuilt.nodes:
        loop.insert_nodes(nodes)
    for edges in prebuilt.edges:
        loop.insert_edges(edges)
    spent = loop.spent()
    return Bare(
        batch_rows=batch_rows,
        spent=spent,
        tips_per_s=tips / spent.seconds,
        rows_per_s=loop.done / spent.seconds,
        sizes=sizes_of(into.store),
    )


class _Loop:
    """Inserts batch after batch and adds up what it took."""

    def __init__(self, into: EmptyStore, *, batch_rows: int, progress: Progress) -> None:
        self.done = 0
        self._store = into.store
        self._size = batch_rows
        self._progress = progress
        self._writing = into.meter.stopwatch()
        self._checking = into.meter.stopwatch()

    def insert_nodes(self, file: NodeFile) -> None:
        """Insert the nodes of one label."""
        for rows in file.batches(self._size):
            with self._checking:
                node_rows(file.label, rows)
            with self._writing:
                self._store.writing(_nodes(file.label, rows), name="bare loop")
            self._count(len(rows))

    def insert_edges(self, file: EdgeFile) -> None:
        """Insert the edges of one type between two labels."""
        for edges in file.batches(self._size):
            with self._checking:
                rel_rows(file.rel_type, edges)
            with self._writing:
                self._store.writing(_edges(file, edges), name="bare loop")
            self._count(len(edges))

    def spent(self) -> Spent:
        """Give what the transactions took, without the check."""
        whole, check = self._writing.spent(), self._checking
        return Spent(
            seconds=whole.seconds - check.seconds,
            python_s=whole.python_s - check.python_s,
            engine_s=whole.engine_s,
        )

    def _count(self, rows: int) -> None:
        collect_young()
        self.done += rows
        self._progress(f"the bare loop, batches of {self._size:,}", self.done, 0)


def _nodes(label: str, rows: list[PropertyRow]) -> Callable[[WriteUnit], None]:
    return lambda unit: unit.insert_nodes(label, rows)


def _edges(file: EdgeFile, edges: list[Edge]) -> Callable[[WriteUnit], None]:
    return lambda unit: unit.insert_rels(file.rel_type, file.ends, edges)
