"""The only generated query texts: one insert and one update per declared type.

They are made once, at import, from the names of the declared schema, never from values. Inserts
name every property instead of `SET n = $map`, which is up to eight times slower on ArcadeDB.
"""

from __future__ import annotations

from typing import LiteralString

from graph.queries.generated import from_schema
from graph.schema import SCHEMA
from graph.schema.core import NodeType, Prop, RelType
from graph.schema.nodes import IDENTIFIERS


def _map(props: tuple[Prop, ...]) -> str:
    return ", ".join(f"{prop.name}: r.{prop.name}" for prop in props)


def _insert_node(node: NodeType) -> str:
    return (
        f"UNWIND $rows AS r WITH r WHERE NOT EXISTS {{ MATCH (o:{node.label} {{key: r.key}}) }} "
        f"CREATE (n:{node.label} {{{_map(node.all_props)}}})"
    )


def _update_node(node: NodeType) -> str:
    sets = ", ".join(f"n.{prop.name} = r.{prop.name}" for prop in node.props if not prop.kept_apart)
    return f"UNWIND $rows AS r MATCH (n:{node.label} {{key: r.key}}) SET {sets}"


def _insert_rel(rel: RelType, start: NodeType, end: NodeType) -> str:
    props = f" {{{_map(rel.props)}}}" if len(rel.props) > 0 else ""
    return (
        f"UNWIND $rows AS r MATCH (a:{start.label} {{key: r.start}}) "
        f"MATCH (b:{end.label} {{key: r.end}}) CREATE (a)-[:{rel.type}{props}]->(b) "
        "RETURN count(*) AS done"
    )


def _count(label: str) -> str:
    return (
        f"UNWIND $rows AS r MATCH (x:{label} {{key: r.key}}) "
        "SET x.tip_count = x.tip_count + r.linking, x.mention_count = x.mention_count + r.mentions "
        "RETURN count(*) AS done, collect(CASE WHEN x.claim_count > 0 THEN x.key END) AS keys"
    )


def _count_claims(label: str) -> str:
    return (
        f"UNWIND $rows AS r MATCH (x:{label} {{key: r.key}}) "
        "SET x.claim_count = x.claim_count + r.claims RETURN count(*) AS done"
    )


INSERT_NODES: dict[str, LiteralString] = {
    node.label: from_schema(_insert_node(node)) for node in SCHEMA.nodes
}
"""By label: creates what is missing, leaves alone what is there. Rows carry every property."""

UPDATE_NODES: dict[str, LiteralString] = {
    node.label: from_schema(_update_node(node)) for node in SCHEMA.nodes if len(node.props) > 0
}
"""By label: sets every property of nodes that are there."""

INSERT_RELS: dict[tuple[str, str, str], LiteralString] = {
    (rel.type, start.label, end.label): from_schema(_insert_rel(rel, start, end))
    for rel in SCHEMA.rels
    for start in rel.starts
    for end in rel.ends
}
"""By type and end labels: creates an edge for each row; the caller knows that it is missing. Gives
how many: fewer than rows where an end is gone."""

COUNT_TIPS: dict[str, LiteralString] = {
    node.label: from_schema(_count(node.label)) for node in IDENTIFIERS.values()
}
"""By label of an identifier: changes how many tips link through it, and mention it; gives how many
were there, and the keys of those that are claimed, for the standing watch."""

COUNT_CLAIMS: dict[str, LiteralString] = {
    node.label: from_schema(_count_claims(node.label)) for node in IDENTIFIERS.values()
}
"""By label of an identifier: changes how many claims are on it; gives how many were there."""
