"""Measures whether memory stays flat over a folder of many files of all formats."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

from bench.figures import Machine, MemoryMark
from bench.format_files import FORMS
from bench.format_intake import DECLARED
from bench.machine import machine
from bench.progress import Progress, silent
from bench.stores import empty_store
from bench.whole import ACTOR, require_all_in
from ingest.pipeline import Intake
from ingest.sources import find_files
from ingest.summary import Summary
from world.printed import pairs

_SEED = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderFigures:
    """One run over a folder."""

    engine: str
    files: int
    documents: int
    seconds: float
    machine: Machine
    memory: tuple[MemoryMark, ...]
    """Highest resident memory when about so many files were in; the first is before the first."""


def measure_folder(
    engine: str, folder: Path, *, files: int, batch_tips: int, progress: Progress = silent
) -> FolderFigures:
    """Take a folder of so many files in; each is one tip, the formats by turns.

    Raises:
        IntakeError: some document did not go in.
        LocalNeo4jError, StoreError: the store failed.
    """
    load_before = machine().load_before
    progress("making files", 0, files)
    # In another process: in this one its memory would be counted as the pipeline's.
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        pool.submit(write_folder, folder / "files", files).result()
    with empty_store(engine, folder / "store") as into:
        paths = find_files([folder / "files"])
        intake = Intake(into.store, into.site, synthetic=True, actor=ACTOR, batch_tips=batch_tips)
        into.meter.forget_peak()
        marks = [into.meter.mark(0)]
        ahead = [files // 10, files // 2, files]

        def follow(done: int, _summary: Summary) -> None:
            progress("taking files in", done, files)
            if len(ahead) > 0 and done >= ahead[0]:
                marks.append(into.meter.mark(done))
                ahead.pop(0)

        began = time.perf_counter()
        summary = intake.ingest(paths, declared=DECLARED, progress=follow)
        seconds = time.perf_counter() - began
        require_all_in(summary)
    return FolderFigures(
        engine=engine,
        files=len(paths),
        documents=summary.documents,
        seconds=seconds,
        machine=machine(load_before),
        memory=tuple(marks),
    )


def write_folder(folder: Path, files: int) -> None:
    """Write so many files of one tip each, the formats by turns."""
    folder.mkdir(parents=True)
    made = islice(pairs(seed=_SEED, tips=files * 2), files)
    for at, pair in enumerate(made):
        form = FORMS[at % len(FORMS)]
        (data,) = form.files([pair])
        (folder / f"{at:06d}_CyberTip_{pair.number}.{form.suffix}").write_bytes(data)
