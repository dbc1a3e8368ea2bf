"""The stand-alone verifier against the tree of the RFC, and what it may lean on."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest

from graph.audit import standalone_verifier
from graph.audit.standalone_verifier import BadLogError, Tree, climb, roots_by_growth
from tests.graph.audit import naive


def test_it_imports_nothing_but_python_and_cryptography() -> None:
    tree = ast.parse(Path(standalone_verifier.__file__).read_text(encoding="utf-8"))
    names = {alias.name for n in ast.walk(tree) if isinstance(n, ast.Import) for alias in n.names}
    names |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    others = {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names)
    assert others == {"cryptography"}


def test_its_tree_and_proofs_are_the_standards() -> None:
    entries = [b"%d" % n for n in range(40)]
    tree = Tree()
    roots = [tree.root()]
    for entry in entries:
        tree.add(naive.root([entry]))
        roots.append(tree.root())
    assert roots == [naive.root(entries[:size]) for size in range(41)]
    for size in range(1, 41):
        for index in range(size):
            path = naive.path(index, entries[:size])
            leaf = naive.root([entries[index]])
            assert climb(index, size - 1, leaf, path)[1] == roots[size]
            old = index
            if 0 < old < size:
                proof = naive.proof(old, entries[:size])
                both = roots_by_growth(old, size, proof, roots[old])
                assert both == (roots[old], roots[size])
    with pytest.raises(BadLogError):
        climb(5, 4, bytes(32), [])
