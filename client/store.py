"""The API's answers about itself and the store."""

from __future__ import annotations

from pydantic import JsonValue

from client.answers import Answer, Part


class HealthAnswer(Part):
    """The API is up."""

    up: bool


class VersionAnswer(Part):
    """Which API and which Crosstip answers."""

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
    tip_total: int
    figures: tuple[Figure, ...]


class SchemaProperty(Part):
    """A property of a node or an edge."""

    name: str
    type: str
    doc: str


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
    """The graph's schema."""

    version: int
    nodes: tuple[SchemaNode, ...]
    relationships: tuple[SchemaRelationship, ...]


class NamedQuery(Part):
    """A query of the catalogue; `parameters` is a JSON Schema."""

    name: str
    doc: str
    text: str
    parameters: dict[str, JsonValue]
    columns: tuple[str, ...]


class NamedQueriesAnswer(Part):
    """The queries that may be run by name."""

    queries: tuple[NamedQuery, ...]


class NamedQueryAnswer(Answer):
    """The rows of a named query; times are microseconds since 1970 UTC."""

    columns: tuple[str, ...]
    rows: tuple[dict[str, JsonValue], ...]
