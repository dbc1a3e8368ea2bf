"""Units of work: all or nothing, retried where that helps, and errors in words."""

from __future__ import annotations

import contextlib
import threading
from typing import LiteralString

import pytest

from graph.errors import (
    GoneError,
    StoreConflictError,
    StoreError,
    StoreRefusedError,
    StoreTimeoutError,
    StoreUnavailableError,
)
from graph.identifiers.core import IdentifierKind
from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.meta import STORE_INFO
from graph.store import Store, StoreLimits, WriteUnit
from graph.tip_rows import identifier_row
from graph.writer_lock import WriterLock
from tests.stores import RunningStore


class KeyParams(Params):
    key: str


def write(text: LiteralString) -> Query[KeyParams, Row]:
    return Query(
        name="test.write", doc="Test.", text=text, params=KeyParams, row=Row, mode=Mode.WRITE
    )


ADD = write("CREATE (p:Provider {key: $key, name: 'x'})")


def count(running: RunningStore) -> object:
    return running.rows("MATCH (p:Provider) RETURN count(p)")[0][0]


def test_an_error_in_the_middle_leaves_nothing(running_store: RunningStore) -> None:
    def work(unit: WriteUnit) -> None:
        unit.run(ADD, KeyParams(key="a"))
        raise RuntimeError

    with pytest.raises(RuntimeError):
        running_store.store.writing(work, name="test")
    assert count(running_store) == 0


def test_a_unit_sees_its_own_writes(running_store: RunningStore) -> None:
    def work(unit: WriteUnit) -> int:
        unit.insert_nodes("Provider", [{"key": "a", "name": "A"}])
        unit.insert_nodes("Provider", [{"key": "a", "name": "B"}, {"key": "b", "name": "B"}])
        unit.update_nodes("Provider", [{"key": "b", "name": "C"}])
        return 1

    assert running_store.store.writing(work, name="test") == 1
    rows = running_store.rows("MATCH (p:Provider) RETURN p.key, p.name ORDER BY p.key")
    assert rows == [("a", "A"), ("b", "C")]


def test_a_taken_key_is_a_conflict_in_words(running_store: RunningStore) -> None:
    quick = second_store(running_store, StoreLimits(retry_s=0.2))
    quick.writing(lambda unit: unit.run(ADD, KeyParams(key="a@example.com")), name="test")
    with pytest.raises(StoreConflictError) as caught:
        quick.writing(lambda unit: unit.run(ADD, KeyParams(key="a@example.com")), name="test")
    assert "a@example.com" not in str(caught.value)


def test_identifiers_do_not_reach_the_log(
    running_store: RunningStore, caplog: pytest.LogCaptureFixture
) -> None:
    quick = second_store(running_store, StoreLimits(retry_s=0.1))
    for _ in range(2):
        with contextlib.suppress(StoreConflictError):
            quick.writing(lambda unit: unit.run(ADD, KeyParams(key="a@example.com")), name="test")
    assert len(caplog.records) > 0
    assert "a@example.com" not in caplog.text


def test_a_read_that_takes_too_long_ends(running_store: RunningStore) -> None:
    """The embedded engine ignores the driver's limit and has one of its own (60 s here)."""
    if running_store.engine == "embedded":
        pytest.skip("ends by its own command time limit, see tests/graph/engines")
    slow = second_store(running_store, StoreLimits(read_s=1.0, retry_s=0.1))
    text: LiteralString = (
        "UNWIND range(1, 100000) AS a UNWIND range(1, 100000) AS b "
        "RETURN sum(a * b) AS schema_version LIMIT 1"
    )

    class OneRow(Row):
        schema_version: int

    query = Query(name="test.slow", doc="Slow.", text=text, params=NoParams, row=OneRow)
    with pytest.raises(StoreTimeoutError):
        slow.read(query, NoParams())


def test_a_defective_text_is_refused_in_words(store: Store) -> None:
    with pytest.raises(StoreRefusedError, match="defect"):
        store.writing(lambda unit: unit.run(write("SET nothing $key"), KeyParams(key="")), name="t")


def test_a_store_that_is_away_is_unavailable_and_never_empty() -> None:
    away = Store("bolt://127.0.0.1:1", ("a", "b"), database="x", limits=StoreLimits(retry_s=0.2))
    with away, pytest.raises(StoreUnavailableError):
        away.ping()
    with away, pytest.raises(StoreError):
        away.read(STORE_INFO, NoParams())


def test_a_wrong_password_says_what_to_check(running_store: RunningStore) -> None:
    settings = running_store.opened.store._driver
    address = settings.get_server_info().address
    uri = f"bolt://{address[0]}:{address[1]}"
    with (
        Store(uri, ("neo4j", "wrong"), database="x", limits=StoreLimits(retry_s=0.2)) as store,
        pytest.raises(StoreUnavailableError, match="CROSSTIP_STORE_PASSWORD"),
    ):
        store.ping()


def test_writers_that_make_the_same_node_at_once_all_succeed(
    running_store: RunningStore,
) -> None:
    barrier = threading.Barrier(4)
    failures: list[Exception] = []

    def write_all(_: int) -> None:
        barrier.wait()
        try:
            for n in range(20):
                row = {"key": f"k{n}", "name": "x"}
                running_store.store.writing(
                    lambda unit, row=row: unit.insert_nodes("Provider", [row]),  # type: ignore[misc]
                    name="test",
                )
        except Exception as error:  # noqa: BLE001 - shown by the assertion
            failures.append(error)

    threads = [threading.Thread(target=write_all, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert count(running_store) == 20


def test_a_read_unit_cannot_be_tricked_into_writing(store: Store) -> None:
    with pytest.raises(StoreRefusedError):
        store.reading(lambda unit: unit.read(ADD, KeyParams(key="a")), name="test")


def second_store(running: RunningStore, limits: StoreLimits) -> Store:
    """Give another store over the same driver with other limits."""
    store = Store.__new__(Store)
    store.__dict__.update(running.store.__dict__)
    store._limits = limits
    return store


def test_the_writer_lock_is_one_for_all_threads(tmp_path_factory: pytest.TempPathFactory) -> None:
    path = tmp_path_factory.mktemp("lock") / "writer.lock"
    inside = 0
    most = 0

    def work() -> None:
        nonlocal inside, most
        with WriterLock(path).hold(timeout_s=60):
            inside += 1
            most = max(most, inside)
            inside -= 1

    threads = [threading.Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_held_lock_is_busy_in_words(tmp_path_factory: pytest.TempPathFactory) -> None:
    from graph.errors import StoreBusyError

    path = tmp_path_factory.mktemp("lock") / "writer.lock"
    with (
        WriterLock(path).hold(timeout_s=1),
        pytest.raises(StoreBusyError, match="Another process"),
        WriterLock(path).hold(timeout_s=0.1),
    ):
        pass


def test_what_was_purged_meanwhile_is_made_anew_and_not_passed_over(
    running_store: RunningStore,
) -> None:
    store, keys = running_store.store, ["a@example.com", "b@example.com"]
    tries: list[int] = []

    rows = [
        identifier_row(IdentifierKind.EMAIL, key, state="normal", state_reason=None, hints=[])
        for key in keys
    ]

    def work(unit: WriteUnit) -> list[str]:
        unit.insert_nodes("Email", rows)
        tries.append(len(tries))
        if len(tries) == 2:
            # Nothing was written yet, so no lock keeps another one from removing it.
            running_store.rows("MATCH (x:Email {key: 'b@example.com'}) DETACH DELETE x")
        unit.count_claims("Email", dict.fromkeys(keys, 1))
        return unit.count_tips("Email", dict.fromkeys(keys, (1, 1)))

    assert store.writing(work, name="test") == keys
    assert store.writing(work, name="test") == keys
    assert len(tries) == 3
    text = "MATCH (x:Email) RETURN x.claim_count, x.tip_count ORDER BY x.key"
    assert running_store.rows(text) == [(2, 2), (1, 1)]
    with pytest.raises(GoneError, match="1 records that test needs are not there"):
        store.writing(
            lambda unit: unit.insert_rels(
                "CLAIMS",
                ("Claim", "Email"),
                [("none", "a@example.com", {})],
            ),
            name="test",
        )
