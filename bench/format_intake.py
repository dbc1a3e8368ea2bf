"""Measures the whole intake of each format: from files in a folder to nodes and edges in a store.

One store for all, each format with tips of its own out of one world, so that none finds its tips
there already. A first part warms the engine up and is not counted.
"""

from __future__ import annotations

import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from bench.format_files import FORMS, MAPPING, VICS_CATEGORY, Form, csv_list, vics_list
from bench.formats import HASHES, LINES_FOR_A_TIP, VICS
from bench.progress import Progress, silent
from bench.stores import EmptyStore, empty_store
from bench.whole import ACTOR, require_all_in
from ingest.hash_lists import take_list
from ingest.pdf.worker import WORKER
from ingest.pipeline import Intake
from ingest.receiving import Declared
from ingest.sources import find_files
from world.printed import Pair, pairs

DECLARED = Declared(synthetic=True, mapping=MAPPING)
_SEED = 8
_DOING = "whole intake of each format"


@dataclass(frozen=True, slots=True, kw_only=True)
class IntakeFigure:
    """The whole intake of one format."""

    name: str
    tips: int
    """Or lines, of a hash list."""
    seconds: float
    """By the clock."""
    python_s: float
    """Processor seconds of this process and of the one that reads PDFs."""
    engine_s: float | None

    @property
    def tips_per_s(self) -> float:
        """By the clock: other work on the machine slows it."""
        return self.tips / self.seconds

    @property
    def per_core(self) -> float | None:
        """Tips for each second of a processor, Python's and the engine's together."""
        return None if self.engine_s is None else self.tips / (self.python_s + self.engine_s)


def measure_intake(
    engine: str, folder: Path, *, tips: int, batch_tips: int, progress: Progress = silent
) -> list[IntakeFigure]:
    """Take in so many tips in each format and give what that took.

    Raises:
        IntakeError: some document did not go in, so that the figures would flatter.
        LocalNeo4jError, StoreError: the store failed.
    """
    parts = len(FORMS) + 1
    progress("making tips in each format", 0, parts)
    made = list(islice(pairs(seed=_SEED, tips=parts * tips * 2), parts * tips))
    with empty_store(engine, folder / "formats") as into:
        work = _Measured(into, folder / "files", batch_tips=batch_tips)
        work.form(FORMS[0], made[:tips])
        figures = []
        for at, form in enumerate(FORMS, start=1):
            progress(_DOING, at, parts)
            figures.append(work.form(form, made[at * tips : (at + 1) * tips]))
        lines = tips * LINES_FOR_A_TIP
        figures.append(work.hash_list(VICS, vics_list(lines), categories=[VICS_CATEGORY]))
        figures.append(work.hash_list(HASHES, csv_list(lines), categories=[]))
        progress(_DOING, parts, parts)
    return figures


class _Measured:
    def __init__(self, into: EmptyStore, folder: Path, *, batch_tips: int) -> None:
        self._into, self._folder, self._batch_tips = into, folder, batch_tips
        self._count = 0

    def form(self, form: Form, made: Sequence[Pair]) -> IntakeFigure:
        """Take some tips in as files of one format."""
        place = self._place()
        for at, data in enumerate(form.files(made)):
            # The number of a <report> is taken from its file's name.
            (place / f"{at:05d}_CyberTip_{made[at].number}.{form.suffix}").write_bytes(data)
        intake = Intake(
            self._into.store,
            self._into.site,
            synthetic=True,
            actor=ACTOR,
            batch_tips=self._batch_tips,
        )

        def work() -> int:
            require_all_in(intake.ingest(find_files([place]), declared=DECLARED))
            return len(made)

        return self._timed(form.name, work)

    def hash_list(self, name: str, data: bytes, *, categories: Sequence[str]) -> IntakeFigure:
        """Import a hash list."""
        path = self._place() / "list"
        path.write_bytes(data)

        def work() -> int:
            report = take_list(
                self._into.store,
                path,
                name=name,
                source="bench",
                dated="2026-11-22",
                columns=(),
                categories=categories,
                actor=ACTOR,
            )
            return report.lines

        return self._timed(name, work)

    def _place(self) -> Path:
        self._count += 1
        place = self._folder / f"{self._count:02d}"
        place.mkdir(parents=True)
        return place

    def _timed(self, name: str, work: Callable[[], int]) -> IntakeFigure:
        before, engine_before = _python_s(), self._into.meter.engine_s()
        began = time.perf_counter()
        tips = work()
        seconds = time.perf_counter() - began
        engine_after = self._into.meter.engine_s()
        is_read = engine_before is not None and engine_after is not None
        return IntakeFigure(
            name=name,
            tips=tips,
            seconds=seconds,
            python_s=_python_s() - before,
            engine_s=(engine_after or 0.0) - (engine_before or 0.0) if is_read else None,
        )


def _python_s() -> float:
    """Give the processor seconds of this process and of what it waited for."""
    # The reader of PDFs is counted when it has ended.
    WORKER.close()
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
