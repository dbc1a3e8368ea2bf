"""The generated reads of everything: each node of a label, each edge of a type, page by page.

Made once, at import, from the names of the declared schema, like `graph.queries.upserts`. What
they give can be inserted elsewhere as it is; `crosstip bench ingest` does so. Also how much of
everything there is, in one query each.
"""

from __future__ import annotations

from graph.queries.core import NoParams, Params, Query, Row
from graph.queries.generated import from_schema
from graph.rows import Value
from graph.schema import SCHEMA

PAGE = 2000
"""Nodes in one page, and start nodes of which the edges are asked for at once."""
_MANY = 10_000_000


class AfterParams(Params):
    """The last key of the page before."""

    after: str


class StartsParams(Params):
    """Keys of the nodes from which edges go out."""

    keys: list[str]


class NodeDump(Row):
    """A node with the properties that it has."""

    props: dict[str, Value]


class RelDump(Row):
    """An edge with the properties that it has."""

    start: str
    label: str
    """Label of the node at its end."""
    finish: str
    props: dict[str, Value]


class SizeRow(Row):
    """How many nodes of a label, or edges of a type, there are."""

    name: str
    total: int


NODE_SIZES = Query(
    name="dumps.node_sizes",
    doc="How many nodes of each label there are.",
    text="""
    MATCH (n)
    WITH labels(n)[0] AS name, count(n) AS total
    RETURN name, total ORDER BY name LIMIT 1000
    """,
    params=NoParams,
    row=SizeRow,
    public=False,
)

REL_SIZES = Query(
    name="dumps.rel_sizes",
    doc="How many edges of each type there are.",
    text="""
    MATCH ()-[r]->()
    WITH type(r) AS name, count(r) AS total
    RETURN name, total ORDER BY name LIMIT 1000
    """,
    params=NoParams,
    row=SizeRow,
    public=False,
)


def _nodes(label: str) -> Query[AfterParams, NodeDump]:
    text = (
        f"MATCH (n:{label}) WHERE n.key > $after "
        f"RETURN properties(n) AS props ORDER BY n.key LIMIT {PAGE}"
    )
    return Query(
        name=f"dumps.nodes_{label}",
        doc=f"The next {label} nodes by key.",
        text=from_schema(text),
        params=AfterParams,
        row=NodeDump,
        max_rows=PAGE,
        public=False,
    )


def _rels(rel_type: str, start: str) -> Query[StartsParams, RelDump]:
    text = (
        f"UNWIND $keys AS k MATCH (a:{start} {{key: k}}) WITH a MATCH (a)-[r:{rel_type}]->(b) "
        "RETURN a.key AS start, labels(b)[0] AS label, b.key AS finish, properties(r) AS props "
        f"LIMIT {_MANY}"
    )
    return Query(
        name=f"dumps.rels_{rel_type}_{start}",
        doc=f"The {rel_type} edges of {start} nodes.",
        text=from_schema(text),
        params=StartsParams,
        row=RelDump,
        max_rows=_MANY,
        public=False,
    )


DUMP_NODES: dict[str, Query[AfterParams, NodeDump]] = {
    node.label: _nodes(node.label) for node in SCHEMA.nodes
}
"""By label; the first page comes after the empty key."""

DUMP_RELS: dict[str, dict[str, Query[StartsParams, RelDump]]] = {
    node.label: {rel.type: _rels(rel.type, node.label) for rel in SCHEMA.rels if node in rel.starts}
    for node in SCHEMA.nodes
}
"""By label of the start, then by type."""
