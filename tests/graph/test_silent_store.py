"""A store that says nothing more, neither an answer nor a reset, holds nobody for long."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from graph import patience
from graph.errors import StoreError, StoreTimeoutError, StoreUnavailableError
from graph.queries.core import NoParams
from graph.queries.meta import STORE_INFO
from graph.services.once import MarkingStore
from graph.store import ReadUnit, Store, StoreLimits, WriteUnit
from tests.faults import Relay, relayed
from tests.stores import RunningStore

_SHORT = StoreLimits(read_s=1.0, write_s=1.0, retry_s=0.1)
_SOON_S = 30.0
"""Far more than the limits, far less than the system's two hours."""
_COUNT = "MATCH (p:Provider {key: $key}) RETURN count(p) AS n"


def _silent(relay: Relay, work: Callable[[], object], *, kind: type[StoreError]) -> None:
    """Do something that meets a silent store, and let the store speak again."""
    lost, started = relay.lost, time.monotonic()
    with pytest.raises(kind):
        work()
    assert time.monotonic() - started < _SOON_S
    assert relay.lost > lost, "the silence was not met"
    relay.speak()


def _alive(store: Store) -> None:
    assert len(store.read(STORE_INFO, NoParams())) == 1


def test_silence_before_within_and_at_the_end_of_a_unit(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MARGIN_S", 0.2)
    with relayed(running_store) as (relay, store):
        short = MarkingStore(store, limits=_SHORT)
        _alive(store)

        def read(unit: ReadUnit) -> None:
            relay.is_silent = True
            unit.read(STORE_INFO, NoParams())

        def write(unit: WriteUnit) -> None:
            unit.insert_nodes("Provider", [{"key": "a", "name": "A"}])
            relay.is_silent = True

        relay.is_silent = True
        _silent(relay, lambda: short.read(STORE_INFO, NoParams()), kind=StoreUnavailableError)
        _alive(store)
        _silent(relay, lambda: short.reading(read, name="test"), kind=StoreTimeoutError)
        _alive(store)
        # Its commit was on its way: whether it was kept is not known, and that is said.
        _silent(relay, lambda: short.writing(write, name="test"), kind=StoreUnavailableError)
        _alive(store)
    assert running_store.rows(_COUNT, key="a") == [(0,)]


def test_asking_whether_a_silent_store_is_there_ends(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "MARGIN_S", 0.2)
    with relayed(running_store) as (relay, store):
        store.ping()
        relay.is_silent = True
        _silent(relay, store.ping, kind=StoreUnavailableError)
        store.ping()
