"""Runs a command for an owner and ends it when the owner is gone, however that died.

A script for itself, run as `python -I watch.py LOG COMMAND...`, with the standard library only.
The owner holds the other end of standard input: when that closes, by intent or because the owner
was killed, the command gets SIGTERM, and SIGKILL if it has not ended `GRACE_SECONDS` later.
The command's process id is the one line on standard output; its exit status becomes this one's.
"""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

GRACE_SECONDS = 20.0
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def _die_with_parent() -> Callable[[], None] | None:
    # Should this process itself be killed, the kernel ends the command. Linux only; elsewhere
    # only the death of the owner is covered.
    if not sys.platform.startswith("linux"):
        return None
    libc = ctypes.CDLL(None)
    return lambda: libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _end_with_owner(child: subprocess.Popen[bytes]) -> None:
    # Not sys.stdin: its lock, held by this thread, would break the end of the interpreter.
    while len(os.read(0, 1024)) > 0:
        pass
    child.terminate()
    try:
        child.wait(GRACE_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()


def main(log: Path, command: list[str]) -> int:
    """Run the command until it ends or the owner is gone; give its exit status."""
    with log.open("ab") as output:
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=_die_with_parent(),
        )
    sys.stdout.write(f"{child.pid}\n")
    sys.stdout.flush()
    threading.Thread(target=_end_with_owner, args=(child,), daemon=True).start()
    return abs(child.wait())


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), sys.argv[2:]))
