"""A folder into which others put files: what has come to rest is taken in and moved aside.

What went in goes to `done/`, what waits in quarantine to `rejected/` with a note that says why. A
file is moved only after it is recorded, and only while it is what was looked at: a kill at any
point, or a file put in anew under its name, costs at most a second receipt of the same bytes, which
is known as one. One watcher at a time, by a lock that dies with its process.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from graph.errors import IntakeError
from ingest.pipeline import Intake
from ingest.receiving import Declared
from ingest.site import Site
from ingest.sources import find_files
from ingest.summary import Summary

DONE, REJECTED = "done", "rejected"
_LOCK = ".crosstip-watch"
_RESTED_S = 2.0
"""A file that was written to less long ago is still being written."""
_MOST_AT_ONCE = 500
_MOST_NAMES = 10_000


@dataclass(frozen=True, slots=True)
class _Look:
    size: int
    modified_ns: int
    inode: int

    @classmethod
    def of(cls, found: os.stat_result) -> _Look:
        return cls(found.st_size, found.st_mtime_ns, found.st_ino)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What became of one file."""

    name: str
    is_done: bool
    reasons: tuple[str, ...] = ()


@dataclass(slots=True)
class WatchedFolder:
    """A folder that this process alone watches."""

    path: Path
    seen: dict[str, _Look] = field(default_factory=dict)

    def rested(self, *, now: Callable[[], float] = time.time) -> list[Path]:
        """Give the files that have not changed since the last look, in the order of intake.

        Raises:
            IntakeError: the folder cannot be read.
        """
        found: dict[str, _Look] = {}
        try:
            for entry in os.scandir(self.path):
                if entry.name.startswith(".") or not entry.is_file(follow_symlinks=False):
                    continue
                found[entry.name] = _Look.of(entry.stat(follow_symlinks=False))
        except OSError as error:
            raise IntakeError(f"{self.path} cannot be read ({error.strerror}).") from error
        rested = [
            self.path / name
            for name, look in sorted(found.items())
            if self.seen.get(name) == look and look.modified_ns / 1e9 <= now() - _RESTED_S
        ]
        self.seen = found
        return find_files(rested[:_MOST_AT_ONCE])

    def is_as_seen(self, file: Path) -> bool:
        """Tell whether a file is still what the last look found: else other bytes came since."""
        try:
            return self.seen.get(file.name) == _Look.of(file.lstat())
        except OSError:
            # Taken away meanwhile, or not ours to look at: nothing of it is moved.
            return False

    def settle(self, file: Path, settled: Settled) -> None:
        """Move a file that was taken in, and write down why it was rejected.

        Raises:
            IntakeError: it cannot be moved; it would be taken in again at every look.
        """
        folder = self.path / (DONE if settled.is_done else REJECTED)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            target = _free(folder, file.name)
            # Same file system: a rename is whole or not at all, and replaces nothing here.
            file.rename(target)
            if not settled.is_done:
                why = target.with_name(f"{target.name}.why.txt")
                why.write_text("\n".join(settled.reasons) + "\n", encoding="utf-8")
        except OSError as error:
            raise IntakeError(
                f"{file.name} was taken in and cannot be moved to {folder.name}/ "
                f"({error.strerror}). Give this user the right to write in {self.path}."
            ) from error
        self.seen.pop(file.name, None)


@contextmanager
def watched(path: Path) -> Iterator[WatchedFolder]:
    """Hold a folder as its only watcher.

    Raises:
        IntakeError: it is no folder, or another process watches it.
    """
    if not path.is_dir():
        raise IntakeError(f"{path} is no folder. Check the path.")
    try:
        descriptor = os.open(path / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise IntakeError(f"{path} cannot be written to ({error.strerror}).") from error
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise IntakeError(f"Another process watches {path}. One is enough.") from error
        yield WatchedFolder(path)
    finally:
        os.close(descriptor)


def take_rested(
    folder: WatchedFolder,
    files: list[Path],
    intake: Intake,
    declared: Declared,
    *,
    site: Site,
    stopped: Callable[[], bool] = lambda: False,
) -> tuple[Summary, list[Settled]]:
    """Take files in, one by one, and move them when all are in.

    They are moved last, as a `<report>` finds its number in what lies beside it. One that was
    changed, replaced or taken away since it was looked at is not moved: it is taken in anew.

    Args:
        site: whose quarantine says why something was rejected.
        stopped: whether to end after the file at hand.

    Raises:
        StoreError: the store failed; what was received is recorded by the next run.
        IntakeError: spool, vault or quarantine failed, or a file cannot be moved.
    """
    total = Summary()
    settled: list[tuple[Path, Settled]] = []
    for file in files:
        if stopped():
            break
        summary = intake.ingest([file], declared=declared)
        total.add(summary)
        if len(summary.unreadable) > 0:
            # Not there any more, or not ours to read: it stays, and is told at every look.
            continue
        is_done = summary.quarantined == 0
        reasons = () if is_done else _reasons(site, file)
        settled.append((file, Settled(name=file.name, is_done=is_done, reasons=reasons)))
    moved: list[Settled] = []
    for file, one in settled:
        if folder.is_as_seen(file):
            folder.settle(file, one)
            moved.append(one)
    return total, moved


def _reasons(site: Site, file: Path) -> tuple[str, ...]:
    """Give why documents of a file wait in quarantine."""
    with file.open("rb") as stream:
        sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return tuple(
        entry.reason
        for entry in site.quarantine.list()
        if sha256 in (entry.sha256, entry.container_sha256)
    )


def _free(folder: Path, name: str) -> Path:
    """Give a path in a folder at which nothing is."""
    target = folder / name
    for number in range(2, _MOST_NAMES):
        if not target.exists():
            return target
        target = folder / f"{Path(name).stem} ({number}){Path(name).suffix}"
    raise FileExistsError(17, "too many files of this name")
