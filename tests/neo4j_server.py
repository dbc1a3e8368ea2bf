"""What a test does that needs a Neo4j of its own: run, be skipped loudly, or fail in CI."""

from __future__ import annotations

import os

import pytest

from crosstip.local_neo4j import LocalNeo4jError, default_cache, fetch_neo4j
from crosstip.local_neo4j.artifacts import find_java


def need_local_neo4j() -> None:
    """Come back when a Neo4j can be started here; else skip the test, or fail it with CI=true."""
    try:
        find_java()
        fetch_neo4j(default_cache())
    except LocalNeo4jError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(f"NO NEO4J, this test did not run: {error}")
