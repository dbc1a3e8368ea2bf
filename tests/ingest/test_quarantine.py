"""Quarantine: nothing that failed is lost, and only a person or success takes it out."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from random import Random

import pytest

from graph.errors import IntakeError, NotFoundError, SettingsError, StorageFailedError
from ingest.quarantine import Failure, Quarantine
from ingest.quarantine_entry import EntryState
from ingest.sealing import SealError, WrongKeyError
from ingest.vault_key import VaultKey
from tests.ingest.killed_process import Worker
from tests.ingest.received_documents import received, screened

_KEY = VaultKey(secret=b"k" * 32)


@pytest.fixture
def quarantine(tmp_path: Path) -> Quarantine:
    return Quarantine(tmp_path / "quarantine", key=_KEY)


def _reopened(tmp_path: Path) -> Quarantine:
    return Quarantine(tmp_path / "quarantine", key=_KEY)


def test_a_document_that_failed_is_kept_with_everything(
    quarantine: Quarantine, tmp_path: Path
) -> None:
    entry = quarantine.add("it ends too early", screened(3), where="line 1, column 9")
    view = _reopened(tmp_path).show(entry.id)

    assert view.entry == entry
    assert view.document == screened(3)
    assert (entry.reason, entry.where) == ("it ends too early", "line 1, column 9")
    assert (entry.state, entry.attempts, entry.deliveries) == (EntryState.WAITING, 1, 1)
    assert _reopened(tmp_path).list() == (entry,)


def test_the_same_document_again_is_one_entry_with_a_count(quarantine: Quarantine) -> None:
    first = quarantine.add("too early", received(1))
    replayed = quarantine.add("too early, again", received(1))
    delivered = quarantine.add("still", received(1, received_us=5), where="line 2")

    assert {first.id, replayed.id} == {delivered.id}
    assert quarantine.list() == (delivered,)
    assert (replayed.attempts, replayed.deliveries) == (2, 1)
    assert (delivered.attempts, delivered.deliveries) == (3, 2)
    assert (delivered.first_us, delivered.reason) == (first.first_us, "still")
    assert delivered.last_us >= first.last_us


def test_equal_members_of_an_archive_are_entries_of_their_own(quarantine: Quarantine) -> None:
    whole = received(1)
    ids = {
        quarantine.add("bad", each).id
        for each in (whole, replace(whole, position=0), replace(whole, position=1))
    }

    assert len(ids) == 3


def test_the_same_bytes_of_two_agencies_are_two_entries(quarantine: Quarantine) -> None:
    """Else one could dismiss the other's, and would learn that somebody had it before."""
    for holder in ("north", "south", None):
        quarantine.add("bad", replace(received(1), holder=holder))
    entries = quarantine.list()
    found = {(entry.holder, entry.deliveries) for entry in entries}
    assert found == {("north", 1), ("south", 1), (None, 1)}
    quarantine.dismiss(entries[0].id, by="test", reason="a test")
    assert sum(entry.state is EntryState.WAITING for entry in quarantine.list()) == 2


def test_a_batch_is_kept_with_its_repetitions_counted(
    quarantine: Quarantine, tmp_path: Path
) -> None:
    failures = [Failure(reason="bad", document=received(number % 20)) for number in range(30)]
    entries = quarantine.add_all(failures)

    assert [entry.attempts for entry in entries] == [1] * 20 + [2] * 10
    assert len(_reopened(tmp_path).list()) == 20
    assert quarantine.add_all([]) == ()


def test_a_retried_document_goes_only_when_it_is_recorded(
    quarantine: Quarantine, tmp_path: Path
) -> None:
    entry = quarantine.add("bad", received(1))
    assert quarantine.take(entry.id) == received(1)
    assert quarantine.take(entry.id) == received(1)

    quarantine.recorded(entry.id)
    quarantine.recorded(entry.id)
    assert _reopened(tmp_path).list() == ()
    with pytest.raises(NotFoundError, match="list it"):
        quarantine.take(entry.id)


def test_a_dismissal_leaves_who_when_why_and_the_hash(
    quarantine: Quarantine, tmp_path: Path
) -> None:
    document = received(1, data=b"payload " * 5_000)
    entry = quarantine.add("bad", document)
    path = tmp_path / "quarantine" / f"{entry.id}.entry"
    before = path.stat().st_size
    quarantine.dismiss(entry.id, by="supervisor 7", reason="empty test upload")

    view = _reopened(tmp_path).show(entry.id)
    assert view.document is None
    assert view.entry.state is EntryState.DISMISSED
    assert view.entry.sha256 == document.sha256
    assert [(each.by, each.reason) for each in view.entry.dismissals] == [
        ("supervisor 7", "empty test upload")
    ]
    assert view.entry.dismissals[0].at_us >= entry.first_us
    assert path.stat().st_size < before - 30_000
    with pytest.raises(IntakeError, match="dismissed by supervisor 7"):
        quarantine.take(entry.id)
    with pytest.raises(IntakeError, match="dismissed by supervisor 7"):
        quarantine.dismiss(entry.id, by="somebody else", reason="again")
    quarantine.recorded(entry.id)
    assert quarantine.list() == (view.entry,)


def test_a_dismissed_document_comes_back_only_by_a_new_delivery(quarantine: Quarantine) -> None:
    entry = quarantine.add("bad", received(1))
    dismissed = quarantine.dismiss(entry.id, by="supervisor 7", reason="not for us")

    assert quarantine.add("bad", received(1)) == dismissed
    assert quarantine.show(entry.id).document is None

    again = quarantine.add("bad", received(1, received_us=5))
    assert again.state is EntryState.WAITING
    assert again.dismissals == dismissed.dismissals
    assert quarantine.take(entry.id) == received(1, received_us=5)


@pytest.mark.parametrize(("by", "reason"), [("", "why"), ("who", " "), (" ", "")])
def test_a_dismissal_needs_a_person_and_a_reason(
    quarantine: Quarantine, by: str, reason: str
) -> None:
    entry = quarantine.add("bad", received(1))

    with pytest.raises(IntakeError, match="name both"):
        quarantine.dismiss(entry.id, by=by, reason=reason)
    assert quarantine.show(entry.id).document == received(1)


def test_waiting_entries_come_first_then_the_oldest(quarantine: Quarantine) -> None:
    ids = [quarantine.add("bad", received(number)).id for number in range(3)]
    quarantine.dismiss(ids[0], by="supervisor 7", reason="no tip")

    assert [entry.id for entry in quarantine.list()] == [ids[1], ids[2], ids[0]]


@pytest.mark.parametrize("bad", ["../spool", "", "0" * 31, "lock", "A" * 32, "0" * 32 + "\n"])
def test_only_an_id_names_an_entry(quarantine: Quarantine, bad: str) -> None:
    for use in (quarantine.show, quarantine.take):
        with pytest.raises(NotFoundError, match="no such entry"):
            use(bad)
    with pytest.raises(NotFoundError):
        quarantine.dismiss(bad, by="who", reason="why")


def test_nothing_readable_lies_in_the_quarantine(quarantine: Quarantine, tmp_path: Path) -> None:
    quarantine.add("bad", screened(1))

    for path in (tmp_path / "quarantine").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600)
        if path.is_file():
            assert b"report" not in path.read_bytes()
            assert b"odd" not in path.read_bytes()


def test_any_flipped_byte_is_noticed_and_spoils_no_other_entry(
    quarantine: Quarantine, tmp_path: Path
) -> None:
    entry, other = quarantine.add_all(
        [Failure(reason="bad", document=received(number)) for number in range(2)]
    )
    path = tmp_path / "quarantine" / f"{entry.id}.entry"
    content = path.read_bytes()
    for at in range(0, len(content), 3):
        path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
        with pytest.raises(SealError, match=entry.id):
            quarantine.take(entry.id)
    path.write_bytes(b"")
    assert quarantine.list() == (other,)
    assert [each.id for each in quarantine.damaged()] == [entry.id]

    quarantine.add("bad", received(0))
    assert quarantine.take(entry.id) == received(0)
    assert quarantine.damaged() == ()


def test_another_key_is_named(quarantine: Quarantine, tmp_path: Path) -> None:
    entry = quarantine.add("bad", received(1))
    other = Quarantine(tmp_path / "quarantine", key=VaultKey(secret=b"o" * 32))

    for use in (other.list, lambda: other.take(entry.id), lambda: other.add("bad", received(1))):
        with pytest.raises(WrongKeyError, match=_KEY.id):
            use()
    assert quarantine.take(entry.id) == received(1)


def test_a_failed_sync_keeps_what_was_there(
    quarantine: Quarantine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: int) -> None:
        raise OSError(28, "No space left on device")

    kept = quarantine.add("bad", received(1))
    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", fail)
        with pytest.raises(IntakeError, match="still in the spool"):
            quarantine.add("bad", received(2))
        with pytest.raises(IntakeError, match="free space"):
            quarantine.dismiss(kept.id, by="who", reason="why")

    assert quarantine.list() == (kept,)
    assert list((tmp_path / "quarantine" / "aside").iterdir()) == []


def test_writers_at_once_lose_no_count(quarantine: Quarantine, tmp_path: Path) -> None:
    def add(number: int) -> None:
        # One object each, as processes have.
        _reopened(tmp_path).add("bad", received(1, received_us=number))

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(add, range(40)))

    assert [entry.attempts for entry in quarantine.list()] == [40]


def test_kills_lose_nothing_that_was_kept(tmp_path: Path) -> None:
    random = Random(7)
    kept: set[int] = set()

    for first in range(0, 1_000_000, 100_000):

        def work(acknowledge: Callable[[int], None], first: int = first) -> None:
            mine = _reopened(tmp_path)
            for start in range(first, first + 100_000, 5):
                documents = [received(number) for number in range(start, start + 5)]
                mine.add_all(Failure(reason="bad", document=each) for each in documents)
                acknowledge(start)

        worker = Worker.start(work)
        for start in worker.kill_after(random.randint(1, 3), seconds=random.uniform(0, 0.01)):
            kept |= set(range(start, start + 5))

    quarantine = _reopened(tmp_path)
    found = {int(entry.report_number or ""): entry for entry in quarantine.list()}
    assert kept <= found.keys()
    assert quarantine.damaged() == ()
    assert list((tmp_path / "quarantine" / "aside").iterdir()) == []
    for number in random.sample(sorted(kept), 30):
        assert quarantine.take(found[number].id) == received(number)


def test_a_quarantine_that_others_may_enter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "quarantine").mkdir()
    (tmp_path / "quarantine").chmod(0o755)

    with pytest.raises(SettingsError, match="chmod 700"):
        _reopened(tmp_path)


def test_a_disk_that_fails_to_read_is_a_sentence(quarantine: Quarantine, tmp_path: Path) -> None:
    entry = quarantine.add("bad", received(1))
    path = tmp_path / "quarantine" / f"{entry.id}.entry"
    path.unlink()
    path.mkdir()

    with pytest.raises(StorageFailedError, match="look at that disk"):
        quarantine.show(entry.id)
