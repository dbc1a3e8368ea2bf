"""Measures intake on one engine: each step apart, the whole pipeline, and the bare loop beside it.

All in one run on the same rows, so that the ratio holds whatever else the machine does, as far as
that does not change meanwhile.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from bench.bare import measure_bare
from bench.figures import Bare, IngestFigures, Sizes, Whole
from bench.machine import machine
from bench.prebuilt import read_out
from bench.progress import Progress, silent
from bench.stages import measure_stages
from bench.stores import empty_store
from bench.whole import measure_whole
from bench.worlds import make_world
from graph.errors import CrosstipError
from ingest.collecting import rarely_collected

SEED = 7
BATCHES = (1_000, 5_000)
"""Rows in one transaction of the bare loop; the faster one counts."""


class MeasurementError(CrosstipError):
    """What was measured cannot be compared."""


def measure_ingest(
    engine: str,
    folder: Path,
    *,
    tips: int,
    batch_tips: int,
    batches: Sequence[int] = BATCHES,
    progress: Progress = silent,
) -> IngestFigures:
    """Measure in an empty folder, which holds worlds and stores afterwards.

    Raises:
        MeasurementError: pipeline and bare loop did not write the same numbers of nodes and edges.
        LocalNeo4jError: Neo4j cannot be started.
        StoreError: a store failed.
        IntakeError: intake failed.
    """
    load_before = os.getloadavg()[0]
    progress("making a world", 0, 0)
    files = make_world(folder / "world", seed=SEED, tips=tips)
    # First, while this process holds nothing yet that would count as the pipeline's memory.
    with empty_store(engine, folder / "whole") as into:
        whole = measure_whole(into, files, tips=tips, batch_tips=batch_tips, progress=progress)
        rows = whole.sizes.rows
        prebuilt = read_out(into.store, folder / "rows", rows=rows, progress=progress)
    # As the pipeline does for itself: all are measured under the same conditions.
    with rarely_collected():
        bare: list[Bare] = []
        for size in batches:
            with empty_store(engine, folder / f"bare-{size}") as into:
                bare.append(
                    measure_bare(into, prebuilt, batch_rows=size, tips=tips, progress=progress)
                )
            require_equal(whole.sizes, bare[-1].sizes)
        with empty_store(engine, folder / "stages") as into:
            stages = measure_stages(
                into, files, tips=tips, batch_tips=batch_tips, progress=progress
            )
    return IngestFigures(
        engine=engine,
        tips=tips,
        batch_tips=batch_tips,
        machine=machine(load_before),
        whole=whole,
        stages=stages,
        bare=tuple(bare),
        ratio=min(loop.spent.seconds for loop in bare) / whole.spent.seconds,
        processor_ratio=_processor_ratio(whole, bare),
    )


def require_equal(pipeline: Sizes, bare: Sizes) -> None:
    """Refuse to compare loops that did not write the same.

    Raises:
        MeasurementError: they did not.
    """
    if pipeline != bare:
        raise MeasurementError(
            f"The pipeline wrote {pipeline} and the bare loop {bare}: their speeds cannot be "
            "compared. This is a defect of the benchmark."
        )


def _processor_ratio(whole: Whole, bare: Sequence[Bare]) -> float | None:
    loops = [loop.spent.processor_s for loop in bare]
    used = whole.spent.processor_s
    if used is None or any(seconds is None for seconds in loops):
        return None
    return min(seconds for seconds in loops if seconds is not None) / used
