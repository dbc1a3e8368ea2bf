"""How much an API bears: its capacity, how it is at half of it, at five times it, and after."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.figures import Machine
from bench.load.plan import Kind, Outcome, Plan, Sent
from bench.load.serving import Memory, Server, ServerError, apis, serving
from bench.load.setting import people, questions, take_in
from bench.load.tally import OfKind, Tally, back_after_s, by_kind, tally
from bench.progress import Progress
from bench.stores import empty_store
from bench.worlds import make_world

FIRST_RATE: Final = 4.0
OVER: Final = 5.0
"""Overload, as a multiple of the capacity."""
_MOST_RATE = 4096.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Lengths:
    """How long each part lasts, seconds."""

    warm_s: float = 5.0
    step_s: float = 10.0
    half_s: float = 60.0
    over_s: float = 30.0
    after_s: float = 20.0
    narrowings: int = 3
    """How often the capacity is looked for between a rate that was good and one too much."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadFigures:
    """One run of `crosstip bench load` on one engine."""

    engine: str
    tips: int
    workers: int
    limit_ms: float
    """What the 99th percentile stays under at capacity."""
    machine: Machine
    steps: tuple[Tally, ...]
    """The rates that were tried."""
    capacity: float
    """Requests a second: the largest rate that was tried within the limit and without an error."""
    half: Tally
    half_bare: Tally
    kinds: tuple[OfKind, ...]
    over: Tally
    back_s: float
    """After so many seconds of half the capacity again, every request was within the limit."""
    memory_mib: float
    """Of the API's processes, before the overload."""
    memory_over_mib: float
    """The most during it."""


def measure_load(
    engine: str,
    folder: Path,
    *,
    tips: int,
    workers: int,
    limit_ms: float,
    seed: int,
    lengths: Lengths,
    progress: Progress,
) -> LoadFigures:
    """Fill an empty store, serve it, and measure.

    Raises:
        ServerError: a server did not start, or the load generator failed.
        StoreError: the store failed.
        IntakeError: some document did not go in.
    """
    make_world(folder / "world", seed=seed, tips=tips)
    files = sorted(path for path in (folder / "world" / "tips").rglob("*") if path.is_file())
    with empty_store(engine, folder / "store") as into:
        agencies = people(into.store)
        take_in(into, files, agencies, progress=progress)
        kinds = questions(into.store, agencies, seed=seed)
        with (
            apis(into.settings, folder, workers=workers) as ours,
            serving("bench.load.bare", settings=into.settings, log=folder / "bare.log") as bare,
        ):
            run = _Run(kinds, limit_ms=limit_ms, seed=seed, lengths=lengths, progress=progress)
            return run.figures(ours, bare, engine=engine, tips=tips)


class _Run:
    """The parts of one measurement, one after the other."""

    def __init__(
        self,
        kinds: Sequence[Kind],
        *,
        limit_ms: float,
        seed: int,
        lengths: Lengths,
        progress: Progress,
    ) -> None:
        self._kinds = tuple(kinds)
        self._limit_ms = limit_ms
        self._seed = seed
        self._lengths = lengths
        self._progress = progress

    def figures(
        self, ours: Sequence[Server], bare: Server, *, engine: str, tips: int
    ) -> LoadFigures:
        lengths, load_before = self._lengths, os.getloadavg()[0]
        for servers in (ours, [bare]):
            self._send(servers, FIRST_RATE, lengths.warm_s)
        steps, capacity = self._capacity(ours)
        half_rate = capacity / 2
        self._progress("half the capacity, bare routes", 0, 0)
        bare_sent = self._send([bare], half_rate, lengths.half_s)
        self._progress("half the capacity", 0, 0)
        half_sent = self._send(ours, half_rate, lengths.half_s)
        memory = Memory([server.pid for server in ours])
        before_mib = memory.now_mib()
        self._progress("five times the capacity", 0, 0)
        with memory:
            over_sent = self._send(ours, capacity * OVER, lengths.over_s)
        self._progress("half the capacity again", 0, 0)
        after_sent = self._send(ours, half_rate, lengths.after_s)
        return LoadFigures(
            engine=engine,
            tips=tips,
            workers=len(ours),
            limit_ms=self._limit_ms,
            machine=_machine(load_before),
            steps=tuple(steps),
            capacity=capacity,
            half=tally(half_sent, rate=half_rate),
            half_bare=tally(bare_sent, rate=half_rate),
            kinds=by_kind(half_sent, bare_sent),
            over=tally(over_sent, rate=capacity * OVER),
            back_s=back_after_s(after_sent, limit_ms=self._limit_ms),
            memory_mib=before_mib,
            memory_over_mib=memory.peak_mib,
        )

    def _capacity(self, servers: Sequence[Server]) -> tuple[list[Tally], float]:
        """Double the rate until it is too much, then narrow down in between."""
        steps: list[Tally] = []
        good, bad, rate = 0.0, _MOST_RATE, FIRST_RATE
        narrowed = 0
        while narrowed < self._lengths.narrowings and rate < _MOST_RATE:
            self._progress(f"{rate:.0f} requests a second", 0, 0)
            step = tally(self._send(servers, rate, self._lengths.step_s), rate=rate)
            steps.append(step)
            if self._is_good(step):
                good = rate
            else:
                bad = rate
            if bad < _MOST_RATE:
                narrowed += 1
                rate = (good + bad) / 2
            else:
                rate *= 2
        if good == 0.0:
            raise ServerError(
                f"Even {steps[-1].rate:g} requests a second are too much within "
                f"{self._limit_ms:g} ms: {steps[-1]}. Nothing more was measured."
            )
        return steps, good

    def _is_good(self, step: Tally) -> bool:
        return step.admitted == step.sent and step.p99_ms <= self._limit_ms

    def _send(self, servers: Sequence[Server], rate: float, seconds: float) -> tuple[Sent, ...]:
        plan = Plan(
            servers=tuple((server.host, server.port) for server in servers),
            rate=rate,
            seconds=seconds,
            seed=self._seed,
            kinds=self._kinds,
        )
        done = subprocess.run(
            [sys.executable, "-m", "bench.load.arrivals"],
            input=plan.model_dump_json().encode(),
            capture_output=True,
            check=False,
        )
        if done.returncode != 0:
            said = done.stderr.decode(errors="replace")[-2000:]
            raise ServerError(f"The load generator failed: {said}")
        return Outcome.model_validate_json(done.stdout).sent


def _machine(load_before: float) -> Machine:
    return Machine(
        system=platform.platform(),
        python=platform.python_version(),
        processors=os.cpu_count() or 1,
        load_before=load_before,
        load_after=os.getloadavg()[0],
    )
