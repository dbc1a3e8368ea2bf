"""kill -9 at any moment of an ingest: what is recorded stays, what is received gets in, once."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from crosstip.local_neo4j import Neo4jServer
from graph.engines.embedded import attach
from graph.settings import StoreSettings
from tests.conftest import neo4j_settings
from tests.ingest.killing import Rounds, write_kill_world
from tests.neo4j_server import need_local_neo4j
from tests.stores import RunningStore, running

_ROUNDS = {"embedded": 50, "neo4j": 20}
_WITH_ENGINE = {"embedded": 7, "neo4j": 7}
"""Every so many rounds the engine is killed as well."""
_SECONDS = 8 * 60


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The world that all rounds take in."""
    return write_kill_world(tmp_path_factory.mktemp("kill"))


@pytest.mark.neo4j_long
@pytest.mark.timeout(300)
def test_a_killed_ingest_is_completed_by_the_next(
    running_store: RunningStore, tmp_path: Path, world: Path
) -> None:
    seed = time.time_ns() % 1_000_000
    with Rounds(
        tmp_path, world, seed=seed, opened=lambda: running_store, kill_engine=lambda: None
    ) as rounds:
        rounds.one(0)


class _OwnStore:
    """A store of the test's own, whose engine may be killed."""

    def __init__(self, engine: str, directory: Path, stack: ExitStack) -> None:
        self._engine = engine
        self._stack = stack
        self._server: Neo4jServer | None = None
        data_dir = directory / "data"
        data_dir.mkdir(mode=0o700)
        self._settings = StoreSettings(data_dir=data_dir, store="embedded")
        if engine == "neo4j":
            need_local_neo4j()
            self._server = stack.enter_context(Neo4jServer(directory / "neo4j"))
            self._settings = neo4j_settings(self._server, data_dir)
        self._open = stack.enter_context(ExitStack())
        self._running: RunningStore | None = None

    def opened(self) -> RunningStore:
        """Give the store, opened anew after its engine was killed."""
        if self._running is None:
            self._running = self._open.enter_context(running(self._engine, self._settings))
        return self._running

    def kill_engine(self) -> None:
        """Kill the engine as a crash would."""
        if self._server is not None:
            self._server.kill()
            self._server.restart()
        else:
            with attach(self._settings.data_dir / "engine") as engine:
                os.kill(engine.pid, signal.SIGKILL)
        self._open.close()
        self._running = None


@pytest.fixture(params=sorted(_ROUNDS))
def own_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, _OwnStore]]:
    """An engine of the test's own, once of each kind."""
    with ExitStack() as stack:
        yield request.param, _OwnStore(request.param, tmp_path, stack)


@pytest.mark.long
@pytest.mark.timeout(900)
def test_ingest_survives_kills_at_any_moment(
    own_store: tuple[str, _OwnStore],
    tmp_path: Path,
    world: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    engine, store = own_store
    seed = time.time_ns() % 1_000_000
    began = time.monotonic()
    with Rounds(
        tmp_path, world, seed=seed, opened=store.opened, kill_engine=store.kill_engine
    ) as rounds:
        for number in range(_ROUNDS[engine]):
            is_engines = number % _WITH_ENGINE[engine] == 3
            rounds.one(number, with_engine=is_engines, twice=number % 3 == 1)
    spent = time.monotonic() - began
    with capsys.disabled():
        sys.stdout.write(f"\n{_ROUNDS[engine]} rounds on {engine}: {spent:.0f} s, seed {seed}\n")
