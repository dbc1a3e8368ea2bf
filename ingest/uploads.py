"""What was uploaded and is not recorded yet: a spool of its own for each job.

As for every document, media are cut out in memory before anything is written (`design.md`). An
upload is received when all of it is synced; the job that records it holds a lock that dies with its
process, so that two workers never record one upload at the same time.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from graph.errors import IntakeError
from ingest.durable_files import private_directory, storage_error, sync_directory
from ingest.held_files import HeldFile
from ingest.limits import DEFAULT_LIMITS, Limits
from ingest.received import Channel
from ingest.receiving import Declared, Receiver
from ingest.sources import SourceFile
from ingest.spool import Spool
from ingest.steps import numbered

_KEY = re.compile(r"[0-9a-f]{32}\Z")
_MOST_NAME = 200


@dataclass(frozen=True, slots=True)
class Uploads:
    """The uploads below a data directory; processes and threads may share it."""

    directory: Path
    limits: Limits = DEFAULT_LIMITS

    def receive(self, key: str, data: bytes, *, name: str, declared: Declared) -> int:
        """Keep an upload for a job and give how many documents it is; received on return.

        Raises:
            IntakeError: it cannot be kept; nothing of it was received.
        """
        private_directory(self.directory)
        source = SourceFile(
            name=name[:_MOST_NAME],
            channel=Channel.API,
            data=data,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            modified_us=None,
        )
        held = self._made(key)
        try:
            with Spool(self._spool(key)) as spool:
                receiver = Receiver(spool, limits=self.limits)
                total = sum(1 for _ in receiver.receive(source, numbered(source, declared)))
                spool.sync()
            sync_directory(self.directory)
        except BaseException:
            self._drop(key)
            raise
        finally:
            held.close()
        return total

    @contextmanager
    def taken(self, key: str) -> Iterator[Spool | None]:
        """Give the spool of an upload; None where it is not here, or another process has it.

        Raises:
            IntakeError: it cannot be opened.
        """
        try:
            held = HeldFile.take(self._lock(key)) if _KEY.match(key) is not None else None
        except OSError as error:
            raise storage_error(error, doing=f"take upload {key}", then="try again") from error
        if held is None:
            yield None
            return
        try:
            with Spool(self._spool(key)) as spool:
                yield spool
        finally:
            held.close()

    def has(self, key: str) -> bool:
        """Say whether an upload is on this machine."""
        return _KEY.match(key) is not None and self._lock(key).exists()

    def make_empty(self, key: str) -> None:
        """Make a spool for a job without an upload, where there is none.

        Raises:
            IntakeError: it cannot be made.
        """
        private_directory(self.directory)
        if not self.has(key):
            self._made(key).close()

    def drop(self, key: str) -> None:
        """Delete an upload whose job has ended; repeating is harmless.

        Raises:
            IntakeError: the disk does not let it go.
        """
        if _KEY.match(key) is not None:
            self._drop(key)

    def old(self, *, older_than_s: float) -> list[str]:
        """Give the keys of uploads that were made so long ago."""
        if not self.directory.is_dir():
            return []
        found: list[str] = []
        for path in sorted(self.directory.glob("*.held")):
            with suppress(FileNotFoundError):
                if _KEY.match(path.stem) and path.stat().st_mtime < time.time() - older_than_s:
                    found.append(path.stem)
        return found

    def _made(self, key: str) -> HeldFile:
        if _KEY.match(key) is None:
            raise IntakeError("an upload is kept under the key of its job")
        try:
            held = HeldFile.create(self._lock(key))
        except OSError as error:
            raise storage_error(
                error, doing="keep an upload", then="hand it in again: it was not received"
            ) from error
        if held is None:
            raise IntakeError("another process took the upload; hand it in again")
        return held

    def _drop(self, key: str) -> None:
        # The lock last: what a kill leaves in between is found by it.
        try:
            if self._spool(key).exists():
                shutil.rmtree(self._spool(key))
            self._lock(key).unlink(missing_ok=True)
        except OSError as error:
            raise storage_error(
                error, doing=f"delete upload {key}", then="the worker tries again tomorrow"
            ) from error

    def _spool(self, key: str) -> Path:
        return self.directory / key

    def _lock(self, key: str) -> Path:
        return self.directory / f"{key}.held"
