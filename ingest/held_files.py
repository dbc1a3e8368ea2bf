"""Files that one process holds, by flock(2), until it lets go of them or dies.

flock, not fcntl record locks: a record lock ends as soon as the process closes any descriptor of
the file, and does not keep two objects of one process apart (fcntl(2), "Advisory record locking").
"""

from __future__ import annotations

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from graph.errors import StorageFailedError
from ingest.durable_files import create_file


class HeldFile:
    """An open file that nobody else can hold. Use `create` or `take`."""

    __slots__ = ("__weakref__", "_fd", "path")

    def __init__(self, path: Path, fd: int) -> None:
        self.path = path
        self._fd = fd
        _held.add(self)

    @classmethod
    def create(cls, path: Path) -> HeldFile | None:
        """Make a new file and hold it; None when another process was quicker to take it.

        Raises:
            OSError: the file exists or cannot be made.
        """
        fd = create_file(path)
        return cls(path, fd) if _hold(path, fd) else None

    @classmethod
    def take(cls, path: Path) -> HeldFile | None:
        """Hold an existing file; None when it is held by another or gone.

        Raises:
            OSError: the file cannot be opened.
        """
        try:
            fd = os.open(path, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
        except FileNotFoundError:
            return None
        return cls(path, fd) if _hold(path, fd) else None

    @property
    def fd(self) -> int:
        """The descriptor.

        Raises:
            StorageFailedError: the file was let go, or the process is a fork of the holder.
        """
        if self._fd < 0:
            raise StorageFailedError(
                f"{self.path.name} is no longer held by this process; open the spool or vault "
                "anew in each process that uses it"
            )
        return self._fd

    @property
    def is_open(self) -> bool:
        """Whether the file is still held."""
        return self._fd >= 0

    def close(self) -> None:
        """Let go of the file. Closing twice is harmless."""
        fd, self._fd = self._fd, -1
        if fd >= 0:
            os.close(fd)


def _hold(path: Path, fd: int) -> bool:
    """Lock an open file and make sure that its name still means this file."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        named, opened = path.lstat(), os.fstat(fd)
    except (BlockingIOError, FileNotFoundError):
        os.close(fd)
        return False
    except BaseException:
        os.close(fd)
        raise
    if (named.st_dev, named.st_ino) != (opened.st_dev, opened.st_ino):
        os.close(fd)
        return False
    return True


@contextmanager
def exclusive(path: Path) -> Iterator[None]:
    """Wait for a lock file and hold it for the length of a `with` block.

    Raises:
        OSError: the lock file cannot be opened.
    """
    fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX)
        yield
    finally:
        os.close(fd)


_held: weakref.WeakSet[HeldFile] = weakref.WeakSet()


def _let_go_in_child() -> None:
    for held in list(_held):
        with suppress(OSError):
            held.close()


# A forked child shares the locks: if it outlived its parent, nobody could take over the files.
os.register_at_fork(after_in_child=_let_go_in_child)
