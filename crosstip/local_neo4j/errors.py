"""What can go wrong with a Neo4j that Crosstip starts itself."""

from __future__ import annotations

from graph.errors import EngineError


class LocalNeo4jError(EngineError):
    """The local Neo4j could not be fetched, started or stopped; says what to do next."""
