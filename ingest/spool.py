"""The spool: documents that were received and are not yet recorded, on the local disk.

A document is received once `sync` has returned after its `append`; whoever handed it in may then
forget it. Each process writes segments of its own and holds them by a lock; `pending` takes over
the segments of processes that ended. Documents are offered again until they are released, so that
whatever records them must tolerate seeing one twice.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Lock, RLock

from graph.errors import IntakeError, StorageFailedError
from ingest.durable_files import private_directory, storage_error
from ingest.frames import Gap
from ingest.received import ReceivedDocument
from ingest.spool_findings import SpoolFinding, SpoolFindings
from ingest.spool_segments import Segment, SegmentGoneError, remove_strays, segment_names

_LOG = logging.getLogger(__name__)
_SEGMENT_BYTES = 64 << 20
_TURN_BYTES = 8 << 20
"""Size from which a segment without open work is dropped: recorded text shall not lie about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpoolRef:
    """Where a document lies in the spool."""

    segment: str
    offset: int
    sha256: str


class Spool:
    """Received documents in a private directory. Threads may share one; a fork may not use it."""

    def __init__(self, directory: Path, *, segment_bytes: int = _SEGMENT_BYTES) -> None:
        """Open the spool, made with mode 0700 when missing; nothing is read yet.

        Args:
            directory: on a local disk (locks and fsync mean less on a network one).
            segment_bytes: size from which a segment takes no more documents.

        Raises:
            SettingsError: other users may enter the directory.
        """
        self._directory = private_directory(directory)
        self._segment_bytes = segment_bytes
        self._segments: dict[str, Segment] = {}
        self._current: Segment | None = None
        self._findings = SpoolFindings(self._directory)
        self._stopped: str | None = None
        self._lock = RLock()
        self._syncing = Lock()

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def append(self, document: ReceivedDocument) -> SpoolRef:
        """Write a document; it is received when the next `sync` has returned.

        Raises:
            StorageFullError: no room; everything synced before stays valid.
            StorageFailedError: the disk failed, or did so before.
        """
        with self._lock:
            self._refuse_if_stopped()
            try:
                segment = self._writable()
                offset = segment.append(document)
            except OSError as error:
                raise storage_error(
                    error,
                    doing=f"keep document {document.sha256[:12]} in the spool {self._directory}",
                    then="hand the document in again: it was not received",
                ) from error
            return SpoolRef(segment=segment.name, offset=offset, sha256=document.sha256)

    def sync(self) -> None:
        """Return when every document appended before is received. One fsync serves all threads.

        Raises:
            StorageFailedError: the disk failed. What was not yet received never will be, and this
                spool takes nothing more; open it again when the disk is well.
        """
        with self._syncing:
            with self._lock:
                self._refuse_if_stopped()
                due = [
                    (segment, segment.written)
                    for segment in self._segments.values()
                    if segment.written > segment.synced
                ]
            for segment, written in due:
                self._sync_segment(segment, written)

    def pending(self) -> Iterator[tuple[SpoolRef, ReceivedDocument]]:
        """Give every received document that is not released, one in memory at a time.

        In order of receipt within a segment, segments by age. Segments of living processes are
        left to these. Documents that are being worked on and not yet released come again, so one
        thread at a time should ask.

        Raises:
            NewerFormatError: a document was spooled by a newer version of Crosstip.
            StorageFailedError: the directory cannot be read.
        """
        try:
            names = segment_names(self._directory)
            remove_strays(self._directory)
        except OSError as error:
            raise storage_error(
                error, doing=f"list the spool {self._directory}", then="start again"
            ) from error
        for name in names:
            segment = self._holding(name)
            if segment is not None:
                yield from self._unreleased(segment)

    def release(self, refs: Iterable[SpoolRef]) -> None:
        """Let go of documents that are recorded, quarantined or known duplicates.

        Releasing twice is harmless. A segment without open work is deleted.

        Raises:
            IntakeError: a document belongs to a segment that this spool does not hold; then
                nothing is released.
            StorageFullError: the release holds in this process, but could not be written down: the
                documents are offered again to the next one, which does no harm.
        """
        with self._lock:
            offsets: dict[str, list[int]] = {}
            for ref in refs:
                offsets.setdefault(ref.segment, []).append(ref.offset)
            for name in offsets:
                if name not in self._segments and self._path(name).exists():
                    raise IntakeError(
                        f"segment {name} of the spool is not held by this process; release its "
                        "documents where pending() gave them out"
                    )
            for name, wanted in offsets.items():
                if name in self._segments:
                    self._release_in(self._segments[name], wanted)

    def findings(self) -> tuple[SpoolFinding, ...]:
        """Give what this spool found torn, damaged or unreadable, in the order of finding."""
        return self._findings.all()

    def tidy(self) -> None:
        """Delete what is released although there is room left in its segment; call it when idle."""
        with self._lock:
            self._turn_if_idle(0)

    def close(self) -> None:
        """Let go of all segments; what is not released stays for the next process.

        Does not sync: what was appended and not synced was never received.
        """
        with self._syncing, self._lock:
            for segment in list(self._segments.values()):
                # Nothing is being synced now, so that nothing unsynced keeps a segment either.
                if segment.is_done:
                    self._delete(segment)
            for segment in self._segments.values():
                segment.close()
            self._segments.clear()
            self._current = None
            self._stopped = "it was closed"

    def _refuse_if_stopped(self) -> None:
        if self._stopped is not None:
            raise StorageFailedError(
                f"the spool {self._directory} takes nothing more, as {self._stopped}; open it again"
            )

    def _path(self, name: str) -> Path:
        return self._directory / f"{name}.spool"

    def _writable(self) -> Segment:
        """Give the segment to append to. Raises OSError."""
        current = self._current
        if current is not None and current.written >= self._segment_bytes:
            current.full = True
        if current is None or current.full:
            self._current = Segment.create(self._directory)
            self._segments[self._current.name] = self._current
            if current is not None:
                self._drop_if_done(current)
            return self._current
        return current

    def _sync_segment(self, segment: Segment, written: int) -> None:
        try:
            segment.sync()
        except OSError as error:
            with self._lock:
                self._stopped = "a sync failed, and what was not synced may be lost"
            raise StorageFailedError(
                f"could not sync the spool {self._directory} ({error.strerror}); the documents "
                "since the last sync were not received: look at that disk, start again, and hand "
                "them in again"
            ) from error
        with self._lock:
            segment.synced = max(segment.synced, written)
            self._turn_if_idle(_TURN_BYTES)
            if segment is not self._current:
                self._drop_if_done(segment)

    def _holding(self, name: str) -> Segment | None:
        """Give a segment of this process, or take over one whose process has ended."""
        with self._lock:
            self._refuse_if_stopped()
            if name in self._segments:
                return self._segments[name]
            try:
                segment = Segment.take_over(self._path(name))
            except OSError as error:
                self._findings.add_unreadable(name, error, length=0)
                return None
            if segment is not None:
                self._segments[name] = segment
            return segment

    def _unreleased(self, segment: Segment) -> Iterator[tuple[SpoolRef, ReceivedDocument]]:
        size = segment.synced
        try:
            for found in segment.reader().scan(segment.is_released):
                if isinstance(found, Gap):
                    self._findings.add_gap(segment, found)
                    continue
                with self._lock:
                    if segment.is_released(found.offset):
                        continue  # Released by another thread while it was read.
                    segment.outstanding.add(found.offset)
                yield (
                    SpoolRef(
                        segment=segment.name, offset=found.offset, sha256=found.document.sha256
                    ),
                    found.document,
                )
        except SegmentGoneError:
            return
        except OSError as error:
            segment.pinned = True
            self._findings.add_unreadable(segment.name, error, length=size)
            return
        with self._lock:
            segment.finish_scan()
            self._drop_if_done(segment)

    def _release_in(self, segment: Segment, wanted: list[int]) -> None:
        fresh = segment.release(wanted)
        self._turn_if_idle(_TURN_BYTES)
        if len(fresh) == 0 or segment.name not in self._segments or self._drop_if_done(segment):
            return
        try:
            segment.persist_release(fresh)
        except OSError as error:
            raise storage_error(
                error,
                doing=f"write down {len(fresh)} releases in the spool {self._directory}",
                then="go on: these documents will be offered again and found to be recorded",
            ) from error

    def _turn_if_idle(self, least_bytes: int) -> None:
        """Drop the current segment if it has this size and nothing in it is open."""
        current = self._current
        if current is None or current.written < least_bytes or not current.is_done:
            return
        current.full = True
        self._drop_if_done(current)
        self._current = None

    def _drop_if_done(self, segment: Segment) -> bool:
        """Delete a segment that nobody needs any more; whether it was deleted."""
        if not segment.is_done or not segment.full or segment.written > segment.synced:
            return False
        return self._delete(segment)

    def _delete(self, segment: Segment) -> bool:
        try:
            segment.delete()
        except OSError as error:
            _LOG.warning("spool segment %s could not be deleted: %s", segment.name, error.strerror)
            return False
        del self._segments[segment.name]
        return True
