"""Writing a world: the same bytes again, sensible refusals, the command."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from world.__main__ import main
from world.generate import WorldError, smallest_world, write_world


def _digest(root: Path) -> str:
    """Give a hash over names, times and bytes of all files under a folder."""
    total = hashlib.sha256()
    for path in sorted(root.rglob("*")):
        if path.is_file():
            total.update(path.relative_to(root).as_posix().encode())
            total.update(path.read_bytes())
            if path.parent.parent.name == "tips":
                total.update(str(int(path.stat().st_mtime)).encode())
    return total.hexdigest()


def test_same_seed_and_size_give_the_same_bytes_in_another_process(tmp_path: Path) -> None:
    write_world(tmp_path / "here", seed=4, tips=400)
    command = [sys.executable, "-m", "world", str(tmp_path / "there"), "--seed", "4"]
    root = Path(__file__).parents[2]
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "12345",
        "PYTHONPATH": str(root),
        "TZ": "Asia/Kolkata",
    }
    subprocess.run([*command, "--tips", "400"], check=True, env=environment, cwd=root, timeout=60)
    assert _digest(tmp_path / "here") == _digest(tmp_path / "there")


def test_another_seed_gives_another_world(tmp_path: Path) -> None:
    first = write_world(tmp_path / "a", seed=4, tips=200)
    second = write_world(tmp_path / "b", seed=5, tips=200)
    assert first.known_series.identifier != second.known_series.identifier
    assert _digest(tmp_path / "a") != _digest(tmp_path / "b")


@pytest.mark.parametrize("name", ["json", "xml"])
def test_one_format_alone(tmp_path: Path, name: str) -> None:
    truth = write_world(tmp_path, seed=1, tips=200, formats=(name,))
    assert truth.tips_by_format == {name: 200}
    assert {path.suffix for path in (tmp_path / "tips").rglob("CyberTip_*")} == {f".{name}"}


def test_the_smallest_world_is_its_showcase(tmp_path: Path) -> None:
    truth = write_world(tmp_path, seed=1, tips=smallest_world())
    assert truth.tips == smallest_world() < 150
    assert len(truth.showcase.tips) == 8


def test_too_few_tips_are_refused(tmp_path: Path) -> None:
    with pytest.raises(WorldError, match="ask for at least that many"):
        write_world(tmp_path / "out", seed=1, tips=smallest_world() - 1)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("formats", [(), ("pdf",), ("json", "pdf")])
def test_unknown_formats_are_refused(tmp_path: Path, formats: tuple[str, ...]) -> None:
    with pytest.raises(WorldError, match="formats are json and xml"):
        write_world(tmp_path, seed=1, tips=200, formats=formats)


def test_two_worlds_do_not_mix(tmp_path: Path) -> None:
    write_world(tmp_path, seed=1, tips=200)
    before = _digest(tmp_path)
    with pytest.raises(WorldError, match="is not empty"):
        write_world(tmp_path, seed=2, tips=200)
    assert _digest(tmp_path) == before


def test_progress_grows_to_the_number_of_tips(tmp_path: Path) -> None:
    seen: list[int] = []
    write_world(tmp_path, seed=1, tips=500, progress=seen.append)
    assert seen == sorted(seen)
    assert len(seen) >= 3
    assert seen[-1] == 500


def test_a_thousand_tips_take_seconds(tmp_path: Path) -> None:
    begin = time.process_time()
    write_world(tmp_path, seed=1, tips=1_000)
    # About 0.4 s; of this process's own time, since other work may share the machine.
    assert time.process_time() - begin < 8


def test_command_writes_and_says_what(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "w"), "--seed", "3", "--tips", "200", "--formats", "json"]) == 0
    assert "200 tips" in capsys.readouterr().out
    assert (tmp_path / "w" / "truth.json").exists()


def test_command_refuses_in_a_sentence(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "w"), "--tips", "3"]) == 1
    shown = capsys.readouterr()
    assert shown.err.startswith("world: a world of 3 tips cannot be written")
    assert "Traceback" not in shown.err
