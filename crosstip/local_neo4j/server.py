"""One Neo4j Community as a child process: loopback only, its own password, no orphan."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from crosstip.local_neo4j import watch
from crosstip.local_neo4j.artifacts import default_cache, fetch_neo4j, find_java
from crosstip.local_neo4j.errors import LocalNeo4jError
from crosstip.local_neo4j.home import HOST, OPENED, Neo4jHome
from graph.driver import GraphDatabase
from graph.driver_errors import AuthError, DriverError, Neo4jError

_T = TypeVar("_T")

USER = "neo4j"
DATABASE = "neo4j"
_START_SECONDS = 90.0
_PORT_TRIES = 3
_SERVER = "org.neo4j.server.CommunityEntryPoint"


class Neo4jServer:
    """A Neo4j whose data lives in `home`; start it, or use it in a `with` statement.

    The first start makes a random password, kept in `home` for its owner alone. The address is
    the same after every `restart`, so that a driver can be left open over it. When the process
    that started it dies, the server ends too.

    Not safe to use from several threads.
    """

    def __init__(
        self,
        home: Path,
        *,
        heap: str = "1g",
        page_cache: str = "256m",
        cache: Path | None = None,
        settings: Sequence[str] = (),
    ) -> None:
        """Take where it lives; `settings` are further lines of its `neo4j.conf`."""
        self._home = Neo4jHome(home.resolve())
        self._heap = heap
        self._page_cache = page_cache
        self._cache = cache if cache is not None else default_cache()
        self._more = tuple(settings)
        self._port: int | None = None
        self._password: str | None = None
        self._pid: int | None = None
        self._watch: subprocess.Popen[str] | None = None

    @property
    def uri(self) -> str:
        """The address for a driver.

        Raises:
            LocalNeo4jError: the server was never started.
        """
        return f"bolt://{HOST}:{_started(self._port)}"

    @property
    def user(self) -> str:
        """The only user."""
        return USER

    @property
    def password(self) -> str:
        """The user's password.

        Raises:
            LocalNeo4jError: the server was never started.
        """
        return _started(self._password)

    @property
    def pid(self) -> int:
        """The process id of the server that was started last.

        Raises:
            LocalNeo4jError: the server was never started.
        """
        return _started(self._pid)

    @property
    def is_running(self) -> bool:
        """Whether the process is alive."""
        return self._watch is not None and self._watch.poll() is None

    @property
    def home(self) -> Path:
        """The folder with data, settings, password and logs."""
        return self._home.path

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def start(self) -> None:
        """Start the server and come back when it has answered a query; nothing if it runs.

        Raises:
            LocalNeo4jError: no Java, nothing to start, the folder is in use, or it did not come up.
        """
        if self.is_running:
            return
        self.stop()
        java, lib = find_java(), fetch_neo4j(self._cache)
        held = self._home.hold()
        try:
            self._password = self._home.password(java, lib)
            if self._port is not None:
                self._start_on(self._port, java, lib, held)
                return
            self._start_on_a_free_port(java, lib, held)
        finally:
            # From here on the watch holds the folder, until the server has ended.
            os.close(held)

    def stop(self) -> None:
        """End the server in order (SIGTERM); by force if it takes too long. Safe to repeat."""
        if self._watch is None:
            return
        # The watch ends the server when this end of its standard input closes.
        if self._watch.stdin is not None:
            self._watch.stdin.close()
        self._watch.wait(watch.GRACE_SECONDS + 10.0)
        self._watch = None

    def kill(self) -> None:
        """Kill the server at once (SIGKILL), as a crash would. The data stays."""
        if self.is_running:
            os.kill(self.pid, signal.SIGKILL)
        self.stop()

    def restart(self) -> None:
        """Start again on the same data and address, after `kill` or `stop` or instead of them.

        Raises:
            LocalNeo4jError: it did not come up.
        """
        self.stop()
        self.start()

    def _start_on_a_free_port(self, java: Path, lib: Path, held: int) -> None:
        for left in reversed(range(_PORT_TRIES)):
            try:
                self._start_on(_free_port(), java, lib, held)
            except _PortTakenError:
                if left == 0:
                    raise
            else:
                return

    def _start_on(self, port: int, java: Path, lib: Path, held: int) -> None:
        self._home.write_settings(port, self._page_cache, self._more)
        self._home.clear_logs()
        command = [sys.executable, "-I", watch.__file__, str(self._home.console)]
        command += [str(java), f"-Xmx{self._heap}", *OPENED, "-cp", f"{lib}/*", _SERVER]
        command += [f"--home-dir={self._home.path}", f"--config-dir={self._home.settings}"]
        # A session of its own: Ctrl-C in the terminal is the owner's to act upon.
        self._watch = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
            pass_fds=[held],
        )
        try:
            self._pid = self._reported_pid(self._watch)
            self._await_answer(port)
        except BaseException:
            self.stop()
            raise
        self._port = port

    def _reported_pid(self, started: subprocess.Popen[str]) -> int:
        if started.stdout is not None:
            with started.stdout as lines:
                line = lines.readline()
            if line.strip().isdigit():
                return int(line)
        raise self._failure("could not be launched")

    def _await_answer(self, port: int) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while time.monotonic() < deadline:
            if not self.is_running:
                raise self._failure("ended while it started")
            if _is_open(port) and self._answers(port):
                return
            time.sleep(0.1)
        raise self._failure(f"did not answer within {_START_SECONDS:.0f} s")

    def _answers(self, port: int) -> bool:
        try:
            with GraphDatabase.driver(
                f"bolt://{HOST}:{port}",
                auth=(USER, self.password),
                # Short, and no repeats: whoever listens there need not be a Neo4j.
                connection_acquisition_timeout=5.0,
                connection_timeout=5.0,
                max_transaction_retry_time=0.0,
            ) as driver:
                driver.execute_query("RETURN 1 AS ready", database_=DATABASE)
        except AuthError as error:
            if not self.is_running:
                # Somebody else took the port, and it is they who refused.
                return False
            raise LocalNeo4jError(
                f"The Neo4j in {self._home.path} does not take the password kept there. Put back "
                "the file `password`, or remove the folder to start with an empty one."
            ) from error
        except (DriverError, Neo4jError):
            return False
        return True

    def _failure(self, what: str) -> LocalNeo4jError:
        text = self._home.logged()
        last = "\n".join(text.splitlines()[-6:])
        kind = _PortTakenError if "already in use" in text else LocalNeo4jError
        return kind(
            f"The Neo4j in {self._home.path} {what}. Its log is {self._home.log} and ends with:\n"
            f"{last}"
        )


class _PortTakenError(LocalNeo4jError):
    """Somebody took the port between the choice and the start."""


def _started(value: _T | None) -> _T:
    if value is None:
        raise LocalNeo4jError("This Neo4j was never started: call start() first.")
    return value


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1.0)
        return probe.connect_ex((HOST, port)) == 0
