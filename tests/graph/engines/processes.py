"""Engine and holder processes as these tests see them from outside."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

REPOSITORY = Path(__file__).resolve().parents[3]


def engines_on(data_dir: Path) -> list[int]:
    """Give the engine processes of a data directory, zombies left out."""
    wanted = f"--data-dir={data_dir.resolve()}"
    return [
        process.pid
        for process in psutil.process_iter(["cmdline", "status"])
        if wanted in (process.info["cmdline"] or [])
        and process.info["status"] != psutil.STATUS_ZOMBIE
    ]


def is_running(pid: int) -> bool:
    """Say whether a process is there and more than an exit status nobody has taken."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


_PATIENCE_S = 60.0
"""How long what must come about may take: a busy machine is slow, and is not what fails here."""


def wait_until(condition: Callable[[], bool], *, within_s: float = _PATIENCE_S) -> float:
    """Wait for a condition and give the seconds it took; AssertionError when it never comes."""
    start = time.monotonic()
    while not condition():
        waited = time.monotonic() - start
        assert waited < within_s, f"not within {within_s} s"
        time.sleep(0.02)
    return time.monotonic() - start


@contextmanager
def python(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run code in another Python process and kill it at the end; its lines come from stdout."""
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def line_of(process: subprocess.Popen[str]) -> str:
    """Give the next line that a process prints."""
    assert process.stdout is not None
    return process.stdout.readline().strip()


HOLDER = """
import signal
import sys
import time
from pathlib import Path
# As in a person's terminal: a test run in the background has it ignored, and so have its children.
signal.signal(signal.SIGINT, signal.default_int_handler)
from graph.engines.embedded import attach
engine = attach(Path(sys.argv[1]), grace_s=float(sys.argv[2]))
print(engine.pid, flush=True)
sys.stdin.read()
# The clock of the whole machine; the engine is held until after this.
print(time.monotonic(), flush=True)
"""
LOCKER = """
import sys
from pathlib import Path
from graph.engines.locks import try_lock
held = try_lock(Path(sys.argv[1]))
print("held" if held else "refused", flush=True)
sys.stdin.read()
"""
