"""A forked process that works until it is killed, for tests of what outlives a kill."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """A process at work, and the pipe by which it says what it has finished."""

    pid: int
    said: int

    @classmethod
    def start(cls, work: Callable[[Callable[[int], None]], None]) -> Worker:
        """Fork a process that calls `work` with a function by which it acknowledges numbers."""
        reading, writing = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.close(reading)
                work(lambda number: _say(writing, number))
            finally:
                os._exit(1)
        os.close(writing)
        return cls(pid=pid, said=reading)

    def wait(self, acknowledged: int) -> bytes:
        """Return when it has acknowledged so many more numbers."""
        content = b""
        while len(content) < 8 * acknowledged:
            part = os.read(self.said, 8 * acknowledged - len(content))
            assert part != b"", "the process ended by itself"
            content += part
        return content

    def kill_after(self, acknowledged: int, *, seconds: float = 0) -> list[int]:
        """Kill it some time after so many more acknowledgements; gives these and later ones."""
        content = b""
        try:
            content = self.wait(acknowledged)
            time.sleep(seconds)
        finally:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
            with os.fdopen(self.said, "rb") as file:
                content += file.read()
        return [int.from_bytes(content[at : at + 8], "big") for at in range(0, len(content), 8)]


def _say(pipe: int, number: int) -> None:
    # Below PIPE_BUF: whole or not at all (pipe(7)).
    os.write(pipe, number.to_bytes(8, "big"))
