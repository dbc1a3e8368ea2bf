"""Puts prepared documents into the store, batch by batch, and lets go of them in the spool."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from graph.deliveries import Delivery, Outcome, Recorded
from graph.errors import (
    CrosstipError,
    RowError,
    StoreConflictError,
    StoreError,
    StoreRefusedError,
    StoreTimeoutError,
)
from graph.queries.meta import ADD_TIPS, AddTipsParams
from graph.services.investigations import enter_agencies, enter_claims
from graph.services.recording import record
from graph.store import Store
from ingest.preparing import Prepared
from ingest.quarantine import Failure
from ingest.readers.documents import shown_name
from ingest.site import Site
from ingest.spool import SpoolRef
from ingest.summary import QUARANTINED, PartFate, Summary

_SHOWN_LINES = 20
_OF_ONE_DOCUMENT = (RowError, StoreConflictError, StoreRefusedError, StoreTimeoutError)
"""Errors that one document of a batch can cause; all others are the store's and end the run."""
_OF_ANY_DOCUMENT = (StoreRefusedError, StoreTimeoutError)
"""Those of them that a store which is out of order gives for every document."""
_CHAIN = re.compile(r", line (\d+) was not taken in: ")

_Failed: TypeAlias = tuple[Prepared, CrosstipError]


class Recorder:
    """Records into one store; what cannot go in goes to quarantine with its reason."""

    def __init__(self, store: Store, site: Site, *, actor: str) -> None:
        """Record as `actor`."""
        self._store = store
        self._site = site
        self._actor = actor
        self._refused_in_a_row = 0

    def record(self, batch: Sequence[Prepared], summary: Summary) -> None:
        """Record a batch whose originals are in the vault, and count what became of it.

        Raises:
            StoreError: the store could not, or refuses every document alike; the documents stay in
                the spool for the next run.
            IntakeError: the quarantine could not keep what failed; it stays in the spool.
        """
        failed = {item.ref: error for item, error in self._enter(batch, summary)}
        done: dict[SpoolRef, Recorded] = {}
        failed |= {item.ref: error for item, error in self._record(batch, summary, done)}
        failures = {
            item.ref: failure
            for item in batch
            if (failure := _failure(item, failed.get(item.ref))) is not None
        }
        kept: dict[SpoolRef, str] = {}
        if len(failures) > 0:
            entries = self._site.quarantine.add_all(failures.values())
            for ref, entry in zip(failures, entries, strict=True):
                summary.note_entry(entry.id)
                kept[ref] = entry.id
        summary.quarantined += len(failures)
        for part in _parts(batch, done, kept):
            summary.note_part(part)
        for item in batch:
            is_table = len(item.agencies) + len(item.claims) > 0
            summary.companions += item.is_companion
            summary.tables += is_table and item.ref not in failures
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
                failed.append((item, error))
        for item in batch:
            if len(item.claims) == 0:
                continue
            try:
                summary.claims += enter_claims(self._store, item.claims, actor=self._actor)
                summary.claim_lines += len(item.claims)
            except _OF_ONE_DOCUMENT as error:
                failed.append((item, error))
        if any(isinstance(error, _OF_ANY_DOCUMENT) for _, error in failed):
            self._require_writable()
        return failed

    def _record(
        self, batch: Sequence[Prepared], summary: Summary, done: dict[SpoolRef, Recorded]
    ) -> list[_Failed]:
        items = [(item, item.delivery) for item in batch if item.delivery is not None]
        if len(items) == 0:
            return []
        failed: list[_Failed] = []
        try:
            results = record(self._store, [d for _, d in items], actor=self._actor)
            for (item, _), result in zip(items, results, strict=True):
                done[item.ref] = result
        except _OF_ONE_DOCUMENT:
            results = []
            for item, delivery in items:
                try:
                    (done[item.ref],) = record(self._store, [delivery], actor=self._actor)
                    results.append(done[item.ref])
                except _OF_ONE_DOCUMENT as error:
                    failed.append((item, error))
        if len(results) > 0:
            self._refused_in_a_row = 0
        else:
            self._blame([error for _, error in failed])
        _count(summary, [d for _, d in items], results)
        return failed

    def _blame(self, errors: Sequence[CrosstipError]) -> None:
        """Come back when documents none of which went in, one by one, may be the cause themselves.

        A single one that the store refuses may be: the store is asked for a change that holds
        nothing of it. Several in a row, and none between them that went in, are the store's doing.

        Raises:
            StoreError: the store refuses whatever it is given; nothing goes to quarantine.
        """
        of_store = [error for error in errors if isinstance(error, _OF_ANY_DOCUMENT)]
        if len(of_store) == 0:
            return
        self._require_writable()
        self._refused_in_a_row += len(of_store)
        if self._refused_in_a_row > 1:
            raise StoreError(
                f"The store took none of {self._refused_in_a_row} documents in a row, so the cause "
                "is not one of them. They stay in the spool, and the next `crosstip ingest` takes "
                f"them up. Of the last one it was said: {of_store[-1]}"
            )

    def _require_writable(self) -> None:
        """Make a change that changes nothing.

        Raises:
            StoreError: the store does not even do that: the documents are not the cause.
        """
        nothing = AddTipsParams(delta=0)
        self._store.writing(lambda unit: unit.run(ADD_TIPS, nothing), name="a trial change")


def _parts(
    batch: Sequence[Prepared], done: Mapping[SpoolRef, Recorded], kept: Mapping[SpoolRef, str]
) -> Iterator[PartFate]:
    """Give what became of those documents that came with others in one file."""
    for item in batch:
        if item.document.container_sha256 is None:
            continue
        name = item.document.name
        if item.ref in kept:
            yield PartFate(name=name, outcome=QUARANTINED, entry=kept[item.ref])
        elif item.ref in done:
            result = done[item.ref]
            yield PartFate(name=name, outcome=result.outcome.value, tip=result.tip)


def _count(summary: Summary, deliveries: Sequence[Delivery], results: Sequence[Recorded]) -> None:
    summary.recorded.update(result.outcome for result in results)
    for result in results:
        if result.outcome is not Outcome.DUPLICATE:
            summary.note(result.tip)
    summary.rejected_values += sum(len(delivery.rejected) for delivery in deliveries)


def _failure(item: Prepared, by_store: CrosstipError | None) -> Failure | None:
    """Give why a document, or some of its lines, could not go in: a sentence for each cause."""
    reasons = [*item.failures, *([] if by_store is None else [(str(by_store), None)])]
    if len(reasons) == 0:
        return None
    if len(reasons) == 1:
        reason, where = reasons[0]
        return Failure(reason=reason, document=item.document, where=where)
    count = len(item.failures)
    sentences = [_sentence(item, *failure) for failure in item.failures[:_SHOWN_LINES]]
    if count > _SHOWN_LINES:
        sentences.append(f"And {count - _SHOWN_LINES} more lines.")
    lines = f"{count} lines were" if count > 1 else "1 line was"
    text = f"{lines} not taken in. {' '.join(sentences)}"
    if by_store is not None:
        text = f"{text} None of the other lines either: {by_store}"
    return Failure(reason=text, document=item.document)


def _sentence(item: Prepared, reason: str, where: str | None) -> str:
    """Give what is wrong with one line, without the document's name and what holds for all."""
    text = reason.removeprefix(shown_name(item.document.name))
    text = _CHAIN.sub(r"Line \1: ", text, count=1) if text != reason else text
    if where is not None:
        text = f"{where[:1].upper()}{where[1:]}: {text}"
    return text if text.endswith(".") else f"{text}."
