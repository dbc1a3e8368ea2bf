"""Regular expressions do the same on every Python that is supported."""

from __future__ import annotations

import ast
import re

from tests.architecture.sources import PACKAGES, python_files, shown, tree_of

# CPython before 3.11.5 (Debian 12 has 3.11.2) matches a possessive group wrongly, or for minutes:
# github python/cpython issue 106052. A possessive single character class is right everywhere.
_POSSESSIVE_GROUP = re.compile(r"(?<![\\(])\)(?:\+|\*|\?|\{\d*,?\d*\})\+")


def test_no_pattern_has_a_possessive_group() -> None:
    found = [
        f"{shown(path)}:{node.lineno}"
        for path in python_files(*PACKAGES)
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str | bytes)
        and _POSSESSIVE_GROUP.search(
            node.value if isinstance(node.value, str) else node.value.decode("latin-1")
        )
    ]
    assert found == []


def test_the_guard_knows_one_when_it_sees_it() -> None:
    assert _POSSESSIVE_GROUP.search(r'"(?:[^"\\]|\\.)*+"')
    assert _POSSESSIVE_GROUP.search(r"(?:ab){31,}+")
    assert not _POSSESSIVE_GROUP.search(r'"[^"\\]*+(?:\\.[^"\\]*+)*"')
    assert not _POSSESSIVE_GROUP.search(r"\)*+")
