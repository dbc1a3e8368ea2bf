"""The steps of intake, each by itself: `ingest.pipeline` runs them side by side."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from graph.identifiers.core import Policy
from graph.store import Store
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.numbers import find_number, report_beside
from ingest.preparing import Prepared, Preparer
from ingest.receiving import Declared, Receipt, Receiver
from ingest.recorder import Recorder
from ingest.site import Site
from ingest.sources import SourceFile, read_file
from ingest.summary import Summary
from ingest.transform.tip import Context


class Steps:
    """What is done with a document, one after the other, for one store."""

    def __init__(
        self,
        store: Store,
        site: Site,
        *,
        synthetic: bool,
        actor: str,
        limits: Limits = DEFAULT_LIMITS,
    ) -> None:
        """Take in for a synthetic or a real store, as `actor`."""
        self.site = site
        self._limits = limits
        self._receiver = Receiver(site.spool, limits=limits)
        self._preparer = Preparer(
            context=Context(policy=Policy(synthetic=synthetic), content_key=site.content_key),
            limits=limits,
        )
        self._recorder = Recorder(store, site, actor=actor)

    def read(self, path: Path) -> SourceFile:
        """Give a file with its bytes, or only its hash when it is too large.

        Raises:
            IntakeError: it cannot be read.
        """
        return read_file(path, max_bytes=self._limits.max_container_bytes)

    def numbered_report(self, source: SourceFile) -> Path | None:
        """Give the `<report>` beside a source that says its number, None when there is none."""
        if source.path is None or source.data is None:
            return None
        return report_beside(source.path, source.data)

    def receive(self, source: SourceFile, declared: Declared) -> Iterator[Receipt]:
        """Screen a source and put its documents into the spool; received once that is synced.

        Raises:
            IntakeError: the spool cannot take more.
        """
        return self._receiver.receive(source, numbered(source, declared))

    def prepare(self, receipt: Receipt) -> Prepared:
        """Read and normalise a received document."""
        return self._preparer.prepare(receipt.ref, receipt.document)

    def keep(self, items: Iterable[Prepared]) -> None:
        """Make receipts and originals durable, in this order, before anything is recorded.

        Raises:
            IntakeError: spool or vault could not.
        """
        self.site.spool.sync()
        for item in items:
            if len(item.failures) == 0 or len(item.claims) > 0 or len(item.agencies) > 0:
                self.site.vault.put(item.document.sha256, item.document.data)
        self.site.vault.sync()

    def record(self, items: Sequence[Prepared], summary: Summary) -> None:
        """Put a batch whose originals are kept into the store, and let go of it in the spool.

        Raises:
            StoreError: the store could not; the batch stays in the spool for the next run.
            IntakeError: the quarantine could not keep what failed; it stays in the spool.
        """
        self._recorder.record(items, summary)


def numbered(source: SourceFile, declared: Declared) -> Declared:
    """Give what is declared of a file, with the report number that stands beside it."""
    if declared.report_number is not None or source.data is None:
        return declared
    found = find_number(source.path, source.name, source.data)
    if found is None:
        return declared
    return replace(declared, report_number=found.number, number_source=found.source)
