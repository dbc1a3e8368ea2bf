"""The whole pipeline as `crosstip ingest` runs it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bench.figures import MemoryMark, Whole
from bench.meter import quarters
from bench.progress import Progress
from bench.sizes import sizes_of
from bench.stores import EmptyStore
from graph.errors import IntakeError
from ingest.pipeline import Intake
from ingest.receiving import Declared
from ingest.summary import ALL_IN, Summary

ACTOR = "crosstip bench"
DECLARED = Declared(synthetic=True)


def measure_whole(
    into: EmptyStore, files: Sequence[Path], *, tips: int, batch_tips: int, progress: Progress
) -> Whole:
    """Take files into an empty store and give what that took.

    Raises:
        IntakeError: some document did not go in, so that the figures would flatter.
    """
    intake = Intake(into.store, into.site, synthetic=True, actor=ACTOR, batch_tips=batch_tips)
    into.meter.forget_peak()
    marks = [into.meter.mark(0)]
    ahead = list(quarters(len(files)))

    def follow(done: int, _summary: Summary) -> None:
        progress("the whole pipeline", done, len(files))
        while len(ahead) > 0 and done >= ahead[0]:
            marks.append(into.meter.mark(tips * ahead.pop(0) // len(files)))

    watch = into.meter.stopwatch()
    with watch:
        summary = intake.ingest(files, declared=DECLARED, progress=follow)
    require_all_in(summary)
    sizes = sizes_of(into.store)
    return Whole(
        spent=watch.spent(),
        files=len(files),
        documents=summary.documents,
        tips_per_s=tips / watch.seconds,
        documents_per_s=summary.documents / watch.seconds,
        rows_per_s=sizes.rows / watch.seconds,
        memory=_distinct(marks),
        sizes=sizes,
    )


def _distinct(marks: Sequence[MemoryMark]) -> tuple[MemoryMark, ...]:
    return tuple({mark.tips: mark for mark in marks}.values())


def require_all_in(summary: Summary) -> None:
    """Refuse a run that left documents out.

    Raises:
        IntakeError: it did.
    """
    if summary.exit_code != ALL_IN:
        raise IntakeError(
            f"{summary.quarantined + len(summary.unreadable)} documents of the synthetic world did "
            "not go in, so nothing was measured. This is a defect: ingest the world and look at "
            "`crosstip quarantine list`."
        )
