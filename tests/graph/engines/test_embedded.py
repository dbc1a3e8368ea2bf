"""A running engine from outside: addresses, secrets, files, SQL. One engine for the module."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from neo4j import Driver, GraphDatabase
from neo4j.exceptions import Neo4jError

from graph.engines.child import EXIT_TAKEN
from graph.engines.embedded import EmbeddedEngine, attach
from graph.errors import EngineError
from tests.graph.engines.conftest import COMMAND_TIMEOUT_S, FOREIGN_SETTINGS
from tests.graph.engines.processes import HOLDER, REPOSITORY, engines_on, line_of, python

MARK = "value-that-must-not-be-logged"


@pytest.fixture
def driver(engine: EmbeddedEngine) -> Iterator[Driver]:
    with GraphDatabase.driver(
        engine.bolt_uri, auth=(engine.user, engine.password.get_secret_value())
    ) as driver:
        yield driver


def test_it_speaks_cypher_over_bolt(engine: EmbeddedEngine, driver: Driver) -> None:
    records, _, _ = driver.execute_query("RETURN 6 * 7 AS answer", database_=engine.database)
    assert records[0]["answer"] == 42


def test_it_gives_properties_types_and_reads_them_back(engine: EmbeddedEngine) -> None:
    engine.sql("CREATE VERTEX TYPE Typed IF NOT EXISTS")
    for _ in range(2):
        engine.sql("CREATE PROPERTY Typed.received_us IF NOT EXISTS LONG")
    rows = engine.sql("SELECT name, properties FROM schema:types WHERE name = 'Typed'")
    assert [row["name"] for row in rows] == ["Typed"]
    assert "received_us" in str(rows[0]["properties"])
    assert "LONG" in str(rows[0]["properties"])


def test_a_script_runs_statement_by_statement_and_may_be_repeated(engine: EmbeddedEngine) -> None:
    properties = [f"CREATE PROPERTY Scripted.{n} IF NOT EXISTS LONG" for n in ("a_us", "b_us")]
    script = ["CREATE VERTEX TYPE Scripted IF NOT EXISTS", *properties]
    for _ in range(2):
        engine.sql_script(script)
    (row,) = engine.sql("SELECT properties FROM schema:types WHERE name = 'Scripted'")
    assert all(name in str(row["properties"]) for name in ("a_us", "b_us"))
    with pytest.raises(EngineError, match="refused"):
        engine.sql_script([*script, "CREATE PROPERTY Nowhere.at_us IF NOT EXISTS LONG"])


def test_a_backup_lands_below_the_data_directory(engine: EmbeddedEngine) -> None:
    (row,) = engine.sql("BACKUP DATABASE", timeout_s=60)
    backup = engine.data_dir / "backups" / engine.database / str(row["backupFile"])
    assert backup.stat().st_size > 0
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600


def test_refused_sql_is_a_sentence_without_values(engine: EmbeddedEngine) -> None:
    with pytest.raises(EngineError) as caught:
        engine.sql(f"INSERT INTO Nowhere SET key = '{MARK}'")
    assert "refused `INSERT INTO Nowhere …`" in str(caught.value)
    assert MARK not in str(caught.value)


def test_it_listens_on_loopback_only(engine: EmbeddedEngine) -> None:
    listening = [
        connection.laddr
        for connection in psutil.Process(engine.pid).net_connections(kind="inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert {address.ip.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}
    assert len({address.port for address in listening}) == 2
    assert int(engine.bolt_uri.rpartition(":")[2]) in {address.port for address in listening}
    assert psutil.Process(engine.pid).children(recursive=True) == []


def test_everything_in_the_data_directory_is_private(engine: EmbeddedEngine) -> None:
    modes = {
        str(path): stat.S_IMODE(path.stat().st_mode)
        for path in [engine.data_dir, *engine.data_dir.rglob("*")]
    }
    assert len(modes) > 10
    assert {
        p: oct(m) for p, m in modes.items() if m != (0o700 if Path(p).is_dir() else 0o600)
    } == {}


def test_the_password_is_in_its_file_and_nowhere_else(engine: EmbeddedEngine) -> None:
    secret = engine.password.get_secret_value()
    assert len(secret) >= 32
    process = psutil.Process(engine.pid)
    assert secret not in " ".join(process.cmdline())
    assert secret not in str(process.environ())
    assert secret not in f"{engine!r} {engine} {engine.password}"
    holding = [
        path.relative_to(engine.data_dir).as_posix()
        for path in engine.data_dir.rglob("*")
        if path.is_file() and secret.encode() in path.read_bytes()
    ]
    assert holding == ["password"]


def test_its_environment_holds_nothing_of_other_parts(engine: EmbeddedEngine) -> None:
    environment = psutil.Process(engine.pid).environ()
    assert FOREIGN_SETTINGS.keys() & environment.keys() == set()


def test_it_lives_in_its_own_session_and_directory(engine: EmbeddedEngine) -> None:
    assert os.getsid(engine.pid) == engine.pid
    assert Path(psutil.Process(engine.pid).cwd()) == engine.data_dir
    written = [
        Path(file.path) for file in psutil.Process(engine.pid).open_files() if file.mode != "r"
    ]
    assert len(written) > 3
    assert [path for path in written if engine.data_dir not in path.parents] == []


def test_values_do_not_reach_its_logs(engine: EmbeddedEngine, driver: Driver) -> None:
    engine.sql("CREATE VERTEX TYPE Logged IF NOT EXISTS")
    engine.sql("CREATE PROPERTY Logged.number IF NOT EXISTS LONG")
    with pytest.raises(Neo4jError):
        driver.execute_query(
            "UNWIND $v AS v CREATE (t:Logged {number: v})",
            {"v": [MARK]},
            database_=engine.database,
        )
    logged = engine.server_log_path.read_text(encoding="utf-8")
    assert "NumberFormatException" in logged, "the cause is there"
    everything = [*engine.data_dir.glob("*.log*"), *(engine.data_dir / "log").iterdir()]
    assert [p.name for p in everything if MARK in p.read_text(errors="replace")] == []


def test_a_statement_ends_at_the_time_limit(engine: EmbeddedEngine, driver: Driver) -> None:
    endless = "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b UNWIND range(1, 3000) AS c"
    start = time.monotonic()
    with (
        driver.session(database=engine.database) as session,
        pytest.raises(Neo4jError, match="TransactionTimedOut"),
    ):
        session.run(f"{endless} WITH a, b, c WHERE a = -b RETURN count(*)").consume()
    assert COMMAND_TIMEOUT_S <= time.monotonic() - start < COMMAND_TIMEOUT_S + 60


def test_attaching_again_shares_the_engine(engine: EmbeddedEngine) -> None:
    with attach(engine.data_dir) as second:
        assert second.bolt_uri == engine.bolt_uri
        assert second.pid == engine.pid
        second.release()
        second.release()
    assert engine.sql("SELECT 1 AS one") == [{"one": 1}]


def test_another_process_attaches_to_the_same_engine(engine: EmbeddedEngine) -> None:
    with python(HOLDER, engine.data_dir, 1) as other:
        assert line_of(other) == str(engine.pid)


def test_threads_that_attach_at_once_share_the_engine(engine: EmbeddedEngine) -> None:
    pids: list[int] = []

    def use() -> None:
        with attach(engine.data_dir) as attached:
            attached.sql("SELECT 1 AS one")
            pids.append(attached.pid)

    threads = [threading.Thread(target=use) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert pids == [engine.pid] * 8
    assert engines_on(engine.data_dir) == [engine.pid]


def test_a_forked_process_can_attach_and_leave_without_harm(engine: EmbeddedEngine) -> None:
    child = os.fork()
    if child == 0:
        engine.release()
        with attach(engine.data_dir) as own:
            os._exit(0 if own.pid == engine.pid and own.sql("SELECT 1 AS one") else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert engine.sql("SELECT 1 AS one") == [{"one": 1}]


def test_ctrl_c_ends_the_command_and_not_the_engine(engine: EmbeddedEngine) -> None:
    command = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(engine.data_dir), "1"],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        start_new_session=True,
    )
    assert line_of(command) == str(engine.pid)
    os.killpg(command.pid, signal.SIGINT)
    command.communicate()
    assert engine.sql("SELECT 1 AS one") == [{"one": 1}]


def test_an_engine_that_does_not_answer_is_named(engine: EmbeddedEngine) -> None:
    process = psutil.Process(engine.pid)
    process.suspend()
    try:
        with pytest.raises(EngineError, match=f"process {engine.pid}\\) does not answer: end it"):
            attach(engine.data_dir, start_timeout_s=0.5)
        with pytest.raises(EngineError, match=r"runs but gave no answer within 0\.2 seconds"):
            engine.sql("SELECT 1 AS one", timeout_s=0.2)
    finally:
        process.resume()
    assert engine.sql("SELECT 1 AS one") == [{"one": 1}]


def test_a_second_engine_process_gives_way(engine: EmbeddedEngine) -> None:
    second = subprocess.run(
        [
            *[sys.executable, "-m", "graph.engines.child", f"--data-dir={engine.data_dir}"],
            *["--heap=512m", "--command-timeout-ms=1000", "--grace-s=1"],
        ],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert second.returncode == EXIT_TAKEN
    assert f"Process {engine.pid} has this data directory already." in second.stderr
    with attach(engine.data_dir) as still:
        assert still.pid == engine.pid


def test_the_engine_package_is_run_from_this_repository(engine: EmbeddedEngine) -> None:
    assert psutil.Process(engine.pid).environ()["PYTHONPATH"].startswith(str(REPOSITORY))
