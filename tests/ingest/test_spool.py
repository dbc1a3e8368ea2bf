"""The spool: what received means, what release does, and whom it belongs to."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from graph.errors import IntakeError, SettingsError, StorageFailedError
from ingest.received import ReceivedDocument
from ingest.spool import Spool, SpoolRef
from tests.ingest.received_documents import received, screened


def _fill(spool: Spool, numbers: range) -> list[SpoolRef]:
    refs = [spool.append(received(number)) for number in numbers]
    spool.sync()
    return refs


def _waiting(directory: Path) -> list[ReceivedDocument]:
    """Give what a process that starts now would find."""
    with Spool(directory) as spool:
        return [document for _, document in spool.pending()]


def _files(directory: Path) -> list[str]:
    return sorted(path.name for path in directory.iterdir())


def test_a_synced_document_comes_back_whole_and_in_order(tmp_path: Path) -> None:
    documents = [received(1), screened(2), received(3, data=b""), received(4, data=b"x" * 300_000)]
    with Spool(tmp_path / "spool") as spool:
        refs = [spool.append(document) for document in documents]
        spool.sync()

        assert list(spool.pending()) == list(zip(refs, documents, strict=True))

    assert _waiting(tmp_path / "spool") == documents


def test_a_document_that_is_not_synced_is_not_received(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        _fill(spool, range(2))
        spool.append(received(2))

        assert [document.report_number for _, document in spool.pending()] == ["0", "1"]
        spool.sync()
        assert [document.report_number for _, document in spool.pending()] == ["0", "1", "2"]


def test_a_released_document_does_not_come_again(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        refs = _fill(spool, range(5))
        spool.release([refs[1], refs[3]])
        spool.release([refs[1]])

        assert [document.report_number for _, document in spool.pending()] == ["0", "2", "4"]

    assert [document.report_number for document in _waiting(tmp_path / "spool")] == ["0", "2", "4"]


def test_a_segment_goes_when_all_its_documents_are_released(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool", segment_bytes=1) as spool:
        refs = _fill(spool, range(3))
        assert len(_files(tmp_path / "spool")) == 3

        spool.release(refs[:2])
        assert _files(tmp_path / "spool") == [f"{refs[2].segment}.spool"]

        spool.release(refs)  # Twice is harmless, also when the segment is gone.
        spool.tidy()
        assert _files(tmp_path / "spool") == []


def test_closing_leaves_nothing_behind_when_all_is_released(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    refs = _fill(spool, range(3))
    refs.append(spool.append(received(9)))  # Never synced, released all the same.
    spool.release(refs)
    spool.close()

    assert _files(tmp_path / "spool") == []


def test_a_large_segment_without_open_work_is_dropped_at_once(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        ref = spool.append(received(1, data=b"x" * (8 << 20)))
        spool.sync()
        spool.release([ref])

        assert _files(tmp_path / "spool") == []
        assert spool.append(received(2)).segment != ref.segment


def test_what_another_process_left_is_taken_over_and_cleared(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool", segment_bytes=200) as earlier:
        earlier.release(_fill(earlier, range(6))[::2])

    with Spool(tmp_path / "spool") as later:
        found = list(later.pending())
        assert [document.report_number for _, document in found] == ["1", "3", "5"]
        later.release(ref for ref, _ in found)

        assert _files(tmp_path / "spool") == []


def test_documents_released_while_pending_runs_are_cleared_at_its_end(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as earlier:
        _fill(earlier, range(50))

    with Spool(tmp_path / "spool") as later:
        for count, (ref, _) in enumerate(later.pending()):
            later.release([ref])
            assert _files(tmp_path / "spool") != [] or count == 49

        assert _files(tmp_path / "spool") == []


def test_an_abandoned_look_at_pending_deletes_nothing(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as earlier:
        _fill(earlier, range(5))

    with Spool(tmp_path / "spool") as later:
        ref, _ = next(later.pending())
        later.release([ref])

    assert [document.report_number for document in _waiting(tmp_path / "spool")] == list("1234")


def test_a_living_spool_keeps_its_segments(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as one, Spool(tmp_path / "spool") as other:
        ref = _fill(one, range(1))[0]
        _fill(other, range(5, 7))

        assert [document.report_number for _, document in other.pending()] == ["5", "6"]
        with pytest.raises(IntakeError, match="not held by this process"):
            other.release([ref])
        one.close()
        assert [document.report_number for _, document in other.pending()] == ["0", "5", "6"]


def test_a_stray_release_file_is_removed(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        _fill(spool, range(1))
        (tmp_path / "spool" / "0000000009-00.done").write_bytes(b"x" * 12)
        list(spool.pending())

        assert [name for name in _files(tmp_path / "spool") if name.endswith(".done")] == []


def test_a_torn_or_broken_release_offers_the_document_again(tmp_path: Path) -> None:
    with Spool(tmp_path / "spool") as spool:
        refs = _fill(spool, range(4))
        spool.release(refs[:2])
    done = tmp_path / "spool" / f"{refs[0].segment}.done"
    content = done.read_bytes()
    # The first record now names another document, with the checksum of the first.
    broken = refs[3].offset.to_bytes(8, "big") + content[8:]
    done.write_bytes(broken + b"torn")

    with Spool(tmp_path / "spool") as later:
        found = dict(later.pending())
        assert [document.report_number for document in found.values()] == ["0", "2", "3"]
        later.release([ref for ref in found if ref.offset == refs[3].offset])

    assert [document.report_number for document in _waiting(tmp_path / "spool")] == ["0", "2"]


def test_only_the_owner_may_read_the_spool(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        with Spool(tmp_path / "deep" / "spool") as spool:
            spool.release(_fill(spool, range(2))[:1])
            modes = {
                path.name: stat.S_IMODE(path.stat().st_mode)
                for path in (tmp_path / "deep").rglob("*")
            }
    finally:
        os.umask(old)

    assert modes.pop("spool") == 0o700
    assert set(modes.values()) == {0o600}
    assert len(modes) == 2


@pytest.mark.parametrize("mode", [0o750, 0o701, 0o755])
def test_a_directory_that_others_may_enter_is_refused(tmp_path: Path, mode: int) -> None:
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool").chmod(mode)

    with pytest.raises(SettingsError, match="chmod 700"):
        Spool(tmp_path / "spool")


def test_a_file_in_place_of_the_directory_is_refused(tmp_path: Path) -> None:
    (tmp_path / "spool").write_text("")

    with pytest.raises(SettingsError, match="not a directory"):
        Spool(tmp_path / "spool")


def test_a_failed_sync_stops_the_spool_and_is_not_repeated(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []

    def fail(fd: int) -> None:
        calls.append(fd)
        raise OSError(5, "Input/output error")

    spool = Spool(tmp_path / "spool")
    _fill(spool, range(2))
    spool.append(received(2))
    monkeypatch.setattr(os, "fdatasync", fail)
    with pytest.raises(StorageFailedError, match="hand them in again"):
        spool.sync()
    for attempt in (spool.sync, lambda: spool.append(received(3)), lambda: list(spool.pending())):
        with pytest.raises(StorageFailedError, match="takes nothing more"):
            attempt()
    spool.close()

    assert len(calls) == 1
    assert [document.report_number for document in _waiting(tmp_path / "spool")][:2] == ["0", "1"]


def test_a_document_that_comes_in_during_a_sync_waits_for_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path / "spool")
    spool.append(received(0))

    def sync_while_another_thread_appends(fd: int) -> None:
        os.fsync(fd)
        spool.append(received(1))

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", sync_while_another_thread_appends)
        spool.sync()
    assert [document.report_number for _, document in spool.pending()] == ["0"]
    spool.sync()
    assert [document.report_number for _, document in spool.pending()] == ["0", "1"]
    spool.close()


def test_a_segment_released_during_its_sync_goes_after_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spool = Spool(tmp_path / "spool", segment_bytes=1)
    refs = [spool.append(received(number)) for number in range(2)]

    def sync_while_another_thread_releases(fd: int) -> None:
        spool.release(refs)
        os.fsync(fd)

    with monkeypatch.context() as patch:
        patch.setattr(os, "fdatasync", sync_while_another_thread_releases)
        spool.sync()
    assert [name for name in _files(tmp_path / "spool") if refs[0].segment in name] == []
    spool.close()
    assert _files(tmp_path / "spool") == []


def test_a_closed_spool_says_so(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    spool.close()
    spool.close()

    with pytest.raises(StorageFailedError, match="closed"):
        spool.append(received(1))
