"""A watched folder: what rests is taken in and moved aside, and only by one watcher."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import pytest

from graph.errors import IntakeError
from ingest.receiving import Declared
from ingest.summary import Summary
from ingest.watching import Settled, WatchedFolder, take_rested, watched
from tests.ingest.cases.documents import ids_tip
from tests.ingest.desk import Desk

_LATER = 4_000_000_000.0


def _names(files: list[Path]) -> list[str]:
    return [file.name for file in files]


def test_a_file_is_taken_once_it_has_rested(tmp_path: Path) -> None:
    with watched(tmp_path) as folder:
        (tmp_path / "b.json").write_text("half")
        (tmp_path / ".hidden").write_text("x")
        (tmp_path / "inner").mkdir()
        (tmp_path / "link.json").symlink_to(tmp_path / "b.json")
        assert folder.rested(now=lambda: _LATER) == []
        (tmp_path / "b.json").write_text("half, and the other half")
        (tmp_path / "agencies.csv").write_text("x")
        assert folder.rested(now=lambda: _LATER) == []
        # Tables of agencies go before what needs them.
        assert _names(folder.rested(now=lambda: _LATER)) == ["agencies.csv", "b.json"]


def test_a_file_that_was_just_written_to_waits(tmp_path: Path) -> None:
    with watched(tmp_path) as folder:
        path = tmp_path / "a.json"
        path.write_text("x")
        os.utime(path, (1000, 1000))
        folder.rested(now=lambda: 1001.0)
        assert folder.rested(now=lambda: 1001.0) == []
        assert _names(folder.rested(now=lambda: 1003.0)) == ["a.json"]


def test_files_are_moved_and_none_is_overwritten(tmp_path: Path) -> None:
    with watched(tmp_path) as folder:
        for text in ("one", "two"):
            path = tmp_path / "a.json"
            path.write_text(text)
            folder.settle(path, Settled(name="a.json", is_done=True))
        path = tmp_path / "b.json"
        path.write_text("three")
        folder.settle(path, Settled(name="b.json", is_done=False, reasons=("it is empty",)))
    assert (tmp_path / "done" / "a.json").read_text() == "one"
    assert (tmp_path / "done" / "a (2).json").read_text() == "two"
    assert (tmp_path / "rejected" / "b.json.why.txt").read_text() == "it is empty\n"


def test_a_folder_has_one_watcher(tmp_path: Path) -> None:
    again = pytest.raises(IntakeError, match="Another process watches")
    with watched(tmp_path), again, watched(tmp_path):
        pass
    with watched(tmp_path) as folder:
        assert folder.path == tmp_path
    with pytest.raises(IntakeError, match="is no folder"), watched(tmp_path / "nowhere"):
        pass


def _round(desk: Desk, folder: WatchedFolder) -> list[Settled]:
    files = []
    for _ in range(2):
        files = folder.rested(now=lambda: _LATER)
    declared = Declared(synthetic=True)
    return take_rested(folder, files, desk.intake(), declared, site=desk.site)[1]


def test_what_is_put_into_a_folder_goes_in_or_says_why_also_after_a_kill(desk: Desk) -> None:
    good = desk.put(ids_tip("123456701", people='{"espUserId": "17"}'), name="good.json")
    desk.put("no tip", name="bad.txt")
    # As after a kill between recording and moving: the file is still there, and recorded.
    desk.take_files([good])
    with watched(desk.inbox) as folder:
        settled = _round(desk, folder)
        assert [(one.name, one.is_done) for one in settled] == [
            ("bad.txt", False),
            ("good.json", True),
        ]
        assert "neither JSON nor XML" in settled[0].reasons[0]
        assert _round(desk, folder) == []
    assert len(desk.tip("123456701").versions[0].receipts_us) == 2
    assert sorted(p.name for p in desk.inbox.iterdir() if p.name[0] != ".") == ["done", "rejected"]


def test_what_is_put_in_anew_while_it_is_taken_in_is_not_moved_unread(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Senders replace a file under its name; files of a round are moved minutes later."""
    first, second = (ids_tip(f"12345671{n}", people='{"espUserId": "17"}') for n in (1, 2))
    path = desk.put(first, name="report.json")
    gone = desk.put(ids_tip("123456713", people='{"espUserId": "18"}'), name="z gone.json")
    intake = desk.intake()
    ingest = intake.ingest

    def replaced(paths: Sequence[Path], *, declared: Declared) -> Summary:
        summary = ingest(paths, declared=declared)
        if paths[0] == gone:
            desk.put(second, name="new").replace(path)
            gone.unlink()
        return summary

    monkeypatch.setattr(intake, "ingest", replaced)
    with watched(desk.inbox) as folder:
        folder.rested(now=lambda: _LATER)
        files = folder.rested(now=lambda: _LATER)
        declared = Declared(synthetic=True)
        assert take_rested(folder, files, intake, declared, site=desk.site)[1] == []
        assert path.read_text(encoding="utf-8") == second
        assert [(one.name, one.is_done) for one in _round(desk, folder)] == [("report.json", True)]
    for number in ("123456711", "123456712", "123456713"):
        assert len(desk.tip(number).versions) == 1
