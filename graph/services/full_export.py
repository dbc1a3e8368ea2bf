"""Takes a whole store out, line by line, in little memory: the same store gives the same lines."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from graph.clock import iso, now_us
from graph.errors import ChangedError
from graph.exchange.full_lines import (
    CARRIED,
    FORMAT,
    LEFT_OUT,
    STORE,
    Edge,
    End,
    Header,
    edge_line,
    line_of,
    node_line,
)
from graph.queries.core import NoParams
from graph.queries.dumps import (
    DUMP_NODES,
    DUMP_RELS,
    NODE_SIZES,
    REL_SIZES,
    AfterParams,
    NodeDump,
    StartsParams,
)
from graph.schema import SCHEMA
from graph.store import Store

_LEAF = "AuditEntry"
"""Each change has one, so that their number tells whether something changed meanwhile."""


@dataclass(slots=True)
class _Written:
    nodes: int = 0
    edges: int = 0


def full_lines(store: Store, *, made_by: str, synthetic: bool) -> Iterator[bytes]:
    """Give the lines of a full export: header, nodes by label and key, edges, end.

    Whoever calls has asked for the right and written the leaf; the end is given only when nothing
    changed from the first line on.

    Raises:
        ChangedError: somebody changed something meanwhile; what was given is no export.
        StoreError: the store could not answer.
    """
    before = _sizes(store)
    header = Header(
        crosstip=FORMAT,
        schema_version=SCHEMA.version,
        as_of=iso(now_us()),
        made_by=made_by,
        synthetic=synthetic,
        left_out=list(LEFT_OUT),
    )
    yield line_of(header.model_dump())
    digest, written = hashlib.sha256(), _Written()
    for line in _body(store, written, there=before):
        digest.update(line)
        yield line
    if _sizes(store) != before:
        raise ChangedError(
            "Somebody changed something while the store was taken out, so that the parts may not "
            "fit each other. Nothing is kept. Do it again while no intake and no worker runs."
        )
    end = End(end=True, nodes=written.nodes, edges=written.edges, sha256=digest.hexdigest())
    yield line_of(end.model_dump())


def _body(store: Store, written: _Written, *, there: Mapping[str, int]) -> Iterator[bytes]:
    # What there is none of is not asked for: Neo4j plans each text for a quarter of a second.
    for label in (STORE, *(label for label in CARRIED if label in there)):
        for page in _pages(store, label):
            written.nodes += len(page)
            yield from (node_line(label, node.props) for node in page)
    for label in CARRIED:
        if label not in there or len(DUMP_RELS[label]) == 0:
            continue
        for page in _pages(store, label):
            for line in _edges(store, label, page, there=there):
                written.edges += 1
                yield line


def _pages(store: Store, label: str) -> Iterator[list[NodeDump]]:
    after = ""
    while len(page := store.read(DUMP_NODES[label], AfterParams(after=after))) > 0:
        yield page
        after = str(page[-1].props["key"])


def _edges(
    store: Store, label: str, page: list[NodeDump], *, there: Mapping[str, int]
) -> Iterator[bytes]:
    """Give the edges out of a page of nodes, in the order of their bytes."""
    keys = [str(node.props["key"]) for node in page]
    for rel_type, query in DUMP_RELS[label].items():
        if rel_type not in there:
            continue
        found = store.read(query, StartsParams(keys=keys))
        yield from sorted(
            edge_line(
                Edge(
                    rel_type=rel_type,
                    start=(label, edge.start),
                    end=(edge.label, edge.finish),
                    row=edge.props,
                )
            )
            for edge in found
        )


def _sizes(store: Store) -> dict[str, int]:
    """Give how much there is of what is carried, and how many changes there were."""
    counted = {*CARRIED, _LEAF, *SCHEMA.rel_by_type}
    rows = [*store.read(NODE_SIZES, NoParams()), *store.read(REL_SIZES, NoParams())]
    return {row.name: row.total for row in rows if row.name in counted}
