"""A Neo4j of one's own without Docker: fetched once, started on loopback, gone with its owner."""

from __future__ import annotations

from crosstip.local_neo4j.artifacts import NEO4J_VERSION, default_cache, fetch_neo4j
from crosstip.local_neo4j.errors import LocalNeo4jError
from crosstip.local_neo4j.server import Neo4jServer

__all__ = ["NEO4J_VERSION", "LocalNeo4jError", "Neo4jServer", "default_cache", "fetch_neo4j"]
