"""What one unit of work may take in time, and what may be said of it in a log."""

from __future__ import annotations

import logging
import time
from typing import LiteralString

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.exceptions import ClientError, Neo4jError, TransientError

from graph.errors import StoreConflictError, StoreTimeoutError, StoreUnavailableError
from graph.queries.core import Mode, NoParams, Params, Query, Row
from graph.queries.meta import STORE_INFO
from graph.store import ReadUnit, Store, StoreLimits, WriteUnit
from graph.store_errors import guard_driver_logs, translate
from tests.stores import RunningStore


class _Key(Params):
    key: str


ADD = Query(
    name="test.write",
    doc="Test.",
    text="CREATE (p:Provider {key: $key, name: 'x'})",
    params=_Key,
    row=Row,
    mode=Mode.WRITE,
)


def limited(running: RunningStore, **limits: float) -> Store:
    """Give another store over the same driver with other limits."""
    store = Store.__new__(Store)
    store.__dict__.update(running.store.__dict__)
    store._limits = StoreLimits(retry_s=0.2, **limits)
    return store


class Watch:
    """A clock that goes only when it is told to: how fast this machine is has no say."""

    def __init__(self) -> None:
        self.now_s = 0.0

    def monotonic(self) -> float:
        """Give the seconds on it."""
        return self.now_s


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    """The clock by which units of work are limited."""
    found = Watch()
    monkeypatch.setattr("graph.units.time", found)
    return found


def providers(running: RunningStore) -> object:
    return running.rows("MATCH (p:Provider) RETURN count(p)")[0][0]


def test_many_short_statements_end_at_the_limit_of_the_whole(
    running_store: RunningStore, watch: Watch
) -> None:
    """Each of them is far below any limit for one statement."""
    done: list[int] = []

    def work(unit: WriteUnit) -> None:
        for n in range(20):
            unit.run(ADD, _Key(key=f"k{n}"))
            done.append(n)
            watch.now_s += 10.0

    with pytest.raises(StoreTimeoutError, match="CROSSTIP_WRITE_TIMEOUT_S"):
        limited(running_store, write_s=60.0).writing(work, name="test")
    assert len(done) == 7
    assert providers(running_store) == 0


def test_rows_in_chunks_end_at_the_limit_too(running_store: RunningStore) -> None:
    def work(unit: WriteUnit) -> None:
        unit.insert_nodes("Provider", [{"key": "a", "name": "A"}])
        time.sleep(0.4)
        unit.insert_nodes("Provider", [{"key": "b", "name": "B"}])

    with pytest.raises(StoreTimeoutError):
        limited(running_store, write_s=0.3).writing(work, name="test")
    assert providers(running_store) == 0


def test_work_that_is_late_at_its_end_is_not_kept(running_store: RunningStore) -> None:
    def work(unit: WriteUnit) -> None:
        unit.run(ADD, _Key(key="a"))
        time.sleep(0.4)

    with pytest.raises(StoreTimeoutError):
        limited(running_store, write_s=0.3).writing(work, name="test")
    assert providers(running_store) == 0
    limited(running_store, write_s=30.0).writing(
        lambda unit: unit.run(ADD, _Key(key="a")), name="t"
    )
    assert providers(running_store) == 1


def test_reads_are_limited_as_a_whole_too(running_store: RunningStore, watch: Watch) -> None:
    done: list[int] = []

    def work(unit: ReadUnit) -> None:
        for n in range(20):
            unit.read(STORE_INFO, NoParams())
            done.append(n)
            watch.now_s += 10.0

    with pytest.raises(StoreTimeoutError, match="CROSSTIP_READ_TIMEOUT_S"):
        limited(running_store, read_s=50.0).reading(work, name="test")
    assert len(done) == 6


@pytest.mark.parametrize(
    "value",
    [
        "o'brien x@example.com",
        'say "x@example.com" twice',
        "a]b x@example.com",
        "5555550123 x@example.com",
        "a\nx@example.com",
    ],
)
def test_no_value_reaches_the_log_whatever_signs_it_holds(
    running_store: RunningStore, caplog: pytest.LogCaptureFixture, value: str
) -> None:
    quick = limited(running_store)
    quick.writing(lambda unit: unit.run(ADD, _Key(key=value)), name="test")
    with pytest.raises(StoreConflictError) as caught:
        quick.writing(lambda unit: unit.run(ADD, _Key(key=value)), name="test")
    assert "ConstraintValidationFailed" in caplog.text
    for part in ("example", "brien", "555", value):
        assert part not in caplog.text
        assert part not in str(caught.value)


FORMS = (
    "Duplicated key [{}] found on index 'Provider_0[key]' already assigned to record #1:0",
    "Node(12) already exists with label `Provider` and property `key` = '{}'",
    "Cannot convert {} to the type of the property",
    "{}",
    "value: {}",
    'For input string: "{}"',
    "Encountered: Map{{a -> String({})}}",
)


def failed(text: str, code: str = "Neo.ClientError.Statement.ArgumentError") -> Neo4jError:
    """Give the driver's error for a server's answer."""
    return Neo4jError._hydrate_neo4j(code=code, message=text)


@given(
    form=st.sampled_from(FORMS), name=st.text("qjxz0123456789@._-'\"[]", min_size=4, max_size=30)
)
def test_nothing_that_a_server_says_of_a_value_is_passed_on(form: str, name: str) -> None:
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger("crosstip.store")
    log.addHandler(handler)
    try:
        said = str(translate(failed(form.format(name)), during="a test"))
    finally:
        log.removeHandler(handler)
    (line,) = lines
    assert line.startswith("a test failed: Neo.ClientError.Statement.ArgumentError: ")
    told = line.partition("ArgumentError: ")[2] + said.partition("(")[2].partition(")")[0]
    assert not any(sign in told for sign in "0123456789@'\"[]qjz")


def test_a_code_that_is_no_code_is_not_passed_on(caplog: pytest.LogCaptureFixture) -> None:
    error = failed("x", code="Neo.ClientError.Statement.x@example.com")
    assert "example" not in str(translate(error, during="a test"))
    assert "example" not in caplog.text


def test_the_log_still_says_what_kind_of_refusal_it_was(caplog: pytest.LogCaptureFixture) -> None:
    translate(failed("Duplicated key [x@example.com] found"), during="a test")
    assert "duplicated" not in caplog.text
    assert "ArgumentError: … key …" in caplog.text


def test_the_drivers_own_log_repeats_no_value(caplog: pytest.LogCaptureFixture) -> None:
    """It warns of each retry with the server's text, and Python prints that where no log is."""
    guard_driver_logs()
    error = failed("can't lock 'x@example.com'", "Neo.TransientError.Transaction.DeadlockDetected")
    assert isinstance(error, TransientError)
    session_log = logging.getLogger("neo4j.session")
    session_log.warning("Transaction failed and will be retried in %ss (%s)", 1.0, error)
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("neo4j.io").debug("C: RUN 'text' {'key': 'x@example.com'}")
    with caplog.at_level(logging.DEBUG, logger="neo4j.io"):
        logging.getLogger("neo4j.io").debug("C: RUN 'text' {'key': 'y@example.com'}")
    assert "DeadlockDetected" in caplog.text
    assert "example" not in caplog.text


@pytest.mark.parametrize(
    "code",
    [
        "Neo.ClientError.Security.Forbidden",
        "Neo.ClientError.General.WriteOnReadOnlyAccessDatabase",
        "Neo.ClientError.General.ForbiddenOnReadOnlyDatabase",
        "Neo.ClientError.Statement.AccessMode",
    ],
)
def test_a_store_that_lets_nobody_write_is_not_a_documents_fault(code: str) -> None:
    error = translate(failed("no", code), during="recording tips")
    assert isinstance(error, StoreUnavailableError)
    assert "rights" in str(error)


def test_a_real_refusal_to_write_says_what_to_check(running_store: RunningStore) -> None:
    if running_store.engine == "embedded":
        pytest.skip("ArcadeDB writes in read transactions; the catalogue's marks keep that out")
    text: LiteralString = "CREATE (p:Provider {key: 'a', name: 'x'})"
    store = running_store.store

    def once() -> None:
        with store._driver.session(database=store._database) as session:
            session.execute_read(lambda tx: tx.run(text).consume())

    with pytest.raises(StoreUnavailableError, match="rights"):
        store._translated("a test", once)


def test_driver_errors_have_the_classes_that_these_tests_take_for_granted() -> None:
    assert isinstance(failed("x"), ClientError)
