"""The sentences about a data directory, from facts alone."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

import pytest

from graph.engines.faults import (
    MIN_FREE_BYTES,
    directory_fault,
    disk_fault,
    password_fault,
    system_fault,
)

ROOT = Path("/srv/tips/engine")
PASSWORD = ROOT / "password"


@pytest.mark.parametrize("is_empty", [True, False])
def test_a_closed_directory_of_ones_own_is_fine(*, is_empty: bool) -> None:
    mode = stat.S_IFDIR | 0o700
    assert directory_fault(ROOT, mode=mode, owner=7, user=7, is_empty=is_empty) is None


def test_an_empty_open_directory_is_fine_as_it_gets_closed_first() -> None:
    assert directory_fault(ROOT, mode=stat.S_IFDIR | 0o755, owner=7, user=7, is_empty=True) is None


@pytest.mark.parametrize(
    ("mode", "owner", "user", "told"),
    [
        (stat.S_IFREG | 0o600, 7, 7, "is not a directory"),
        (stat.S_IFDIR | 0o700, 7, 8, "belongs to user id 7, and this command runs as user id 8"),
        (stat.S_IFDIR | 0o700, 7, 0, "belongs to user id 7, and this command runs as user id 0"),
        (stat.S_IFDIR | 0o500, 7, 7, "cannot be written (mode 0500): run `chmod 700"),
        (stat.S_IFDIR | 0o750, 7, 7, "open to other users (mode 0750): run `chmod 700"),
        (stat.S_IFDIR | 0o701, 7, 7, "open to other users (mode 0701): run `chmod 700"),
    ],
)
def test_a_directory_that_cannot_hold_an_engine(
    mode: int, owner: int, user: int, told: str
) -> None:
    fault = directory_fault(ROOT, mode=mode, owner=owner, user=user, is_empty=False)
    assert fault is not None
    assert told in str(fault)
    assert str(ROOT) in str(fault)


def test_a_private_password_file_is_trusted() -> None:
    assert password_fault(PASSWORD, mode=stat.S_IFREG | 0o600, owner=7, user=7) is None


@pytest.mark.parametrize(
    ("mode", "owner", "told"),
    [
        (stat.S_IFREG | 0o640, 7, "open to other users (mode 0640): run `chmod 600"),
        (stat.S_IFREG | 0o604, 7, "open to other users (mode 0604): run `chmod 600"),
        (stat.S_IFREG | 0o600, 8, "belongs to user id 8"),
        (stat.S_IFIFO | 0o600, 7, "is not a plain file"),
    ],
)
def test_a_password_file_that_is_not_trusted(mode: int, owner: int, told: str) -> None:
    fault = password_fault(PASSWORD, mode=mode, owner=owner, user=7)
    assert fault is not None
    assert told in str(fault)


def test_a_disk_is_full_just_below_the_limit() -> None:
    assert disk_fault(ROOT, free_bytes=MIN_FREE_BYTES) is None
    fault = disk_fault(ROOT, free_bytes=MIN_FREE_BYTES - 1)
    assert fault is not None
    assert "is full (67 MB left, 67 MB needed to start)" in str(fault)


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "is full: free some space"),
        (errno.EDQUOT, "is full: free some space"),
        (errno.EACCES, "cannot be written"),
        (errno.EROFS, "cannot be written"),
        (errno.ENOLCK, "has no file locks"),
        (errno.EEXIST, "a file is in its way"),
        (errno.ENOTDIR, "a file is in its way"),
        (errno.EIO, "cannot be used"),
    ],
)
def test_what_the_system_refused_becomes_a_sentence(number: int, told: str) -> None:
    assert told in str(system_fault(OSError(number, "as the system says"), path=ROOT))
