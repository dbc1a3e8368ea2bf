"""The embedded engine as its users see it: `attach` gives one that answers, and keeps it there.

The engine is a local ArcadeDB server in a process of its own, one for each data directory, that
all commands on this machine share. Each `attach` takes a lease; the engine ends a short while
after the last lease, however the holders ended.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Literal

from pydantic import JsonValue, SecretStr

from graph.engines.admin import (
    DATABASE,
    USER,
    AdminPort,
    RefusedPasswordError,
    SilentEngineError,
)
from graph.engines.endpoint import LOOPBACK, Endpoint
from graph.engines.faults import system_fault, wrong_password
from graph.engines.paths import EngineFiles
from graph.errors import EngineError

if sys.platform != "win32":
    from graph.engines.directory import open_directory, read_or_make_password
    from graph.engines.launch import EngineSettings, check_platform, find_engine, start_engine
    from graph.engines.lease import Lease, take_lease
    from graph.engines.locks import holder_of, wait_for_lock

_ANSWER_MARGIN_S = 5.0
_LAST_BREATH_S = 0.5
_POLL_S = 0.02


class _OneAtATime:
    """The gate among the threads of this process, for which a file lock is one and the same."""

    def __init__(self) -> None:
        self.mutex = threading.Lock()

    def renew(self) -> None:
        """Forget the thread that held it: after a fork it exists in the parent only."""
        self.mutex = threading.Lock()


_THREADS = _OneAtATime()
if sys.platform != "win32":
    os.register_at_fork(after_in_child=_THREADS.renew)


class EmbeddedEngine:
    """A running engine and this holder's lease on it. Safe to share among threads.

    A forked process may use what it inherited, but has no lease of its own until it attaches.
    """

    def __init__(
        self,
        files: EngineFiles,
        endpoint: Endpoint,
        *,
        password: SecretStr,
        lease: Lease,
        command_timeout_s: float,
    ) -> None:
        self._files = files
        self._endpoint = endpoint
        self._password = password
        self._lease = lease
        self._answer_within_s = command_timeout_s + _ANSWER_MARGIN_S

    @property
    def bolt_uri(self) -> str:
        """The address for the driver."""
        return f"bolt://{LOOPBACK}:{self._endpoint.bolt_port}"

    @property
    def user(self) -> str:
        """The name to log in with."""
        return USER

    @property
    def password(self) -> SecretStr:
        """The password to log in with; hidden when printed."""
        return self._password

    @property
    def database(self) -> str:
        """The name of the database, to be passed with every session."""
        return DATABASE

    @property
    def data_dir(self) -> Path:
        """The directory that holds everything of this engine."""
        return self._files.root

    @property
    def pid(self) -> int:
        """The engine's process."""
        return self._endpoint.pid

    @property
    def log_path(self) -> Path:
        """Where the engine process says why it started, failed or ended."""
        return self._files.log

    @property
    def server_log_path(self) -> Path:
        """Where the database server says what went wrong in it."""
        return self._files.server_log

    def sql(self, command: str, *, timeout_s: float | None = None) -> list[dict[str, JsonValue]]:
        """Run one statement in the engine's SQL, for what Cypher cannot say, and give its rows.

        For types, properties and backups, not for data: at most 20,000 rows come back. It waits
        for the answer as long as the command timeout and a little, or `timeout_s` seconds.

        Raises:
            EngineError: the engine refuses it, has ended, does not answer in time, or no longer
                takes the password.
        """
        return self._told(command, "sql", self._answer_within_s if timeout_s is None else timeout_s)

    def sql_script(self, statements: Iterable[str]) -> None:
        """Run statements in the engine's SQL one after the other, as one command.

        Five times faster than one by one where there are hundreds. None may hold a semicolon.

        Raises:
            EngineError: as for `sql`; those before the one that was refused may have had effect.
        """
        self._told(";\n".join(statements), "sqlscript", self._answer_within_s)

    def _told(
        self, command: str, language: Literal["sql", "sqlscript"], limit_s: float
    ) -> list[dict[str, JsonValue]]:
        try:
            return AdminPort(self._endpoint.http_port, self._password).command(
                command, timeout_s=limit_s, language=language
            )
        except RefusedPasswordError:
            raise wrong_password(self._files.password) from None
        except SilentEngineError as error:
            self.check(within_s=_LAST_BREATH_S)
            raise EngineError(
                f"The engine of {self.data_dir} (process {self.pid}) runs but gave no answer within"
                f" {limit_s:g} seconds: {error} Its log is {self._files.server_log}."
            ) from error

    def check(self, *, within_s: float = 0.0) -> None:
        """Make sure that this very engine still runs; asks the system, not the engine.

        After a lost connection give it a moment, in seconds: a killed process takes some
        milliseconds to be gone.

        Raises:
            EngineError: it has ended.
        """
        deadline = time.monotonic() + within_s
        while holder_of(self._files.lock) == self.pid:
            if time.monotonic() >= deadline:
                return
            time.sleep(_POLL_S)
        raise EngineError(
            f"The engine of {self.data_dir} (process {self.pid}) has ended. What was recorded is"
            " safe: run the command again, and a new one starts. Its log is"
            f" {self._files.log}."
        )

    def release(self) -> None:
        """Give the lease back. A second call does nothing; in a forked process it does nothing."""
        self._lease.free()

    def __enter__(self) -> EmbeddedEngine:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def __repr__(self) -> str:
        return f"EmbeddedEngine({self.bolt_uri!r}, data_dir={str(self.data_dir)!r}, pid={self.pid})"


def attach(
    data_dir: Path,
    *,
    heap: str = "512m",
    java: Sequence[str] = (),
    command_timeout_s: float = 60.0,
    start_timeout_s: float = 60.0,
    grace_s: float = 2.0,
) -> EmbeddedEngine:
    """Give the engine of a data directory with a lease on it, starting it when none runs.

    All times are in seconds. `heap`, `java` (further options of Java), `command_timeout_s` (after
    which the engine ends any statement) and `grace_s` (how long it outlives its last lease) count
    for the one that starts it; one that runs keeps its own. `start_timeout_s` bounds this call.

    Raises:
        EngineError: one sentence that says what is in the way and what to do; no engine that this
            call started is left behind.
    """
    if sys.platform == "win32":
        raise EngineError(
            "The embedded engine runs on Linux and macOS: set CROSSTIP_STORE to a Neo4j address,"
            " such as neo4j://localhost:7687."
        )
    check_platform()
    settings = EngineSettings(
        heap=heap,
        java=tuple(java),
        command_timeout_s=command_timeout_s,
        start_timeout_s=start_timeout_s,
        grace_s=grace_s,
    )
    deadline = time.monotonic() + start_timeout_s
    files = open_directory(data_dir)
    try:
        with _THREADS.mutex, wait_for_lock(files.gate, deadline=deadline):
            return _attach(files, settings, deadline=deadline)
    except OSError as error:
        raise system_fault(error, path=files.root) from error


def _attach(files: EngineFiles, settings: EngineSettings, *, deadline: float) -> EmbeddedEngine:
    password = read_or_make_password(files)
    lease = take_lease(files)
    try:
        endpoint: Endpoint | None = None
        while endpoint is None:
            endpoint = find_engine(files, password, deadline=deadline)
            if endpoint is None:
                endpoint = start_engine(files, settings, password=password, deadline=deadline)
    except BaseException:
        lease.free()
        raise
    return EmbeddedEngine(
        files,
        endpoint,
        password=password,
        lease=lease,
        command_timeout_s=settings.command_timeout_s,
    )
