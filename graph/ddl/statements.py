"""Constraints, indexes and property types, derived from the declared schema."""

from __future__ import annotations

from typing import LiteralString, cast

from graph.schema.core import GraphSchema, PropType

_SQL_TYPES = {
    PropType.STRING: "STRING",
    PropType.INTEGER: "LONG",
    PropType.BOOLEAN: "BOOLEAN",
}


def portable(schema: GraphSchema) -> tuple[LiteralString, ...]:
    """Give the Cypher statements that both engines take, each safe to repeat."""
    texts: list[str] = []
    for node in schema.nodes:
        name = node.label.lower()
        texts.append(
            f"CREATE CONSTRAINT {name}_key IF NOT EXISTS "
            f"FOR (n:{node.label}) REQUIRE n.key IS UNIQUE"
        )
        texts.extend(
            f"CREATE INDEX {name}_{prop.name} IF NOT EXISTS FOR (n:{node.label}) ON (n.{prop.name})"
            for prop in node.props
            if prop.indexed
        )
    # The parts are names that GraphSchema has checked, never values.
    return cast("tuple[LiteralString, ...]", tuple(texts))


def embedded_types(schema: GraphSchema) -> tuple[str, ...]:
    """Give the SQL that types every scalar property on ArcadeDB before an index on it exists.

    An index on an untyped property there gives wrong rows silently (`engines.md`, rule 1).
    """
    texts: list[str] = []
    for node in schema.nodes:
        texts.append(f"CREATE VERTEX TYPE {node.label} IF NOT EXISTS")
        texts.extend(
            f"CREATE PROPERTY {node.label}.{prop.name} IF NOT EXISTS {_SQL_TYPES[prop.type]}"
            for prop in node.all_props
            if prop.type in _SQL_TYPES
        )
    texts.extend(f"CREATE EDGE TYPE {rel.type} IF NOT EXISTS" for rel in schema.rels)
    return tuple(texts)


def expected_types(schema: GraphSchema) -> dict[tuple[str, str], str]:
    """Give the ArcadeDB type that each indexed property must have, by label and property."""
    return {
        (node.label, prop.name): _SQL_TYPES[prop.type]
        for node in schema.nodes
        for prop in node.all_props
        if prop.indexed
    }
