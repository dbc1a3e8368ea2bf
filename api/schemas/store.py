"""The store itself on the wire: version, figures, schema and named queries."""

from __future__ import annotations

import textwrap
from typing import Any

from pydantic import Field, JsonValue

from api.schemas.common import Answer, Part, Wanted
from api.schemas.wire import Plain, fields
from graph.clock import iso
from graph.opening import OpenStore
from graph.queries.core import Query, Row
from graph.queries.meta import COUNTS, STORE_INFO, CountRow, StoreInfoRow
from graph.schema.core import GraphSchema, NodeType, Prop, RelType


class HealthAnswer(Part):
    """The API is up. It says nothing about the store."""

    up: bool = True


class VersionAnswer(Part):
    """Which API and which Crosstip this is."""

    api: str
    crosstip: str


class Figure(Part):
    """How many nodes one label has."""

    label: str
    total: int


class FiguresAnswer(Answer):
    """What the store is and how much it holds."""

    schema_version: int
    created_at: str
    tip_total: int = Field(description="Tips that link; the base of every weight.")
    figures: tuple[Figure, ...]

    @classmethod
    def of(cls, info: StoreInfoRow, counts: list[CountRow], *, as_of_us: int) -> FiguresAnswer:
        """Give the answer for counts."""
        return cls.model_validate(
            {
                **fields(info),
                "as_of": iso(as_of_us),
                "queries": [COUNTS.name, STORE_INFO.name],
                "figures": [fields(row) for row in counts],
            }
        )


class SchemaProperty(Part):
    """A property of a node or an edge."""

    name: str
    type: str
    doc: str
    indexed: bool
    required: bool


class SchemaNode(Part):
    """A label."""

    label: str
    doc: str
    properties: tuple[SchemaProperty, ...]


class SchemaRelationship(Part):
    """A type of edge."""

    type: str
    doc: str
    starts: tuple[str, ...]
    ends: tuple[str, ...]
    properties: tuple[SchemaProperty, ...]


class SchemaAnswer(Part):
    """The graph's schema as this version declares it."""

    version: int
    nodes: tuple[SchemaNode, ...]
    relationships: tuple[SchemaRelationship, ...]

    @classmethod
    def of(cls, schema: GraphSchema) -> SchemaAnswer:
        """Give the answer for a schema."""
        return cls(
            version=schema.version,
            nodes=tuple(_node(node) for node in schema.nodes),
            relationships=tuple(_relationship(rel) for rel in schema.rels),
        )


class NamedQuery(Part):
    """A query of the catalogue."""

    name: str
    doc: str
    text: str = Field(description="Cypher; runs in Neo4j Browser as it stands.")
    parameters: dict[str, JsonValue] = Field(description="JSON Schema of the parameters.")
    columns: tuple[str, ...]
    max_rows: int

    @classmethod
    def of(cls, query: Query[Any, Any]) -> NamedQuery:
        """Give the description of a query."""
        return cls(
            name=query.name,
            doc=query.doc,
            text=textwrap.dedent(query.text).strip(),
            parameters=query.params.model_json_schema(),
            columns=query.columns,
            max_rows=query.max_rows,
        )


class NamedQueriesAnswer(Part):
    """The queries that may be run by name."""

    queries: tuple[NamedQuery, ...]


class NamedQueryQuestion(Wanted):
    """The parameters for a named query."""

    params: dict[str, JsonValue] = Field(default_factory=dict)


class NamedQueryAnswer(Answer):
    """The rows of a named query, as the store gave them: times are microseconds since 1970."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, JsonValue], ...]

    @classmethod
    def of(
        cls, query: Query[Any, Any], rows: list[Row], opened: OpenStore, *, as_of_us: int
    ) -> NamedQueryAnswer:
        """Give the answer for rows."""
        return cls(
            as_of=iso(as_of_us),
            synthetic=opened.info.synthetic,
            queries=(query.name,),
            columns=query.columns,
            rows=tuple(row.model_dump(mode="json") for row in rows),
        )


def _property(prop: Prop) -> Plain:
    return fields(prop)


def _node(node: NodeType) -> SchemaNode:
    properties = [_property(prop) for prop in node.all_props]
    return SchemaNode.model_validate(
        {"label": node.label, "doc": node.doc, "properties": properties}
    )


def _relationship(rel: RelType) -> SchemaRelationship:
    return SchemaRelationship.model_validate(
        {
            "type": rel.type,
            "doc": rel.doc,
            "starts": [node.label for node in rel.starts],
            "ends": [node.label for node in rel.ends],
            "properties": [_property(prop) for prop in rel.props],
        }
    )
