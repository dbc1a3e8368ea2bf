"""The files of this repository, as the tests of its shape read them."""

from __future__ import annotations

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

PACKAGES = ("graph", "ingest", "api", "client", "dashboard", "crosstip", "world", "bench")


@cache
def repository_files() -> tuple[Path, ...]:
    """Give every file that is in the repository or would be with the next commit."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    paths = (ROOT / name for name in listed.split("\0") if len(name) > 0)
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files(*folders: str) -> tuple[Path, ...]:
    """Give the Python files below the named folders of the repository; data folders left out."""
    return tuple(
        path
        for path in repository_files()
        if path.suffix == ".py"
        and path.relative_to(ROOT).parts[0] in folders
        and "data" not in path.relative_to(ROOT).parts[:2]
    )


def shown(path: Path) -> str:
    """Give the path as one writes it from the root of the repository."""
    return path.relative_to(ROOT).as_posix()


@cache
def tree_of(path: Path) -> ast.Module:
    """Give the syntax tree of a Python file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
