"""The steps of intake one after the other in one thread, each timed by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench.figures import Stage
from bench.meter import Stopwatch
from bench.progress import Progress
from bench.sizes import sizes_of
from bench.stores import EmptyStore
from bench.whole import ACTOR, DECLARED, require_all_in
from ingest.collecting import collect_young
from ingest.steps import Steps
from ingest.summary import Summary


@dataclass(slots=True, kw_only=True)
class _Watches:
    """One stopwatch for each step, in their order."""

    read: Stopwatch
    spool: Stopwatch
    normalise: Stopwatch
    vault: Stopwatch
    write: Stopwatch
    summary: Summary = field(default_factory=Summary)


def measure_stages(
    into: EmptyStore, files: Sequence[Path], *, tips: int, batch_tips: int, progress: Progress
) -> tuple[Stage, ...]:
    """Take files into an empty store step by step and give what each step took.

    Raises:
        IntakeError: some document did not go in.
    """
    start = into.meter.stopwatch
    watches = _Watches(read=start(), spool=start(), normalise=start(), vault=start(), write=start())
    steps = Steps(into.store, into.site, synthetic=True, actor=ACTOR)
    for at in range(0, len(files), batch_tips):
        _take_in(steps, files[at : at + batch_tips], watches)
        collect_young()
        progress("each step by itself", min(at + batch_tips, len(files)), len(files))
    require_all_in(watches.summary)
    rows = sizes_of(into.store).rows
    documents = watches.summary.documents
    return (
        _stage("read files", watches.read, tips=tips, documents=documents),
        _stage("screen and spool", watches.spool, tips=tips, documents=documents),
        _stage("parse and normalise", watches.normalise, tips=tips, documents=documents),
        _stage("seal into the vault", watches.vault, tips=tips, documents=documents),
        _stage("write to the store", watches.write, tips=tips, documents=documents, rows=rows),
    )


def _take_in(steps: Steps, files: Sequence[Path], watches: _Watches) -> None:
    with watches.read:
        sources = [steps.read(path) for path in files]
    with watches.spool:
        receipts = [r for source in sources for r in steps.receive(source, DECLARED)]
        steps.site.spool.sync()
    with watches.normalise:
        items = [steps.prepare(receipt) for receipt in receipts]
    with watches.vault:
        # The spool is synced already, so that this is the vault alone.
        steps.keep(items)
    with watches.write:
        steps.record(items, watches.summary)


def _stage(
    name: str, watch: Stopwatch, *, tips: int, documents: int, rows: int | None = None
) -> Stage:
    return Stage(
        name=name,
        spent=watch.spent(),
        tips_per_s=tips / watch.seconds,
        documents_per_s=documents / watch.seconds,
        rows_per_s=None if rows is None else rows / watch.seconds,
    )
