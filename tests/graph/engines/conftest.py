"""Data directories for engines, and the proof that no engine outlives its tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engines.embedded import EmbeddedEngine, attach
from tests.graph.engines.processes import engines_on, wait_until

GRACE_S = 0.4


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """Give a directory that does not exist yet; fail when an engine is left on it afterwards."""
    path = tmp_path / "engine data"
    yield path
    wait_until(lambda: not engines_on(path), within_s=8)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """Give one running engine for all tests of a module that leave it running."""
    path = tmp_path_factory.mktemp("shared") / "dätä dir"
    with attach(path, grace_s=GRACE_S) as attached:
        yield attached
    wait_until(lambda: not engines_on(path), within_s=8)
