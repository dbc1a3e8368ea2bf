"""The primitives under the spool and the vault: whole writes, syncs and locks."""

from __future__ import annotations

import errno
import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.errors import IntakeError, StorageFailedError, StorageFullError
from ingest.durable_files import (
    GroupSync,
    create_file,
    find_syncfs,
    storage_error,
    sync_file,
    write_at,
)
from ingest.durable_group import DurableGroup
from ingest.held_files import HeldFile


@pytest.mark.parametrize("most", [1, 3, 7, 100])
def test_a_write_that_the_system_splits_is_finished(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    whole = os.pwritev

    def some(fd: int, parts: Sequence[memoryview], offset: int) -> int:
        return whole(fd, [b"".join(parts)[:most]], offset)

    fd = create_file(tmp_path / "file")
    monkeypatch.setattr(os, "pwritev", some)
    assert write_at(fd, [b"first", b"", b"second", b"third part"], offset=2) == 23
    os.close(fd)

    assert (tmp_path / "file").read_bytes() == b"\0\0firstsecondthird part"


def test_a_sync_that_the_system_refuses_is_an_error(tmp_path: Path) -> None:
    reading, writing = os.pipe()
    with pytest.raises(OSError, match="Invalid argument"):
        sync_file(writing)
    os.close(reading)
    os.close(writing)
    syncfs = find_syncfs()
    if syncfs is not None:
        with pytest.raises(OSError, match="Bad file descriptor"):
            syncfs(-1)
    group = GroupSync(tmp_path)
    with pytest.raises(FileNotFoundError):
        group.sync([tmp_path / "missing"])
    group.close()


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        (errno.ENOSPC, StorageFullError),
        (errno.EDQUOT, StorageFullError),
        (errno.EIO, StorageFailedError),
        (errno.EROFS, StorageFailedError),
    ],
)
def test_an_error_says_what_failed_why_and_what_next(code: int, kind: type[IntakeError]) -> None:
    error = storage_error(OSError(code, os.strerror(code)), doing="write it", then="try again")

    assert type(error) is kind
    for part in ("write it", os.strerror(code), "try again"):
        assert part in str(error)


def test_a_group_replaces_files_and_makes_one_folder_deep(tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    (tmp_path / "old").write_bytes(b"old")
    group = DurableGroup(tmp_path / "aside")
    group.stage(tmp_path / "old", [b"new"])
    group.stage(tmp_path / "folder" / "file", [b"one"])
    group.stage(tmp_path / "folder" / "file", [b"t", b"wo"])

    assert (tmp_path / "old").read_bytes() == b"old"
    assert len(list((tmp_path / "aside").iterdir())) == len(group) == 2
    assert group.publish() == 2
    assert (tmp_path / "old").read_bytes() == b"new"
    assert (tmp_path / "folder" / "file").read_bytes() == b"two"
    assert list((tmp_path / "aside").iterdir()) == []
    assert group.publish() == 0


def test_a_discarded_group_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "aside").mkdir()
    group = DurableGroup(tmp_path / "aside")
    group.stage(tmp_path / "file", [b"x"])
    group.discard()

    assert [path.name for path in tmp_path.rglob("*")] == ["aside"]


def test_a_file_is_held_once_and_not_after_it_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "file"
    held = HeldFile.create(path)
    assert held is not None
    assert HeldFile.take(path) is None
    with pytest.raises(FileExistsError):
        HeldFile.create(path)
    path.unlink()
    assert HeldFile.take(path) is None

    other = HeldFile.create(path)
    assert other is not None
    held.close()
    assert HeldFile.take(path) is None
    other.close()
    again = HeldFile.take(path)
    assert again is not None
    again.close()
    with pytest.raises(StorageFailedError, match="no longer held"):
        _ = again.fd
