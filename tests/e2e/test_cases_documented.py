"""docs/cases.md: all 44 cases stand there, and every test that it names is one."""

from __future__ import annotations

import ast
import re

from tests.architecture.sources import ROOT, python_files, tree_of

_ROW = re.compile(r"\| (\d+) \| (.+?) \| (.*?) ?\| (.*?) ?\|")
_TEST = re.compile(r"`(test_\w+)`")
_OF_CASE = re.compile(r"test_case_0?(\d+)_(?:and_0?(\d+)_)?")
_LATER = re.compile(r"\b[2-7]\b")


def _rows() -> dict[int, tuple[str, list[str], str]]:
    """Give outcome, tests and what comes later of each case."""
    rows: dict[int, tuple[str, list[str], str]] = {}
    for line in (ROOT / "docs" / "cases.md").read_text(encoding="utf-8").splitlines():
        row = _ROW.fullmatch(line)
        if row is not None:
            assert int(row[1]) not in rows, line
            rows[int(row[1])] = (row[2], _TEST.findall(row[3]), row[4])
    return rows


def _tests() -> set[str]:
    """Give the names of all test functions."""
    return {
        node.name
        for path in python_files("tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


def test_all_44_cases_have_an_outcome_and_tests_or_the_issue_that_brings_them() -> None:
    rows = _rows()
    assert list(rows) == list(range(1, 45))
    for number, (outcome, tests, later) in rows.items():
        assert len(outcome) > 10, number
        assert len(tests) > 0 or _LATER.match(later) is not None, number


def test_every_test_that_is_named_exists_and_is_of_its_case() -> None:
    known = _tests()
    for number, (_, tests, _) in _rows().items():
        assert [name for name in tests if name not in known] == [], number
        for name in tests:
            of_case = _OF_CASE.match(name)
            assert of_case is None or str(number) in of_case.groups(), (number, name)


def test_no_test_of_a_case_is_left_out() -> None:
    named = {name for _, tests, _ in _rows().values() for name in tests}
    of_cases = {name for name in _tests() if _OF_CASE.match(name) is not None}
    assert of_cases - named == set()
