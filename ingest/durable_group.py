"""Files that appear under their names whole and durable, many at a time.

Each is written aside, then all are synced together, then renamed, then the directories are synced.
Renamed before it is synced, a file may come out of a power cut under its name and empty.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from ingest.durable_files import GroupSync, create_file, write_at


class DurableGroup:
    """Staged files of one file system. Not thread-safe: its owner locks."""

    def __init__(self, aside: Path) -> None:
        """Stage files in the existing directory `aside`, on the file system of their names."""
        self._aside = aside
        self._staged: dict[Path, Path] = {}
        self._sync: GroupSync | None = None

    def __len__(self) -> int:
        return len(self._staged)

    def staged(self, path: Path) -> Path | None:
        """Give where the content of a name waits, if it does."""
        return self._staged.get(path)

    def stage(self, path: Path, parts: Sequence[bytes]) -> None:
        """Write the parts aside; `publish` gives them their name.

        Raises:
            OSError: it was not written; what was staged before stays staged.
        """
        if self._sync is None:
            self._sync = GroupSync(self._aside)
        aside = self._aside / f"{secrets.token_hex(16)}.part"
        fd = create_file(aside)
        try:
            write_at(fd, parts, offset=0)
        except BaseException:
            with suppress(OSError):
                aside.unlink()
            raise
        finally:
            os.close(fd)
        replaced = self._staged.get(path)
        self._staged[path] = aside
        if replaced is not None:
            replaced.unlink()

    def publish(self) -> int:
        """Return how many files are now durable under their names, replacing older ones.

        Raises:
            OSError: some may not be; nothing is staged any more, so write all of them again.
        """
        staged, sync = self._staged, self._sync
        self._staged, self._sync = {}, None
        if sync is None:
            return 0
        try:
            sync.sync(staged.values())
            changed: set[Path] = set()
            for path, aside in staged.items():
                changed |= _make_directory(path.parent)
                aside.rename(path)
                changed.add(path.parent)
            sync.sync(changed)
        except BaseException:
            for aside in staged.values():
                with suppress(OSError):
                    aside.unlink(missing_ok=True)
            raise
        finally:
            sync.close()
        return len(staged)

    def discard(self) -> None:
        """Forget what is staged. Raises OSError."""
        staged, sync = self._staged, self._sync
        self._staged, self._sync = {}, None
        if sync is not None:
            sync.close()
        for aside in staged.values():
            aside.unlink(missing_ok=True)


def _make_directory(directory: Path) -> set[Path]:
    """Make a directory in an existing one; gives what must be synced for it."""
    try:
        directory.mkdir(mode=0o700)
    except FileExistsError:
        return set()
    return {directory.parent}
