"""The spool among processes: kills, forks, several writers, and a disk that is full."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

import pytest

from graph.errors import StorageFailedError, StorageFullError
from ingest.spool import Spool
from tests.ingest.killed_process import Worker
from tests.ingest.received_documents import received

_GROUP: Final = 8


def _writer(directory: Path, first: int) -> Worker:
    """Start a process that appends in groups and acknowledges, after each sync, where it is."""

    def work(acknowledge: Callable[[int], None]) -> None:
        spool = Spool(directory, segment_bytes=20_000)
        number = first
        while True:
            for _ in range(_GROUP):
                spool.append(received(number))
                number += 1
            spool.sync()
            acknowledge(number)

    return Worker.start(work)


def test_whatever_was_received_outlives_twenty_kills_once_each(tmp_path: Path) -> None:
    random = Random(20)
    expected: set[int] = set()
    for turn in range(20):
        starts = (turn * 1_000_000, turn * 1_000_000 + 500_000)
        writers = [_writer(tmp_path / "spool", first) for first in starts]
        for first, writer in zip(starts, writers, strict=True):
            behind = writer.kill_after(random.randint(1, 5), seconds=random.uniform(0, 0.01))[-1]
            expected |= set(range(first, behind))

    with Spool(tmp_path / "spool") as spool:
        found = list(spool.pending())
        seen = Counter(int(document.report_number or "") for _, document in found)
        assert expected <= seen.keys()
        assert all(document == received(int(document.report_number or "")) for _, document in found)
        assert max(seen.values()) == 1
        # A kill leaves torn ends and nothing worse.
        assert {finding.kind.value for finding in spool.findings()} <= {"torn"}

        spool.release(ref for ref, _ in found)
        assert list((tmp_path / "spool").iterdir()) == []


def test_a_kill_while_releasing_brings_nothing_back(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool", segment_bytes=5_000) as spool:
        for number in range(2_000):
            spool.append(received(number))
        spool.sync()

    def work(acknowledge: Callable[[int], None]) -> None:
        with Spool(tmp_path / "spool") as mine:
            for ref, document in mine.pending():
                mine.release([ref])
                acknowledge(int(document.report_number or ""))
        time.sleep(60)

    released: set[int] = set()
    for turn in range(5):
        numbers = Worker.start(work).kill_after(40 * turn + 1)
        assert released.isdisjoint(numbers)
        released |= set(numbers)

    with Spool(tmp_path / "spool") as spool:
        left = [int(document.report_number or "") for _, document in spool.pending()]
    assert len(left) == len(set(left))
    assert released.isdisjoint(left)
    # A release that the kill hit between the disk and the pipe is in neither.
    assert len(set(range(2_000)) - released - set(left)) <= 5


def test_a_forked_child_neither_keeps_nor_uses_the_spool(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.append(received(1))
    spool.sync()

    def work(acknowledge: Callable[[int], None]) -> None:
        try:
            spool.append(received(2))
        except StorageFailedError:
            acknowledge(1)
        time.sleep(60)

    child = Worker.start(work)
    try:
        child.wait(1)
        with Spool(tmp_path / "spool") as other:
            assert list(other.pending()) == []
            spool.close()
            assert [document for _, document in other.pending()] == [received(1)]
    finally:
        child.kill_after(0)


def test_a_full_file_refuses_one_document_and_keeps_the_rest(tmp_path: Path) -> None:
    # A file size limit fails like a full disk does, in the middle of a write.
    with Spool(tmp_path / "spool") as spool:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
        try:
            spool.append(received(1, data=b"x" * 6_000))
            spool.sync()
            for _ in range(3):
                with pytest.raises(StorageFullError, match="not received"):
                    spool.append(received(2, data=b"y" * 6_000))
            spool.append(received(3))
            spool.sync()
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        spool.append(received(4, data=b"z" * 6_000))
        spool.sync()

    with Spool(tmp_path / "spool") as later:
        assert [document.report_number for _, document in later.pending()] == ["1", "3", "4"]
        assert later.findings() == ()


_FILL_DISK: Final = """
import sys
from pathlib import Path
from ingest.durable_files import StorageFullError
from ingest.spool import Spool
from tests.ingest.received_documents import received

with Spool(Path(sys.argv[1])) as spool:
    refs, number = [], 0
    try:
        while True:
            refs.append(spool.append(received(number)))
            if number % 8 == 7:
                spool.sync()
                synced = len(refs)
            number += 1
    except StorageFullError as error:
        assert "free space" in str(error), error
    spool.sync()
    assert [ref for ref, _ in spool.pending()] == refs
    assert synced > 100, synced
    try:
        spool.release(refs[:1])
    except StorageFullError as error:
        assert "offered again" in str(error), error
with Spool(Path(sys.argv[1])) as later:
    found = list(later.pending())
    assert [document for _, document in found][-100:] == [
        received(number) for number in range(len(refs) - 100, len(refs))
    ]
    assert later.findings() == ()
    later.release(ref for ref, _ in found)
    later.append(received(1))
    later.sync()
print("held")
"""


def test_a_full_disk_keeps_everything_that_was_synced(tmp_path: Path) -> None:
    mount = tmp_path / "small"
    mount.mkdir(mode=0o700)
    script = (
        'mount -t tmpfs -o size=256k,mode=700 tmpfs "$1" || exit 77; exec "$2" -c "$3" "$1/spool"'
    )
    own_space = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"]
    try:
        done = subprocess.run(
            [*own_space, str(mount), sys.executable, _FILL_DISK],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
            cwd=Path(__file__).parents[2],
        )
    except FileNotFoundError:
        pytest.skip("no unshare(1) here; the test with a file size limit stands for this one")
    if done.returncode == 77 or "unshare" in done.stderr:
        pytest.skip("no mount allowed here; the test with a file size limit stands for this one")

    assert done.stdout == "held\n", done.stderr
