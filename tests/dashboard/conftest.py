"""Pages are tried on the embedded engine alone: they speak HTTP, and know of no engine.

What they are answered is tried on both engines, in `tests/api`.
"""

from __future__ import annotations

import pytest

from tests.stores import RunningStore


@pytest.fixture(params=("embedded",))
def running_store(
    request: pytest.FixtureRequest, _open_engines: dict[str, RunningStore]
) -> RunningStore:
    """An empty synthetic store with its settings, on the embedded engine."""
    found = _open_engines[request.param]
    found.wipe(synthetic=True)
    return found
