"""The way of every document: received, prepared, kept, recorded; each step durable before the next.

A second thread receives and prepares while the store writes. A run that is killed anywhere is
completed by the next one: what was received lies in the spool until it is recorded or quarantined.
"""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from graph.errors import IntakeError
from graph.store import Store
from ingest.collecting import collect_young, rarely_collected
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.preparing import Prepared
from ingest.receiving import Declared, Receipt
from ingest.site import Site
from ingest.sources import SourceFile
from ingest.steps import Steps
from ingest.steps import numbered as numbered
from ingest.summary import Summary

MAX_ASSERTIONS = 20_000
"""A batch ends early when it holds so many: one tip may name thousands of addresses."""
_AHEAD = 2
"""Batches that are prepared while one is written; bounds the memory."""

Progress: TypeAlias = Callable[[int, Summary], None]
"""Told how many files are done, and what became of them so far."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Batch:
    items: tuple[Prepared, ...]
    files: int
    """Files that are done once this batch is recorded."""


@dataclass(slots=True)
class _Handover:
    """The queue between the preparing and the recording thread; either may end the other."""

    batches: queue.Queue[_Batch | BaseException | None] = field(
        default_factory=lambda: queue.Queue(maxsize=_AHEAD)
    )
    stopped: threading.Event = field(default_factory=threading.Event)

    def put(self, item: _Batch | BaseException | None) -> bool:
        """Hand something over; False when nobody takes it any more."""
        while not self.stopped.is_set():
            try:
                self.batches.put(item, timeout=0.1)
            except queue.Full:
                continue
            return True
        return False


class Intake:
    """Takes documents into one store."""

    def __init__(
        self,
        store: Store,
        site: Site,
        *,
        synthetic: bool,
        actor: str,
        batch_tips: int = 500,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        """Take in for a synthetic or a real store, as `actor`."""
        self._site = site
        self._batch_tips = batch_tips
        self._steps = Steps(store, site, synthetic=synthetic, actor=actor, limits=limits)

    def recover(self, progress: Progress | None = None) -> Summary:
        """Finish what an earlier run received and did not record."""
        receipts = (Receipt(ref=ref, document=doc) for ref, doc in self._site.spool.pending())
        summary = self._run(((0, receipt) for receipt in receipts), progress)
        summary.recovered = summary.documents
        return summary

    def ingest(
        self,
        paths: Sequence[Path],
        *,
        declared: Declared,
        progress: Progress | None = None,
    ) -> Summary:
        """Take in files and give what became of them; one that cannot be read stops no other.

        Raises:
            StoreError: the store failed; received documents are recorded by the next run.
            IntakeError: spool, vault or quarantine failed; the same holds.
        """
        unreadable: list[str] = []

        receipts = self._receipts(paths, declared, unreadable)
        summary = self._run(receipts, progress)
        summary.unreadable = unreadable
        return summary

    def _receipts(
        self, paths: Sequence[Path], declared: Declared, unreadable: list[str]
    ) -> Iterator[tuple[int, Receipt]]:
        """Receive files, and then the reports whose number came with one of them."""
        given = set(paths)
        numbered_now: dict[Path, None] = {}
        for done, path in enumerate(paths, start=1):
            for receipt, report in self._receipts_of(path, declared, unreadable):
                if report is not None and report not in given:
                    numbered_now.setdefault(report)
                yield done, receipt
        for path in numbered_now:
            for receipt, _ in self._receipts_of(path, declared, unreadable):
                yield len(paths), receipt

    def _receipts_of(
        self, path: Path, declared: Declared, unreadable: list[str]
    ) -> Iterator[tuple[Receipt, Path | None]]:
        try:
            source = self._steps.read(path)
        except IntakeError as error:
            unreadable.append(str(error))
            return
        report = self._steps.numbered_report(source)
        for receipt in self._steps.receive(source, declared):
            yield receipt, report

    def ingest_one(self, source: SourceFile, *, declared: Declared) -> Summary:
        """Take in one source that is in memory, such as standard input."""
        receipts = self._steps.receive(source, declared)
        return self._run(((1, receipt) for receipt in receipts), None)

    def retry(self, entry_ids: Iterable[str]) -> Summary:
        """Try quarantined documents again; those that go in leave the quarantine.

        Raises:
            NotFoundError: there is no such entry.
        """
        total = Summary()
        for entry_id in entry_ids:
            document = self._site.quarantine.take(entry_id)
            ref = self._site.spool.append(document)
            self._site.spool.sync()
            one = self._run([(1, Receipt(ref=ref, document=document))], None)
            if one.quarantined == 0:
                self._site.quarantine.recorded(entry_id)
            total.add(one)
        return total

    def _run(self, receipts: Iterable[tuple[int, Receipt]], progress: Progress | None) -> Summary:
        summary = Summary()
        started = time.monotonic()
        with rarely_collected():
            self._run_both(receipts, summary, progress)
        summary.seconds = time.monotonic() - started
        return summary

    def _run_both(
        self,
        receipts: Iterable[tuple[int, Receipt]],
        summary: Summary,
        progress: Progress | None,
    ) -> None:
        handover = _Handover()
        thread = threading.Thread(
            target=self._prepare_all, args=(iter(receipts), handover), name="crosstip-prepare"
        )
        thread.start()
        try:
            while (batch := handover.batches.get()) is not None:
                if isinstance(batch, BaseException):
                    raise batch
                self._steps.record(batch.items, summary)
                collect_young()
                if progress is not None:
                    progress(batch.files, summary)
        finally:
            handover.stopped.set()
            thread.join()

    def _prepare_all(self, receipts: Iterator[tuple[int, Receipt]], handover: _Handover) -> None:
        try:
            for batch in self._batches(receipts):
                if not handover.put(batch):
                    return
            handover.put(None)
        except BaseException as error:  # noqa: BLE001 - handed to the thread that can raise it
            handover.put(error)

    def _batches(self, receipts: Iterator[tuple[int, Receipt]]) -> Iterator[_Batch]:
        items: list[Prepared] = []
        assertions = 0
        files = 0
        for files, receipt in receipts:
            item = self._steps.prepare(receipt)
            items.append(item)
            if item.delivery is not None:
                assertions += len(item.delivery.statement.assertions)
            if len(items) >= self._batch_tips or assertions >= MAX_ASSERTIONS:
                self._steps.keep(items)
                yield _Batch(items=tuple(items), files=files)
                items, assertions = [], 0
        if len(items) > 0:
            self._steps.keep(items)
            yield _Batch(items=tuple(items), files=files)
