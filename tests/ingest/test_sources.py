"""What is found in folders, and what is left out and counted."""

from __future__ import annotations

from pathlib import Path

from ingest.sources import find_files, hidden_among


def test_hidden_files_of_a_folder_are_left_out_and_counted(tmp_path: Path) -> None:
    for name in ("a.json", "b/c.json", ".history", "b/.index", ".git/config", ".git/.d/e"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("{}")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a.json", "b/c.json"]
    assert hidden_among([tmp_path]) == 4


def test_a_hidden_file_that_is_named_is_taken(tmp_path: Path) -> None:
    hidden = tmp_path / ".tip.json"
    hidden.write_text("{}")
    assert find_files([hidden]) == [hidden]
    assert hidden_among([hidden]) == 0
