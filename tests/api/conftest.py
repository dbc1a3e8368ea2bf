"""Fixtures: the API over a filled store, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.store import Store
from tests.api.county import fill
from tests.api.live import LiveApi, live_api, opener_of


@pytest.fixture(autouse=True)
def keys_apart(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keys that the API makes are the test's own."""
    monkeypatch.setenv("CROSSTIP_KEYS_DIR", str(tmp_path / "keys"))


@pytest.fixture
def api(store: Store) -> Iterator[LiveApi]:
    """The API over a store with a few tips."""
    fill(store)
    with live_api(opener_of(store)) as live:
        yield live
