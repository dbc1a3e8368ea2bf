"""The graph schema, declared once."""

from __future__ import annotations

from graph.schema.core import GraphSchema
from graph.schema.nodes import NODES
from graph.schema.rels import RELS

SCHEMA = GraphSchema(version=22, nodes=NODES, rels=RELS)

__all__ = ["SCHEMA"]
