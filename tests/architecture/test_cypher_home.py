"""Query text lives in one place, is constant, and only the store runs it."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.cypher import looks_like_cypher, query_texts
from tests.architecture.sources import PACKAGES, python_files, shown, tree_of

HOMES = ("graph/queries/", "graph/ddl/")
# Labels cannot be parameters, so one text per declared type is made at import from the names of
# SCHEMA alone. These modules do that; nothing else puts a query together.
GENERATORS = {
    "graph/queries/upserts.py",
    "graph/queries/bands.py",
    "graph/queries/crowds.py",
    "graph/queries/dumps.py",
    "graph/queries/sighted.py",
    "graph/queries/states.py",
    "graph/queries/telling.py",
    "graph/ddl/statements.py",
}
# The one function that vouches for such a text; only the modules above may call it.
VOUCHES = "graph/queries/generated.py"
RUNS_QUERIES = "graph/store"
# Asks a database that it starts itself whether it answers; reads and writes nothing.
PROBES = {"crosstip/local_neo4j/server.py"}

FILES = python_files(*PACKAGES)


def test_query_text_stands_only_in_the_catalogue() -> None:
    astray = [
        f"{shown(path)}:{text.line}"
        for path in FILES
        if not shown(path).startswith(HOMES)
        for text in query_texts(tree_of(path))
    ]
    assert astray == []


def test_no_query_text_is_put_together() -> None:
    built = [
        f"{shown(path)}:{text.line}"
        for path in FILES
        if shown(path) not in GENERATORS
        for text in query_texts(tree_of(path))
        if text.is_built
    ]
    assert built == []


def test_the_catalogue_is_not_empty() -> None:
    """Else the two tests above would pass over files that they do not recognise."""
    homes = [path for path in FILES if shown(path).startswith(HOMES)]
    assert sum(len(list(query_texts(tree_of(path)))) for path in homes) > 10


def test_nothing_else_vouches_for_a_text() -> None:
    """`cast("LiteralString", …)` switches off pyright's check that a query text is constant."""
    vouched = [
        f"{shown(path)}:{node.lineno}"
        for path in FILES
        if shown(path) not in {*GENERATORS, VOUCHES}
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "cast"
        and len(node.args) > 0
        and "LiteralString" in ast.unparse(node.args[0])
    ]
    assert vouched == []


def test_only_the_generators_ask_for_a_text_to_be_vouched_for() -> None:
    name = VOUCHES.removesuffix(".py").replace("/", ".")
    asking = {
        shown(path)
        for path in FILES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.ImportFrom) and node.module == name
    }
    assert asking == GENERATORS - {"graph/ddl/statements.py"}


def test_only_the_store_opens_sessions_and_runs_queries() -> None:
    methods = {"session", "execute_read", "execute_write", "execute_query", "begin_transaction"}
    # client and dashboard cannot import a driver (test_imports.py): their sessions are users'.
    astray = [
        f"{shown(path)}:{node.lineno} .{node.func.attr}("
        for path in python_files(*(set(PACKAGES) - {"client", "dashboard"}))
        if not shown(path).startswith(RUNS_QUERIES) and shown(path) not in PROBES
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in methods
    ]
    assert astray == []


@pytest.mark.parametrize(
    "source",
    [
        'q = "MATCH (n:Tip) RETURN n LIMIT 1"',
        'q = "MERGE (n:Tip {key: $key})"',
        'q = "UNWIND $rows AS r RETURN r"',
        'q = "MATCH p = shortestPath((a)-[*..6]-(b)) RETURN p"',
        'q = "CREATE INDEX tip_key IF NOT EXISTS FOR (n:Tip) ON (n.key)"',
        'q = "CALL db.labels()"',
        'q = "... WHERE n.key = $key"',
        'q = "(a)-[:MENTIONS]->(b)"',
    ],
)
def test_query_text_is_recognised(source: str) -> None:
    assert [text.is_built for text in query_texts(ast.parse(source))] == [False]


@pytest.mark.parametrize(
    "source",
    [
        'q = f"MATCH (n:{label}) RETURN n"',
        'q = f"{start} MATCH (n) RETURN n"',
        'q = "MATCH (n:" + label + ") RETURN n"',
        'q = "MATCH (n:%s) RETURN n" % label',
        'q = "MATCH (n:{}) RETURN n".format(label)',
        'q = "MATCH (n:LABEL) RETURN n".replace("LABEL", label)',
        'q = " ".join(["MATCH (n)", where, "RETURN n"])',
        'q = Template("MATCH (n:$label) RETURN n")',
    ],
)
def test_built_query_text_is_recognised(source: str) -> None:
    assert True in [text.is_built for text in query_texts(ast.parse(source))]


@pytest.mark.parametrize(
    "prose",
    [
        "Set the password in the environment.",
        "Tips that match (in any version) are merged.",
        "Create a new folder, then call again.",
        "no match for the key = value pair",
        "RETURN 1 AS ready",
    ],
)
def test_prose_is_no_query(prose: str) -> None:
    assert not looks_like_cypher(prose)
