"""The rows of a whole graph, read out of one store and ready to be inserted into another.

They lie in files meanwhile, so that a large graph takes no memory.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from bench.progress import Progress
from graph.queries.dumps import DUMP_NODES, DUMP_RELS, AfterParams, StartsParams
from graph.rows import PropertyRow
from graph.schema import SCHEMA
from graph.store import Store

Edge = tuple[str, str, PropertyRow]
_OWN = "StoreInfo"
"""The store's own node; every store has one from the start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NodeFile:
    """Nodes of one label."""

    label: str
    path: Path

    def batches(self, size: int) -> Iterator[list[PropertyRow]]:
        """Give the nodes, `size` at a time."""
        return _batches(self.path, size)


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeFile:
    """Edges of one type between two labels."""

    rel_type: str
    ends: tuple[str, str]
    path: Path

    def batches(self, size: int) -> Iterator[list[Edge]]:
        """Give the edges, `size` at a time."""
        return _batches(self.path, size)


@dataclass(frozen=True, slots=True, kw_only=True)
class Prebuilt:
    """All nodes and edges of a store."""

    nodes: tuple[NodeFile, ...]
    edges: tuple[EdgeFile, ...]


def read_out(store: Store, folder: Path, *, rows: int, progress: Progress) -> Prebuilt:
    """Write the rows of every node and edge to files in a new folder.

    `rows` is how many there are, for the progress.

    Raises:
        StoreError: the store could not give them.
    """
    folder.mkdir()
    return _Reading(store, folder, rows=rows, progress=progress).run()


class _Reading:
    """Reads one store out."""

    def __init__(self, store: Store, folder: Path, *, rows: int, progress: Progress) -> None:
        self._store = store
        self._folder = folder
        self._rows = rows
        self._progress = progress
        self._done = 0
        self._edges: dict[tuple[str, str, str], EdgeFile] = {}

    def run(self) -> Prebuilt:
        """Read label by label, and the edges that go out of each page of nodes."""
        nodes = [self._read_label(node.label) for node in SCHEMA.nodes if node.label != _OWN]
        return Prebuilt(nodes=tuple(nodes), edges=tuple(self._edges.values()))

    def _read_label(self, label: str) -> NodeFile:
        names = [prop.name for prop in SCHEMA.node_by_label[label].all_props]
        path = self._folder / f"{label}.nodes"
        after = ""
        with path.open("wb") as stream:
            while True:
                page = self._store.read(DUMP_NODES[label], AfterParams(after=after))
                if len(page) == 0:
                    return NodeFile(label=label, path=path)
                rows = [{name: node.props.get(name) for name in names} for node in page]
                keys = [str(row["key"]) for row in rows]
                _append(stream, rows)
                self._count(len(rows))
                for rel_type in DUMP_RELS[label]:
                    self._read_edges(label, rel_type, keys)
                after = keys[-1]

    def _read_edges(self, label: str, rel_type: str, keys: list[str]) -> None:
        names = [prop.name for prop in SCHEMA.rel_by_type[rel_type].props]
        by_end: dict[str, list[Edge]] = {}
        for edge in self._store.read(DUMP_RELS[label][rel_type], StartsParams(keys=keys)):
            row: PropertyRow = {name: edge.props.get(name) for name in names}
            by_end.setdefault(edge.label, []).append((edge.start, edge.finish, row))
        for end, edges in sorted(by_end.items()):
            file = self._edges.setdefault(
                (rel_type, label, end),
                EdgeFile(
                    rel_type=rel_type,
                    ends=(label, end),
                    path=self._folder / f"{label}.{rel_type}.{end}.edges",
                ),
            )
            with file.path.open("ab") as stream:
                _append(stream, edges)
            self._count(len(edges))

    def _count(self, more: int) -> None:
        self._done += more
        self._progress("reading the rows out again", self._done, self._rows)


def _append(stream: BinaryIO, rows: list[PropertyRow] | list[Edge]) -> None:
    # Own plain values, read back by this very process: marshal is several times faster than JSON.
    marshal.dump(rows, stream)


def _batches(path: Path, size: int) -> Iterator[list[Any]]:
    held: list[Any] = []
    with path.open("rb") as stream:
        while True:
            try:
                held.extend(marshal.load(stream))  # noqa: S302 - this process wrote it
            except EOFError:
                break
            while len(held) >= size:
                yield held[:size]
                del held[:size]
    if len(held) > 0:
        yield held
