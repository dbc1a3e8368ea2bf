"""Fixtures of intake."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ingest.desk import Desk, open_desk
from tests.stores import RunningStore


@pytest.fixture
def desk(running_store: RunningStore, tmp_path: Path) -> Iterator[Desk]:
    """An intake desk over an empty synthetic store, once on each engine."""
    with open_desk(running_store, tmp_path) as found:
        yield found
