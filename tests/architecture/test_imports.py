"""The direction of imports holds, and the check that says so would notice if it did not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.sources import PACKAGES, ROOT, python_files


def _lint_imports(root: Path) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return subprocess.run(
        [Path(sys.executable).with_name("lint-imports"), "--no-cache"],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the packages that a test may break."""
    root = tmp_path_factory.mktemp("checkout")
    shutil.copy(ROOT / "pyproject.toml", root)
    for path in python_files(*PACKAGES):
        target = root / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    return root


def test_imports_go_one_way() -> None:
    done = _lint_imports(ROOT)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("package", "imported"),
    [
        ("graph", "ingest"),
        ("graph", "fastapi"),
        ("ingest", "api"),
        ("api", "ingest"),
        ("api", "neo4j"),
        ("client", "graph"),
        ("dashboard", "graph"),
        ("world", "graph"),
    ],
)
def test_a_planted_import_is_caught(copied: Path, package: str, imported: str) -> None:
    planted = copied / package / "planted.py"
    planted.write_text(f"import {imported}\n", encoding="utf-8")
    try:
        done = _lint_imports(copied)
    finally:
        planted.unlink()
    assert done.returncode == 1, done.stdout + done.stderr
    assert f"{package}.planted -> {imported}" in done.stdout
