"""How long all caseload figures take at one size and at twice that, and one page of rows."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Final

from bench.caseload.setting import PEOPLE, fill, furnish
from bench.progress import Progress
from bench.stores import empty_store
from graph.casework.caller import Caller
from graph.clock import now_us
from graph.services.audit_reads import ReadLog
from graph.services.caseload import caseload_rows, show_caseload
from graph.services.caseload_table import FIGURES
from graph.store import Store

TRIES: Final = 7
_WARM_UP = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureTime:
    """How long one figure takes by itself; milliseconds, the median."""

    name: str
    at_n: float
    at_2n: float


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseloadTimes:
    """What was measured on one engine; milliseconds, medians with the leaf of the log in them."""

    engine: str
    tips: int
    people: int
    all_at_n: float
    all_at_2n: float
    rows_at_2n: float
    """A page of rows in the middle of a number."""
    each: tuple[FigureTime, ...]

    @property
    def ratio(self) -> float:
        """How much longer all figures take for twice the tips; linear is 2."""
        return self.all_at_2n / self.all_at_n


def measure_caseload(engine: str, folder: Path, *, tips: int, progress: Progress) -> CaseloadTimes:
    """Measure an engine in a new folder: `tips` at the end, half as many first.

    Raises:
        StoreError: the store could not do it.
        LocalNeo4jError: Neo4j cannot be started.
    """
    at_us = now_us()
    with empty_store(engine, folder / "caseload") as found:
        store = found.store
        boss = furnish(store, at_us=at_us)
        half = tips // 2
        fill(store, begin=0, end=half, at_us=at_us, progress=progress)
        first, first_each = _all(boss, store)
        fill(store, begin=half, end=tips, at_us=at_us, progress=progress)
        second, second_each = _all(boss, store)
        rows = _timed(lambda: _page(boss, store))
    return CaseloadTimes(
        engine=engine,
        tips=tips,
        people=PEOPLE,
        all_at_n=first,
        all_at_2n=second,
        rows_at_2n=rows,
        each=tuple(
            FigureTime(name=name, at_n=first_each[name], at_2n=second_each[name])
            for name in FIGURES
        ),
    )


def _all(boss: Caller, store: Store) -> tuple[float, dict[str, float]]:
    reads = ReadLog(store)
    whole = _timed(lambda: show_caseload(boss, store, reads=reads))
    each = {
        name: _timed(lambda one=name: show_caseload(boss, store, reads=reads, names=[one]))  # type: ignore[misc]
        for name in FIGURES
    }
    return whole, each


def _page(boss: Caller, store: Store) -> None:
    reads = ReadLog(store)
    page = caseload_rows(
        boss, store, figure="closure", labels=_yesterday(boss, store), reads=reads, limit=200
    )
    if len(page.rows) == 0:
        page = caseload_rows(boss, store, figure="age", labels=("median",), reads=reads, limit=200)


def _yesterday(boss: Caller, store: Store) -> tuple[str, ...]:
    found = show_caseload(boss, store, reads=ReadLog(store), names=["closure"])
    return found.figures[0].cells[-2].labels


def _timed(work: Callable[[], object]) -> float:
    for _ in range(_WARM_UP):
        work()
    found: list[float] = []
    for _ in range(TRIES):
        begin = time.perf_counter()
        work()
        found.append((time.perf_counter() - begin) * 1000)
    return median(found)
