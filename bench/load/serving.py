"""Servers as processes, as an installation runs them, and the memory that they take meanwhile."""

from __future__ import annotations

import os
import re
import secrets
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from graph.errors import CrosstipError
from graph.settings import StoreSettings

_ADDRESS = re.compile(r"http://([0-9.]+):(\d+)")
_END_S = 20.0
_EVERY_S = 0.5
_MIB = 1 << 20
_PLENTY = str(10**9)


class ServerError(CrosstipError):
    """A server did not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server."""

    host: str
    port: int
    pid: int


@contextmanager
def serving(module: str, *arguments: str, settings: StoreSettings, log: Path) -> Iterator[Server]:
    """Run a module that serves the store of these settings and prints its address.

    Budgets of look-ups and requests a minute are lifted: they would refuse the load for who asks,
    not for how much is asked. Everything else is as shipped.

    Raises:
        ServerError: it ended before it served; its log says why.
    """
    with log.open("wb") as errors:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            env={**os.environ, **_environment(settings)},
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        try:
            yield _wait(process, log)
        finally:
            process.terminate()
            try:
                process.wait(_END_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait(_END_S)


@contextmanager
def apis(settings: StoreSettings, folder: Path, *, workers: int) -> Iterator[tuple[Server, ...]]:
    """Run so many processes of `crosstip serve api`, each on a port of its own.

    Raises:
        ServerError: as for `serving`.
    """
    with ExitStack() as stack:
        yield tuple(
            stack.enter_context(
                serving(
                    "crosstip.main",
                    *("serve", "api", "--port", "0"),
                    settings=settings,
                    log=folder / f"api-{number}.log",
                )
            )
            for number in range(workers)
        )


def _environment(settings: StoreSettings) -> dict[str, str]:
    named = {
        "CROSSTIP_DATA_DIR": str(settings.data_dir),
        "CROSSTIP_STORE": settings.store,
        "CROSSTIP_STORE_USER": settings.store_user,
        "CROSSTIP_STORE_DATABASE": settings.store_database,
        "CROSSTIP_API_TOKEN": secrets.token_hex(32),
        "CROSSTIP_CHECK_USER_DAY": _PLENTY,
        "CROSSTIP_CHECK_AGENCY_DAY": _PLENTY,
        "CROSSTIP_CHECK_BURST": _PLENTY,
        "CROSSTIP_API_USER_MINUTE": _PLENTY,
        "CROSSTIP_API_AGENCY_MINUTE": _PLENTY,
    }
    if settings.store_password is not None:
        named["CROSSTIP_STORE_PASSWORD"] = settings.store_password.get_secret_value()
    return named


def _wait(process: subprocess.Popen[str], log: Path) -> Server:
    assert process.stdout is not None  # noqa: S101 - it was asked for
    for line in process.stdout:
        found = _ADDRESS.search(line)
        if found is not None:
            # What it says later is read by nobody, so that it must not wait for that.
            threading.Thread(target=process.stdout.read, daemon=True).start()
            return Server(host=found[1], port=int(found[2]), pid=process.pid)
    process.wait()
    said = log.read_text(encoding="utf-8", errors="replace")[-2000:]
    raise ServerError(f"A server ended before it served: {said}")


class Memory:
    """The highest resident memory of some processes together, looked at twice a second."""

    def __init__(self, pids: Sequence[int]) -> None:
        """Look at nothing yet."""
        self._processes = [psutil.Process(pid) for pid in pids]
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.peak_mib = 0.0

    def now_mib(self) -> float:
        """Give what they take now."""
        return sum(process.memory_info().rss for process in self._processes) / _MIB

    def __enter__(self) -> Memory:
        """Begin to look."""
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Look no more."""
        self._over.set()
        self._thread.join()

    def _look(self) -> None:
        while True:
            self.peak_mib = max(self.peak_mib, self.now_mib())
            if self._over.wait(_EVERY_S):
                return
