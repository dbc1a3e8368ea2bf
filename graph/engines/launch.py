"""Finding the engine of a data directory, or starting it. Called behind the gate."""

from __future__ import annotations

import os
import platform
import re
import subprocess
import sys
import sysconfig
import threading
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from pydantic import SecretStr

import graph
from graph.engines.admin import AdminPort, RefusedPasswordError, SilentEngineError
from graph.engines.child import EXIT_TAKEN
from graph.engines.directory import check_room
from graph.engines.endpoint import Endpoint, read_endpoint, read_process
from graph.engines.faults import system_fault, wrong_password
from graph.engines.locks import holder_of
from graph.engines.paths import EngineFiles
from graph.errors import EngineError

_POLL_S = 0.025
_FOREIGN_AFTER_S = 2.0
_KNOCK_AT_LEAST_S, _KNOCK_AT_MOST_S = 0.2, 5.0
_LOG_LIMIT_BYTES = 1_000_000
_HEAP = re.compile(r"[1-9][0-9]*[kmgKMG]")
_STAMP = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ ")
# Java's standing warnings and the rules around a crash message say nothing.
_SAYS_SOMETHING = re.compile(r"(?!WARNING: ).*\w")
# What the engine process needs from the environment. All else stays out: secrets of other
# parts, and variables with which Java or ArcadeDB would change their settings.
_PASSED_ON = ("PATH", "HOME", "PYTHONHOME", "VIRTUAL_ENV", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_LOCALE = "C.UTF-8" if sys.platform.startswith("linux") else "en_US.UTF-8"


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """How an engine is started; without effect on one that runs already.

    Raises:
        EngineError: a setting makes no sense.
    """

    heap: str = "512m"
    """Java's heap, such as 512m or 2g; the process takes about 250 MB more."""
    java: tuple[str, ...] = ()
    """Further options of Java; each begins with -X."""
    command_timeout_s: float = 60.0
    """After so long the engine ends any statement."""
    start_timeout_s: float = 60.0
    """So long `attach` waits in all."""
    grace_s: float = 2.0
    """So long the engine stays after its last lease, for the next command."""

    def __post_init__(self) -> None:
        """Check the values."""
        if _HEAP.fullmatch(self.heap) is None:
            raise EngineError(f"The engine's heap {self.heap!r} is no size: write 512m or 2g.")
        for option in self.java:
            if not option.startswith("-X"):
                raise EngineError(
                    f"The engine's Java takes options that begin with -X, not {option!r}."
                )
        for name in ("command_timeout_s", "start_timeout_s"):
            if not getattr(self, name) > 0:
                raise EngineError(f"The engine's {name} must be more than 0 seconds.")
        if not self.grace_s >= 0:
            raise EngineError("The engine's grace_s must not be negative.")


def check_platform(package: str = "arcadedb_embedded") -> None:
    """Refuse where the engine's package is missing.

    Raises:
        EngineError: the package is not installed.
    """
    if find_spec(package) is None:
        raise EngineError(
            f"The embedded engine (package {package.replace('_', '-')}) is not installed for this"
            f" platform ({platform.system()} {platform.machine()}): set CROSSTIP_STORE to a Neo4j"
            " address, such as neo4j://localhost:7687."
        )


def find_engine(files: EngineFiles, password: SecretStr, *, deadline: float) -> Endpoint | None:
    """Give the engine that runs on this directory, waiting while it starts; None without one.

    Raises:
        EngineError: something holds the directory that does not answer, or is no engine, or
            does not take the password.
    """
    foreign_since: float | None = None
    while (holder := holder_of(files.lock)) is not None:
        endpoint = read_endpoint(files.endpoint)
        if (
            endpoint is not None
            and endpoint.pid == holder
            and _answers(files, endpoint, password, deadline=deadline)
        ):
            return endpoint
        named = read_process(files.lock)
        now = time.monotonic()
        if named is not None and named.pid == holder:
            foreign_since = None
        elif foreign_since is None:
            foreign_since = now
        elif now - foreign_since > _FOREIGN_AFTER_S:
            raise EngineError(
                f"{_process(holder).capitalize()} holds {files.lock} and is no engine of Crosstip:"
                " end it, then run the command again."
            )
        if now >= deadline:
            raise EngineError(
                f"The engine of {files.root} ({_process(holder)}) does not answer: end it, then run"
                f" the command again. Its log is {files.log}."
            )
        time.sleep(_POLL_S)
    return None


def start_engine(
    files: EngineFiles, settings: EngineSettings, *, password: SecretStr, deadline: float
) -> Endpoint | None:
    """Start an engine and wait until it answers; None when another one was faster.

    Raises:
        EngineError: it ended or did not answer in time; none is left behind then.
    """
    check_room(files)
    try:
        offset = _open_log_end(files.log)
        child = _spawn(files, settings)
    except OSError as error:
        raise system_fault(error, path=files.root) from error
    start = _Start(files, child, offset)
    try:
        endpoint = start.wait(password, deadline=deadline)
    except BaseException:
        child.kill()
        child.wait()
        raise
    # Somebody has to take the exit status when it ends, or it stays in the process table.
    threading.Thread(target=child.wait, name="engine reaper", daemon=True).start()
    return endpoint


@dataclass(frozen=True, slots=True)
class _Start:
    files: EngineFiles
    child: subprocess.Popen[bytes]
    offset: int

    def wait(self, password: SecretStr, *, deadline: float) -> Endpoint | None:
        """Give the endpoint once it answers; None when another engine has the directory."""
        while (code := self.child.poll()) != EXIT_TAKEN:
            if code is not None:
                how = f"exit status {code}" if code >= 0 else f"signal {-code}"
                raise EngineError(
                    f"The engine of {self.files.root} ended while it started ({how})."
                    f" {self.last_line()}"
                )
            endpoint = read_endpoint(self.files.endpoint)
            if (
                endpoint is not None
                and endpoint.pid == self.child.pid
                and _answers(self.files, endpoint, password, deadline=deadline)
            ):
                return endpoint
            if time.monotonic() >= deadline:
                raise EngineError(
                    f"The engine of {self.files.root} did not answer in time and was ended."
                    f" {self.last_line()}"
                )
            time.sleep(_POLL_S)
        return None

    def last_line(self) -> str:
        """Give a sentence with the log's name and the last thing that this start wrote to it."""
        with self.files.log.open("rb") as source:
            source.seek(self.offset)
            text = source.read(_LOG_LIMIT_BYTES).decode(errors="replace")
        lines = [_STAMP.sub("", line.strip()) for line in text.splitlines()]
        told = [line for line in lines if _SAYS_SOMETHING.match(line)]
        last = told[-1] if told else "nothing"
        return f"Its log {self.files.log} ends with: {last}"


def _answers(
    files: EngineFiles, endpoint: Endpoint, password: SecretStr, *, deadline: float
) -> bool:
    limit_s = min(max(deadline - time.monotonic(), _KNOCK_AT_LEAST_S), _KNOCK_AT_MOST_S)
    try:
        AdminPort(endpoint.http_port, password).knock(timeout_s=limit_s)
    except RefusedPasswordError:
        raise wrong_password(files.password) from None
    except SilentEngineError:
        return False
    return True


def _spawn(files: EngineFiles, settings: EngineSettings) -> subprocess.Popen[bytes]:
    command = [
        sys.executable,
        "-P",  # the working directory must not provide modules
        "-m",
        "graph.engines.child",
        f"--data-dir={files.root}",
        f"--heap={settings.heap}",
        f"--command-timeout-ms={max(round(settings.command_timeout_s * 1000), 1)}",
        f"--grace-s={settings.grace_s}",
        *(f"--java={option}" for option in settings.java),
    ]
    environment = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    environment |= {
        "LC_ALL": _LOCALE,
        "PYTHONPATH": _module_path(),
        "TMPDIR": str(files.temporary),
    }
    with files.log.open("ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=files.root,
            env=environment,
            # A session of its own: Ctrl+C and a closed terminal do not reach it.
            start_new_session=True,
        )


def _module_path() -> str:
    """Give the path on which the engine process finds this very package, wherever it lies."""
    home = str(Path(graph.__path__[0]).resolve().parent)
    installed = {sysconfig.get_path("purelib"), sysconfig.get_path("platlib")}
    given = [part for part in os.environ.get("PYTHONPATH", "").split(os.pathsep) if part]
    return os.pathsep.join(given if home in {*installed, *given} else [home, *given])


def _open_log_end(log: Path) -> int:
    """Make the log with mode 0600 or set a long one aside; give where new lines will start."""
    if log.exists() and log.stat().st_size > _LOG_LIMIT_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    os.close(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600))
    return log.stat().st_size


def _process(pid: int) -> str:
    return f"process {pid}" if pid > 0 else "a process outside this container"
