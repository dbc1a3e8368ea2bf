"""A stranger's first minute: a clean checkout, pip, and only the packages that run Crosstip."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT, repository_files

_BLOCK = re.compile(r"in its store is done under a name:\n\n```\n(.*?)```", re.DOTALL)
pytestmark = [pytest.mark.long, pytest.mark.timeout(900)]


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of what the repository holds, with nothing that a run left behind."""
    root = tmp_path_factory.mktemp("stranger") / "crosstip"
    for path in repository_files():
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return root


def _run(checkout: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("PYTEST", "PYTHON", "VIRTUAL_ENV", "CROSSTIP"))
    }
    environment["CROSSTIP_NO_UV"] = "1"
    return subprocess.run(
        command, cwd=checkout, env=environment, capture_output=True, text=True, check=False
    )


def test_the_demo_sets_itself_up_with_pip_and_once(checkout: Path) -> None:
    first = _run(checkout, "./scripts/demo", "--help")
    assert first.returncode == 0, first.stderr
    assert "Setting up .venv with pip" in first.stderr
    second = _run(checkout, "./scripts/demo", "--help")
    assert second.returncode == 0, second.stderr
    assert second.stderr == ""
    assert second.stdout == first.stdout


def test_what_the_readme_says_of_the_demo_can_be_done(checkout: Path) -> None:
    """Each command of its block, as it stands: 0, or 4 where the check hits."""
    block = _BLOCK.search((checkout / "README.md").read_text(encoding="utf-8"))
    assert block is not None
    demo = _run(checkout, "./scripts/demo", "--no-serve")
    assert demo.returncode == 0, demo.stderr
    setting, *commands = block[1].strip().splitlines()[1:]
    assert len(commands) > 6
    for command in commands:
        done = _run(checkout, "bash", "-c", f". .venv/bin/activate && {setting} && {command}")
        expected = 4 if "# a hit" in command.replace("   ", " ") else 0
        assert done.returncode == expected, (command, done.stdout, done.stderr)


def test_a_changed_lock_is_noticed(checkout: Path) -> None:
    """The stamp names the lock: one more comment in it and the environment is made again."""
    script = "source scripts/lib.sh; python=$(find_python); _is_ready $python runtime"
    assert _run(checkout, "./scripts/demo", "--help").returncode == 0
    assert _run(checkout, "bash", "-c", script).returncode == 0
    lock = checkout / "requirements/runtime.txt"
    lock.write_text(lock.read_text(encoding="utf-8") + "# changed\n", encoding="utf-8")
    assert _run(checkout, "bash", "-c", script).returncode != 0


def test_a_changed_file_is_refused(checkout: Path) -> None:
    """A hash in the lock that no file has ends the set-up with a sentence, not with a program."""
    lock = checkout / "requirements/runtime.txt"
    text = lock.read_text(encoding="utf-8")
    start = text.index("altair==")
    wrong = text[start : text.index("# via", start)]
    lock.write_text(
        text.replace(wrong, f"{wrong.splitlines()[0]}\n    --hash=sha256:{'0' * 64}\n    "),
        encoding="utf-8",
    )
    done = _run(checkout, "./scripts/demo", "--help")
    assert done.returncode == 1
    assert "could not be installed" in done.stderr
    assert not (checkout / ".venv/.crosstip").exists()
