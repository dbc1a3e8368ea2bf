"""The Neo4j that Crosstip starts: private, on loopback, kept over a crash, never an orphan."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import psutil
import pytest
from neo4j.exceptions import AuthError

from crosstip.local_neo4j import LocalNeo4jError, Neo4jServer
from tests.neo4j_server import need_local_neo4j

pytestmark = pytest.mark.neo4j

# Starts a server for itself, says where, and waits to be killed.
OWNER = """
import sys, time
from pathlib import Path
from crosstip.local_neo4j import Neo4jServer
with Neo4jServer(Path(sys.argv[1])) as server:
    print(server.pid, flush=True)
    time.sleep(600)
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Neo4jServer]:
    """Give a server of its own, which a test may kill but leaves running."""
    need_local_neo4j()
    with Neo4jServer(tmp_path_factory.mktemp("neo4j") / "home", heap="512m") as started:
        yield started


def _ask(server: Neo4jServer, password: str, text: neo4j.Query) -> list[object]:
    with neo4j.GraphDatabase.driver(server.uri, auth=(server.user, password)) as driver:
        return [record[0] for record in driver.execute_query(text).records]


def _await_end(pid: int, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while psutil.pid_exists(pid) and time.monotonic() < deadline:
        time.sleep(0.1)
    return not psutil.pid_exists(pid)


def test_it_listens_on_loopback_only(server: Neo4jServer) -> None:
    listening = {
        found.laddr.ip.removeprefix("::ffff:")
        for found in psutil.Process(server.pid).net_connections(kind="inet")
        if found.status == psutil.CONN_LISTEN
    }
    assert listening == {"127.0.0.1"}


def test_its_data_and_password_are_its_owners(server: Neo4jServer) -> None:
    assert stat.S_IMODE(server.home.stat().st_mode) == 0o700
    assert stat.S_IMODE((server.home / "password").stat().st_mode) == 0o600
    assert len(server.password) >= 32
    assert server.password not in " ".join(psutil.Process(server.pid).cmdline())


@pytest.mark.parametrize("password", ["neo4j", "", "wrong-but-long-enough"])
def test_another_password_is_refused(server: Neo4jServer, password: str) -> None:
    with pytest.raises(AuthError):
        _ask(server, password, neo4j.Query("RETURN 1"))


def test_a_killed_server_comes_back_with_its_data_where_it_was(server: Neo4jServer) -> None:
    before = (server.uri, server.pid)
    _ask(server, server.password, neo4j.Query("CREATE (:Survivor {key: 'a'})"))
    server.kill()
    assert not server.is_running
    assert not psutil.pid_exists(before[1])
    server.restart()
    assert server.uri == before[0]
    assert server.pid != before[1]
    counted = neo4j.Query("MATCH (n:Survivor) RETURN count(n)")
    assert _ask(server, server.password, counted) == [1]


@pytest.mark.long
def test_a_taken_port_is_said_and_nothing_stays_behind(server: Neo4jServer) -> None:
    port = int(server.uri.rpartition(":")[2])
    server.stop()
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        squatter.bind(("127.0.0.1", port))
        squatter.listen()
        with pytest.raises(LocalNeo4jError, match="ended while it started"):
            server.start()
    assert not psutil.pid_exists(server.pid)
    server.start()


def test_a_folder_in_use_is_said(server: Neo4jServer) -> None:
    second = Neo4jServer(server.home, heap="512m")
    with pytest.raises(LocalNeo4jError, match="used by another process"):
        second.start()
    assert _ask(server, server.password, neo4j.Query("RETURN 7")) == [7]


@pytest.mark.long
def test_the_server_ends_with_its_owner(tmp_path: Path) -> None:
    need_local_neo4j()
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(tmp_path / "home")], stdout=subprocess.PIPE, text=True
    )
    assert owner.stdout is not None
    with owner.stdout as lines:
        pid = int(lines.readline())
    assert psutil.pid_exists(pid)
    os.kill(owner.pid, signal.SIGKILL)
    owner.wait(60)
    assert _await_end(pid, 60)
