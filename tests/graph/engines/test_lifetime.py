"""When an engine starts, when it ends, and what it leaves."""

from __future__ import annotations

import os
import signal
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.engines.embedded import EmbeddedEngine, attach
from graph.engines.paths import EngineFiles
from graph.errors import EngineError
from tests.graph.engines.conftest import GRACE_S
from tests.graph.engines.processes import (
    HOLDER,
    engines_on,
    is_running,
    line_of,
    python,
    wait_until,
)

ENDLESS = (
    "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c "
    "WITH a, b, c WHERE a = -b RETURN count(*)"
)


def run(engine: EmbeddedEngine, text: str) -> None:
    """Run one statement without the driver's retries."""
    auth = (engine.user, engine.password.get_secret_value())
    with (
        GraphDatabase.driver(engine.bolt_uri, auth=auth) as driver,
        driver.session(database=engine.database) as session,
    ):
        session.run(text).consume()


def test_it_ends_with_its_last_holder_and_not_before(data_dir: Path) -> None:
    first = attach(data_dir, grace_s=GRACE_S)
    with python(HOLDER, data_dir, GRACE_S) as other:
        assert line_of(other) == str(first.pid)
        first.release()
        with attach(data_dir) as second:
            assert second.pid == first.pid
        time.sleep(GRACE_S * 3)
        assert is_running(first.pid), "another process still holds it"
        held_until_s = float(other.communicate("")[0])
        wait_until(lambda: not is_running(first.pid))
        took_s = time.monotonic() - held_until_s
        assert took_s >= GRACE_S / 2, "it leaves the grace period to the next command"
    assert not EngineFiles(data_dir).endpoint.exists()


def test_it_ends_when_its_only_holder_is_killed(data_dir: Path) -> None:
    with python(HOLDER, data_dir, GRACE_S) as holder:
        pid = int(line_of(holder))
        os.kill(holder.pid, signal.SIGKILL)
        holder.wait()
        wait_until(lambda: not is_running(pid))


def test_a_killed_engine_is_told_and_replaced_with_its_data(data_dir: Path) -> None:
    with attach(data_dir, grace_s=GRACE_S) as first:
        run(first, "CREATE (:Kept {key: 'kept'})")
        os.kill(first.pid, signal.SIGKILL)
        for call in (lambda: first.sql("SELECT 1 AS one"), first.check):
            with pytest.raises(EngineError, match=f"process {first.pid}\\) has ended") as caught:
                call()
            assert "run the command again" in str(caught.value)
        assert EngineFiles(data_dir).endpoint.exists(), "a stale port file is part of the case"
        with attach(data_dir, grace_s=GRACE_S) as second:
            assert second.pid != first.pid
            assert second.sql("SELECT key FROM Kept") == [{"key": "kept"}]


def test_sigterm_ends_it_at_once_also_while_a_query_runs(data_dir: Path) -> None:
    outcome: list[str] = []

    def query() -> None:
        try:
            run(engine, ENDLESS)
        except (DriverError, Neo4jError) as error:
            outcome.append(type(error).__name__)

    with attach(data_dir, grace_s=GRACE_S) as engine:
        thread = threading.Thread(target=query)
        thread.start()
        time.sleep(0.7)
        assert outcome == [], "the query is still running"
        os.kill(engine.pid, signal.SIGTERM)
        # By itself the query would run for hours.
        wait_until(lambda: not is_running(engine.pid))
        thread.join(timeout=60)
    # Whether the engine still answers or is gone already depends on the moment; both say no.
    assert len(outcome) == 1
    assert outcome[0] in ("ServiceUnavailable", "DatabaseError")
    assert (data_dir / "engine.log").read_text(encoding="utf-8").endswith("The engine ended.\n")


def test_processes_that_attach_at_once_start_one_engine(data_dir: Path) -> None:
    with ExitStack() as stack:
        racers = [stack.enter_context(python(HOLDER, data_dir, GRACE_S)) for _ in range(5)]
        pids = {line_of(racer) for racer in racers}
        assert len(pids) == 1
        assert [str(pid) for pid in engines_on(data_dir)] == list(pids)
        log = (data_dir / "engine.log").read_text(encoding="utf-8")
        assert log.count("The engine starts") == 1
    wait_until(lambda: not engines_on(data_dir))


@pytest.mark.long
def test_attaching_while_it_is_ending_always_gives_one_that_answers(data_dir: Path) -> None:
    pids = set()
    for _ in range(2):
        with attach(data_dir, grace_s=0) as engine:
            pids.add(engine.pid)
            assert engine.sql("SELECT 1 AS one") == [{"one": 1}]
        wait_until(lambda: not EngineFiles(data_dir).endpoint.exists())
    assert len(pids) == 2, "it had ended, or was about to"


@pytest.mark.long
def test_it_ends_when_its_directory_is_replaced(data_dir: Path) -> None:
    with attach(data_dir, grace_s=GRACE_S) as engine:
        EngineFiles(data_dir).lock.unlink()
        wait_until(lambda: not is_running(engine.pid))


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGINT])
def test_ending_the_starter_while_it_starts_leaves_nothing(data_dir: Path, end: int) -> None:
    with python(HOLDER, data_dir, GRACE_S) as starter:
        wait_until(lambda: bool(engines_on(data_dir)))
        os.kill(starter.pid, end)
        starter.wait(timeout=60)
        wait_until(lambda: not engines_on(data_dir))
    assert not EngineFiles(data_dir).endpoint.exists()
