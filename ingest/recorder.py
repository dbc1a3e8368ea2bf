"""Puts prepared documents into the store, batch by batch, and lets go of them in the spool."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from graph.deliveries import Delivery, Recorded
from graph.errors import (
    CrosstipError,
    RowError,
    StoreConflictError,
    StoreRefusedError,
    StoreTimeoutError,
)
from graph.services.investigations import enter_agencies, enter_claims
from graph.services.recording import record
from graph.store import Store
from ingest.preparing import Prepared
from ingest.quarantine import Failure
from ingest.site import Site
from ingest.summary import Summary

_SHOWN_LINES = 20
_OF_ONE_DOCUMENT = (RowError, StoreConflictError, StoreRefusedError, StoreTimeoutError)
"""Errors that one document of a batch can cause; all others are the store's and end the run."""


_Failed: TypeAlias = tuple[Prepared, Failure]


class Recorder:
    """Records into one store; what cannot go in goes to quarantine with its reason."""

    def __init__(self, store: Store, site: Site, *, actor: str) -> None:
        """Record as `actor`."""
        self._store = store
        self._site = site
        self._actor = actor

    def record(self, batch: Sequence[Prepared], summary: Summary) -> None:
        """Record a batch whose originals are in the vault, and count what became of it.

        Raises:
            StoreError: the store could not; the documents stay in the spool for the next run.
            IntakeError: the quarantine could not keep what failed; it stays in the spool.
        """
        failed: list[_Failed] = [
            (item, failure) for item in batch if (failure := _failure(item)) is not None
        ]
        failed += self._enter(batch, summary)
        failed += self._record(batch, summary)
        if len(failed) > 0:
            self._site.quarantine.add_all(failure for _, failure in failed)
        quarantined = {item.ref for item, _ in failed}
        summary.quarantined += len(quarantined)
        for item in batch:
            is_table = len(item.agencies) + len(item.claims) > 0
            summary.companions += item.is_companion
            summary.tables += is_table and item.ref not in quarantined
            summary.media += len(item.document.media)
            summary.unknown.update(item.unknown)
        self._site.spool.release([item.ref for item in batch])

    def _enter(self, batch: Sequence[Prepared], summary: Summary) -> list[_Failed]:
        failed: list[_Failed] = []
        for item in batch:
            if len(item.agencies) == 0:
                continue
            try:
                enter_agencies(self._store, item.agencies, actor=self._actor)
                summary.agencies += len(item.agencies)
            except _OF_ONE_DOCUMENT as error:
                failed.append(_by_store(item, error))
        for item in batch:
            if len(item.claims) == 0:
                continue
            try:
                summary.claims += enter_claims(self._store, item.claims, actor=self._actor)
                summary.claim_lines += len(item.claims)
            except _OF_ONE_DOCUMENT as error:
                failed.append(_by_store(item, error))
        return failed

    def _record(self, batch: Sequence[Prepared], summary: Summary) -> list[_Failed]:
        items = [(item, item.delivery) for item in batch if item.delivery is not None]
        if len(items) == 0:
            return []
        failed: list[_Failed] = []
        try:
            results = record(self._store, [d for _, d in items], actor=self._actor)
        except _OF_ONE_DOCUMENT:
            results = []
            for item, delivery in items:
                try:
                    results += record(self._store, [delivery], actor=self._actor)
                except _OF_ONE_DOCUMENT as error:
                    failed.append(_by_store(item, error))
        _count(summary, [d for _, d in items], results)
        return failed


def _by_store(item: Prepared, error: CrosstipError) -> _Failed:
    return item, Failure(reason=str(error), document=item.document)


def _count(summary: Summary, deliveries: Sequence[Delivery], results: Sequence[Recorded]) -> None:
    summary.recorded.update(result.outcome for result in results)
    summary.rejected_values += sum(len(delivery.rejected) for delivery in deliveries)


def _failure(item: Prepared) -> Failure | None:
    if len(item.failures) == 0:
        return None
    if len(item.failures) == 1:
        reason, where = item.failures[0]
        return Failure(reason=reason, document=item.document, where=where)
    shown = "; ".join(
        f"{where}: {reason}" if where is not None else reason
        for reason, where in item.failures[:_SHOWN_LINES]
    )
    more = len(item.failures) - _SHOWN_LINES
    tail = f"; and {more} more" if more > 0 else ""
    return Failure(reason=f"{len(item.failures)} lines: {shown}{tail}", document=item.document)
