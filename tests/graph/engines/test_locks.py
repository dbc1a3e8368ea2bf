"""Locks and leases between real processes."""

from __future__ import annotations

import os
import signal
import stat
import time
from pathlib import Path

import pytest

from graph.engines.lease import count_leases, take_lease
from graph.engines.locks import holder_of, try_lock, wait_for_lock
from graph.engines.paths import EngineFiles
from graph.errors import EngineError
from tests.graph.engines.processes import LOCKER, is_running, line_of, python, wait_until

LEASER = """
import sys
from pathlib import Path
from graph.engines.lease import take_lease
from graph.engines.paths import EngineFiles
leases = [take_lease(EngineFiles(Path(sys.argv[1]))) for _ in range(int(sys.argv[2]))]
print("taken", flush=True)
sys.stdin.readline()
leases[0].free()
print("freed", flush=True)
sys.stdin.read()
"""
FORKER = """
import os, sys, time
from pathlib import Path
from graph.engines.lease import take_lease
from graph.engines.paths import EngineFiles
lease = take_lease(EngineFiles(Path(sys.argv[1])))
forked = os.fork()
if forked:
    print(forked, flush=True)
time.sleep(60)
"""


@pytest.fixture
def files(tmp_path: Path) -> EngineFiles:
    files = EngineFiles(tmp_path)
    files.leases.mkdir()
    return files


def test_a_lock_names_its_process_and_ends_with_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    assert holder_of(path) is None
    with python(LOCKER, path) as other:
        assert line_of(other) == "held"
        assert holder_of(path) == other.pid
        assert try_lock(path) is None
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        assert holder_of(path) is None
        with python(LOCKER, path) as next_one:
            assert line_of(next_one) == "held"


def test_asking_for_the_holder_takes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    path.touch()
    for _ in range(3):
        assert holder_of(path) is None
    with python(LOCKER, path) as other:
        assert line_of(other) == "held"


def test_a_lock_file_is_private(tmp_path: Path) -> None:
    held = try_lock(tmp_path / "lock")
    assert held is not None
    with held:
        assert stat.S_IMODE((tmp_path / "lock").stat().st_mode) == 0o600


def test_a_lock_does_not_follow_a_link(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").touch()
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="symbolic"):
        try_lock(tmp_path / "lock")


def test_a_lock_knows_that_its_file_was_replaced(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    held = try_lock(path)
    assert held is not None
    with held:
        assert held.is_still(path)
        path.unlink()
        assert not held.is_still(path)
        path.touch()
        assert not held.is_still(path)


def test_waiting_for_a_lock_ends_with_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with python(LOCKER, path) as other:
        assert line_of(other) == "held"
        with pytest.raises(EngineError, match=f"process {other.pid} has been holding lock"):
            wait_for_lock(path, deadline=time.monotonic() + 0.1)


def test_leases_of_a_living_process_count_and_can_be_given_back(files: EngineFiles) -> None:
    assert count_leases(files) == 0
    with python(LEASER, files.root, 3) as other:
        assert line_of(other) == "taken"
        assert count_leases(files) == 3
        assert other.stdin is not None
        other.stdin.write("\n")
        other.stdin.flush()
        assert line_of(other) == "freed"
        assert count_leases(files) == 2


def test_leases_of_a_killed_process_count_nothing_and_are_cleared(files: EngineFiles) -> None:
    with python(LEASER, files.root, 2) as other:
        assert line_of(other) == "taken"
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
    assert len(list(files.leases.iterdir())) == 2
    assert count_leases(files) == 0
    assert list(files.leases.iterdir()) == []


def test_a_forked_process_neither_frees_nor_prolongs_its_parents_lease(files: EngineFiles) -> None:
    lease = take_lease(files)
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        lease.free()
        os.write(writing, b"x")
        os._exit(0)
    os.read(reading, 1)
    os.waitpid(child, 0)
    assert count_leases(files) == 1
    lease.free()
    assert list(files.leases.iterdir()) == []


def test_a_forked_process_that_outlives_its_parent_holds_nothing(files: EngineFiles) -> None:
    with python(FORKER, files.root) as other:
        forked = int(line_of(other))
        assert count_leases(files) == 1
        os.kill(other.pid, signal.SIGKILL)
        other.wait()
        # It closes what it inherited as its first act, when the system lets it run.
        wait_until(lambda: count_leases(files) == 0)
        assert is_running(forked)
        os.kill(forked, signal.SIGKILL)


def test_reading_the_data_directory_does_not_end_a_lease(files: EngineFiles) -> None:
    lease = take_lease(files)
    for path in files.leases.iterdir():
        path.read_bytes()
    assert count_leases(files) == 1
    lease.free()
    assert count_leases(files) == 0
