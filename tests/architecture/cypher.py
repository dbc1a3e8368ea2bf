"""Finds query text in Python source: where it stands and whether something put it together."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

# Text that reads or changes a graph. A bare `RETURN 1`, which only asks whether anybody is
# there, is none; nor is prose, which has no bracket or parameter after the word.
_LOOKS_LIKE_CYPHER = re.compile(
    r"""
      \b(?:MATCH|MERGE|CREATE|FOREACH|CALL)\s*\(
    | \b(?:MATCH|MERGE)\s+\w+\s*=\s*(?:\(|shortestPath|allShortestPaths)
    | \bCALL\s*\{ | \bCALL\s+(?:db|dbms|apoc)\.
    | \bUNWIND\s+\S+\s+AS\b
    | \b(?:CREATE|DROP)\s+(?:RANGE\s+|TEXT\s+|POINT\s+)?(?:CONSTRAINT|INDEX)\b
    | \bSHOW\s+(?:CONSTRAINTS|INDEXES|DATABASES?|TRANSACTIONS)\b
    | \bDETACH\s+DELETE\b
    | \bREQUIRE\s+\w+\.\w+\s+IS\s+UNIQUE\b
    | \)\s*<?-\[[^\]]*\]->?\s*\( | \)\s*<-\[
    | \bWHERE\s+\w+\.\w+\s*(?:=|IN|STARTS\s+WITH)\s*\$
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryText:
    """One piece of source that looks like a query."""

    line: int
    is_built: bool
    """Whether an f-string, `+`, `%`, `format` or `join` puts it together."""


def looks_like_cypher(text: str) -> bool:
    """Tell whether a piece of text is a query or a part of one."""
    return _LOOKS_LIKE_CYPHER.search(text) is not None


def query_texts(tree: ast.Module) -> Iterator[QueryText]:
    """Give every piece that looks like a query; docstrings and other bare strings are none."""
    bare = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if id(node) not in bare and looks_like_cypher(node.value):
                yield QueryText(line=node.lineno, is_built=False)
        elif isinstance(node, ast.expr) and any(map(looks_like_cypher, _parts(node))):
            yield QueryText(line=node.lineno, is_built=True)


def _parts(node: ast.expr) -> Iterator[str]:
    """Give the constant text inside an expression that makes a new string of several."""
    match node:
        case ast.JoinedStr(values=pieces):
            # Also as one: `MATCH (n:{label}` shows itself only when the pieces are joined.
            yield "".join(_constant(piece) or "x" for piece in pieces)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            yield _constant(left)
            yield _constant(right)
        case ast.BinOp(left=left, op=ast.Mod()):
            yield _constant(left)
        case ast.Call(func=ast.Attribute(value=base, attr="format" | "format_map" | "replace")):
            yield _constant(base)
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.List() | ast.Tuple() as items]):
            yield from map(_constant, items.elts)
        case ast.Call(func=ast.Name(id="Template"), args=[text, *_]):
            yield _constant(text)


def _constant(node: ast.expr) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return ""
