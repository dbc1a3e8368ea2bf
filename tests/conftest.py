"""Fixtures: every test that takes `running_store` or `store` runs on both engines.

The engines are real and started once per run. A missing Neo4j is a loud skip on a developer's
machine and a failure where CI is set.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from pydantic import SecretStr

from crosstip.local_neo4j import LocalNeo4jError, Neo4jServer
from graph.settings import StoreSettings
from graph.store import Store
from tests.stores import (
    ENGINE_JAVA,
    ENGINES,
    FOR_MINUTES,
    FOR_SMALL_STORES,
    UNVERIFIED,
    RunningStore,
    running,
)

# How long an example takes is the machine's doing. Where CI is set, hypothesis also draws the same
# examples each time and keeps none.
settings.register_profile(
    "crosstip", parent=settings(), deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("crosstip")


def pytest_configure(config: pytest.Config) -> None:
    """Let engines start as ones that live for minutes, in commands that tests run as well.

    Only Java's compiler and collector differ. The long tests, those of `tests/graph/engines` and
    the demo run the embedded engine as it is shipped.
    """
    # What is paced would wait for a quarter of a second each time; `test_pacing` looks at that.
    os.environ.setdefault("CROSSTIP_CHECK_BUCKET_MS", "1")
    if config.getoption("markexpr") == "not long":
        os.environ.setdefault(ENGINE_JAVA, " ".join(FOR_MINUTES))
        # What `java` itself reads: Neo4j, not the embedded engine.
        os.environ.setdefault("JDK_JAVA_OPTIONS", " ".join((*FOR_MINUTES, *UNVERIFIED)))


_ABOVE_THE_SERVICES = frozenset({"api", "client", "crosstip", "e2e", "worlds"})
"""Packages of tests whose subjects know of no engine: they speak to services, or over HTTP.

What speaks to an engine is tried on both in each run; these on Neo4j with `--long`.
"""


def _waits_for_long(item: pytest.Item) -> bool:
    if "neo4j" not in getattr(getattr(item, "callspec", None), "params", {}).values():
        return False
    package = item.path.relative_to(Path(__file__).parent).parts[0]
    return package in _ABOVE_THE_SERVICES or item.get_closest_marker("neo4j_long") is not None


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that hold few tests: those take long, and many small ones fill the end.

    Else one worker would sit over the demo while the other has nothing left to do.
    """
    for item in items:
        if _waits_for_long(item):
            item.add_marker(pytest.mark.long)
    held = Counter(item.path for item in items)
    items.sort(key=lambda item: held[item.path])


@pytest.fixture(scope="session")
def _open_engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, RunningStore]]:
    with ExitStack() as stack:
        yield _Engines(stack, tmp_path_factory)


class _Engines(dict[str, RunningStore]):
    """Engines by name, each started when the first test asks for it."""

    def __init__(self, stack: ExitStack, directories: pytest.TempPathFactory) -> None:
        super().__init__()
        self._stack = stack
        self._directories = directories

    def __missing__(self, engine: str) -> RunningStore:
        data_dir = self._directories.mktemp(f"{engine}-data")
        data_dir.chmod(0o700)
        settings = self._settings(engine, data_dir)
        self[engine] = self._stack.enter_context(running(engine, settings))
        return self[engine]

    def _settings(self, engine: str, data_dir: Path) -> StoreSettings:
        if engine == "embedded":
            return StoreSettings(data_dir=data_dir, store="embedded")
        outside = os.environ.get("NEO4J_URI")
        if outside is not None:
            return StoreSettings(
                data_dir=data_dir,
                store=outside,
                store_user=os.environ.get("NEO4J_USER", "neo4j"),
                store_password=SecretStr(os.environ["NEO4J_PASSWORD"]),
            )
        try:
            server = self._stack.enter_context(
                Neo4jServer(data_dir / "neo4j", settings=FOR_SMALL_STORES)
            )
        except LocalNeo4jError as error:
            if os.environ.get("CI") == "true":
                raise
            pytest.skip(f"NO NEO4J, half of this test did not run: {error}")
        return neo4j_settings(server, data_dir)


def neo4j_settings(server: Neo4jServer, data_dir: Path) -> StoreSettings:
    """Give the settings that open a Neo4j started for tests."""
    return StoreSettings(
        data_dir=data_dir,
        store=server.uri,
        store_user=server.user,
        store_password=SecretStr(server.password),
    )


@pytest.fixture(params=ENGINES)
def running_store(
    request: pytest.FixtureRequest, _open_engines: dict[str, RunningStore]
) -> RunningStore:
    """An empty synthetic store with its settings, once on each engine."""
    found = _open_engines[request.param]
    found.wipe(synthetic=True)
    return found


@pytest.fixture
def store(running_store: RunningStore) -> Store:
    """An empty synthetic store, once on each engine."""
    return running_store.store
