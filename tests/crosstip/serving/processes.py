"""`up` in a process of its own, as the command line runs it."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from crosstip.serving.tokens import Served, read_served

_PROGRAM = """
import sys
from crosstip.serving.up import up
from graph.errors import CrosstipError
from graph.settings import StoreSettings
try:
    up(StoreSettings(), api_port=int(sys.argv[1]), dashboard_port=int(sys.argv[2]))
except CrosstipError as error:
    sys.exit(str(error))
"""
_LIMIT_S = 240.0


@contextmanager
def running_up(
    data_dir: Path, *, api_port: int = 0, dashboard_port: int = 0
) -> Iterator[subprocess.Popen[str]]:
    """Start `up`; it is killed with all that it started when the test is over."""
    environment = os.environ | {
        "CROSSTIP_DATA_DIR": str(data_dir),
        "CROSSTIP_STORE": "embedded",
        "CROSSTIP_STORE_PASSWORD": "canary-of-the-store",
        "CROSSTIP_API_TOKEN": "canary-of-the-api" * 3,
    }
    process = subprocess.Popen(
        [sys.executable, "-c", _PROGRAM, str(api_port), str(dashboard_port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=environment,
    )
    try:
        yield process
    finally:
        family = family_of(process.pid)
        for member in family:
            if member.is_running():
                member.kill()
        process.wait(60)


def family_of(pid: int) -> list[psutil.Process]:
    """Give a process and all that it started."""
    try:
        parent = psutil.Process(pid)
        return [parent, *parent.children(recursive=True)]
    except psutil.NoSuchProcess:
        return []


def wait_until_served(data_dir: Path, process: subprocess.Popen[str]) -> Served:
    """Give what runs, as soon as all of it does."""
    deadline = time.monotonic() + _LIMIT_S
    while time.monotonic() < deadline:
        served = read_served(data_dir / "run")
        if served is not None and served.pid == process.pid:
            return served
        if process.poll() is not None:
            raise AssertionError(process.communicate()[1])
        time.sleep(0.1)
    raise AssertionError("up did not come up")


def wait_until_gone(processes: list[psutil.Process], *, within_s: float) -> None:
    """Come back when all have ended.

    Raises:
        AssertionError: some have not.
    """
    _, alive = psutil.wait_procs(processes, timeout=within_s)
    assert [process.cmdline() for process in alive] == []
