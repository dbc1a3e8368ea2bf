"""Imports of hash lists that are cut short, run side by side, or beside intake."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from graph.errors import HashListError
from graph.services import hash_list_entries
from graph.services.hash_lists import hash_list, import_list, withdraw_list
from graph.services.recording import record
from graph.store import Store
from tests.deliveries import delivery, file_hash
from tests.graph.services.test_hash_lists import issue, md5, put
from tests.stores import RunningStore


def test_an_import_that_was_cut_short_says_so_and_is_finished(
    running_store: RunningStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = running_store.store
    put(store, [md5("old")])

    def broken() -> list[tuple[list[str], int]]:
        raise KeyboardInterrupt

    def batches() -> Iterator[tuple[list[str], int]]:
        yield [md5("a")], 0
        broken()

    with pytest.raises(KeyboardInterrupt):
        import_list(store, issue(day=2), batches(), actor="test")
    assert hash_list(store, "Series A").unfinished == "import"
    import_list(store, issue(day=2), [([md5("a"), md5("b")], 3)], actor="test")
    done = hash_list(store, "Series A")
    assert (done.unfinished, done.entry_count, done.problem_count) == (None, 2, 3)
    monkeypatch.setattr(hash_list_entries, "_drop", lambda *_, **__: broken())
    with pytest.raises(KeyboardInterrupt):
        withdraw_list(store, "Series A", why="mistaken", actor="test")
    monkeypatch.undo()
    with pytest.raises(HashListError, match="cut short"):
        put(store, [md5("a")], day=3)
    assert withdraw_list(store, "Series A", why="mistaken", actor="test") == 2
    assert hash_list(store, "Series A").unfinished is None


def test_two_imports_of_one_list_do_not_mix(store: Store) -> None:
    def batches() -> Iterator[tuple[list[str], int]]:
        yield [md5("a")], 0
        put(store, [md5("b")], day=9)
        yield [md5("c")], 0

    with pytest.raises(HashListError, match="Somebody else"):
        import_list(store, issue(day=2), batches(), actor="test")
    assert hash_list(store, "Series A").entry_count == 1


def test_intake_beside_an_import_misses_nothing(running_store: RunningStore) -> None:
    store = running_store.store
    names = [md5(str(n)) for n in range(60)]
    failures: list[Exception] = []
    barrier = threading.Barrier(3)

    def intake(offset: int) -> None:
        barrier.wait()
        try:
            for n in range(offset, 60, 2):
                record(store, [delivery(str(1000 + n), [file_hash(names[n])])], actor="test")
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)

    def listing() -> None:
        barrier.wait()
        try:
            batches = [([name], 0) for name in reversed(names)]
            import_list(store, issue(), batches, actor="test")
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=intake, args=(n,)) for n in range(2)]
    threads.append(threading.Thread(target=listing))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert running_store.rows("MATCH (x:FileHash) RETURN x.state, count(x) ORDER BY x.state") == [
        ("known series", 60)
    ]
