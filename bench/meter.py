"""Memory and processor time of this process and of an engine's, as the system counts them."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.figures import MemoryMark, Spent

_MIB = 1 << 20
_RESET_PEAK = "5"
"""Written to `clear_refs` it sets the peak back to what is resident now (Linux, proc(5))."""


@dataclass(slots=True)
class Stopwatch:
    """Adds up what work took; use it in a `with` statement as often as needed."""

    meter: Meter
    seconds: float = 0.0
    python_s: float = 0.0
    engine_s: float = 0.0
    _began: tuple[float, float, float] = (0.0, 0.0, 0.0)

    def __enter__(self) -> Stopwatch:
        """Start."""
        self._began = self._now()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop."""
        now = self._now()
        self.seconds += now[0] - self._began[0]
        self.python_s += now[1] - self._began[1]
        self.engine_s += now[2] - self._began[2]

    def spent(self) -> Spent:
        """Give what was added up."""
        return Spent(
            seconds=self.seconds,
            python_s=self.python_s,
            engine_s=self.engine_s if self.meter.reads_engine else None,
        )

    def _now(self) -> tuple[float, float, float]:
        engine = self.meter.engine_s()
        return (time.perf_counter(), time.process_time(), 0.0 if engine is None else engine)


class Meter:
    """Reads this process and one engine's. Off Linux the engine's figures are missing."""

    def __init__(self, engine_pid: int) -> None:
        """Watch the engine that runs as this process."""
        self._engine = Path("/proc") / str(engine_pid)
        self._hertz = os.sysconf("SC_CLK_TCK")

    @property
    def reads_engine(self) -> bool:
        """Whether the engine's figures can be read here."""
        return self.engine_s() is not None

    def stopwatch(self) -> Stopwatch:
        """Give a new stopwatch."""
        return Stopwatch(self)

    def engine_s(self) -> float | None:
        """Give the processor seconds that the engine has used since it started."""
        try:
            stat = (self._engine / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            return None
        # proc(5): the name in brackets may hold anything; utime and stime are fields 14 and 15.
        fields = stat.rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / self._hertz

    def forget_peak(self) -> None:
        """Let this process's peak begin at what is resident now, where the system can do that."""
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text(_RESET_PEAK, encoding="ascii")

    def mark(self, tips: int) -> MemoryMark:
        """Give the peaks so far."""
        python = _peak_mib(Path("/proc/self"))
        return MemoryMark(
            tips=tips,
            python_mib=python if python is not None else _rusage_mib(),
            engine_mib=_peak_mib(self._engine),
        )


def _peak_mib(process: Path) -> float | None:
    try:
        lines = (process / "status").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    for line in lines:
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024 / _MIB
    return None


def _rusage_mib() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    # getrusage(2): kibibytes on Linux, bytes on macOS.
    return peak / _MIB if sys.platform == "darwin" else peak * 1024 / _MIB


def quarters(total: int) -> Iterator[int]:
    """Give a quarter, a half and all of a number."""
    yield from (total // 4, total // 2, total)
