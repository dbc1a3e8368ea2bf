"""One filled store for a module, on each engine."""

from __future__ import annotations

import pytest

from tests.graph.services.checks.county import County, made
from tests.stores import ENGINES, RunningStore


@pytest.fixture(scope="module", params=ENGINES)
def county(request: pytest.FixtureRequest, _open_engines: dict[str, RunningStore]) -> County:
    """Two agencies with claims of every kind; a module's tests share it."""
    return made(_open_engines[request.param])
