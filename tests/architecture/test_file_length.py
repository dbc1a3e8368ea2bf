"""Small files, small functions, names that say something. There is no list of exceptions."""

from __future__ import annotations

import ast

from tests.architecture.sources import PACKAGES, python_files, shown, tree_of

MOST_LINES = 300
MOST_FUNCTION_LINES = 50
SAYS_NOTHING = {"utils", "util", "helpers", "helper", "misc", "common"}
# The one place where a shared module has no better name: what all response models share.
NAMED_IN_DESIGN = {"api/schemas/common.py"}

FILES = python_files(*PACKAGES, "tests")


def test_there_is_something_to_measure() -> None:
    assert len(FILES) > len(PACKAGES)


def test_no_file_is_longer_than_300_lines() -> None:
    lengths = {shown(path): len(path.read_text(encoding="utf-8").splitlines()) for path in FILES}
    assert {name: count for name, count in lengths.items() if count > MOST_LINES} == {}


def test_no_function_is_longer_than_50_lines() -> None:
    too_long = {
        f"{shown(path)}:{node.lineno} {node.name}": length
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and (length := (node.end_lineno or node.lineno) - node.lineno + 1) > MOST_FUNCTION_LINES
    }
    assert too_long == {}


def test_no_module_is_called_utils() -> None:
    vague = [
        shown(path)
        for path in FILES
        if path.stem in SAYS_NOTHING and shown(path) not in NAMED_IN_DESIGN
    ]
    assert vague == []


def test_package_files_hold_no_logic() -> None:
    """Only imports, constants and a docstring: importing a package does nothing."""
    allowed = ast.Import | ast.ImportFrom | ast.Assign | ast.AnnAssign | ast.Expr
    logic = [
        f"{shown(path)}:{node.lineno}"
        for path in FILES
        if path.name == "__init__.py"
        for node in tree_of(path).body
        if not isinstance(node, allowed)
    ]
    assert logic == []
