"""Data directories for engines, and the proof that no engine outlives its tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.engines.embedded import EmbeddedEngine, attach
from tests.graph.engines.processes import engines_on, wait_until

GRACE_S = 0.4
COMMAND_TIMEOUT_S = 4.0
FOREIGN_SETTINGS = {
    "CROSSTIP_STORE_PASSWORD": "secret of another part",
    "JAVA_TOOL_OPTIONS": "-Dnonsense=1",
    "ARCADEDB_JVM_ARGS": "-Xmx1k",
}


@pytest.fixture
def data_dir(tmp_path: Path) -> Iterator[Path]:
    """Give a directory that does not exist yet; fail when an engine is left on it afterwards."""
    path = tmp_path / "engine data"
    yield path
    wait_until(lambda: not engines_on(path))


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    """Give one running engine for all tests of a module that leave it running."""
    path = tmp_path_factory.mktemp("shared") / "dätä dir"
    with pytest.MonkeyPatch.context() as patch:
        for name, value in FOREIGN_SETTINGS.items():
            patch.setenv(name, value)
        attached = attach(path, command_timeout_s=COMMAND_TIMEOUT_S, grace_s=GRACE_S)
    with attached:
        yield attached
    wait_until(lambda: not engines_on(path))
